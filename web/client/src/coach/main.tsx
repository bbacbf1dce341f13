// The coach's page: which way it hears, and who may look.
import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Mark } from "../mark";
import type { Me } from "../messages";
import { DigitPad } from "../people/pad";
import { CODE } from "../people/pin";
import { ask, send } from "../send";
import { text } from "../strings";
import "../style/tokens.css";
import "../style/people.css";
import "./coach.css";
import { direct, type Login } from "./direct";
import { BrokerLogin } from "./login";
import { relayed } from "./relayed";
import { Wall } from "./wall";
import { words } from "./words";

const broker = document.body.dataset.broker ?? "";

function Page() {
  const [may, know] = useState<boolean | null>(null);
  useEffect(() => {
    void ask<Me>("GET", "me").then(({ data }) => know(data?.scopes.includes("coach") ?? false));
  }, []);
  if (may === null) return null;
  return may ? <Coach /> : <PairCoach />;
}

function Coach() {
  const [way, go] = useState<"direct" | "relayed">(broker ? "direct" : "relayed");
  const [login, logIn] = useState<Login | null>(null);
  const [asked, askWho] = useState(false);
  const open = useMemo(
    () =>
      way === "direct"
        ? (hear: Parameters<typeof relayed>[0]) => direct(broker, login, hear)
        : relayed,
    [way, login],
  );
  if (asked) {
    return (
      <BrokerLogin
        refused={login !== null}
        enter={(entered) => {
          logIn(entered);
          askWho(false);
        }}
        relay={() => {
          go("relayed");
          askWho(false);
        }}
      />
    );
  }
  return <Wall key={way} open={open} denied={() => askWho(true)} unreached={() => go("relayed")} />;
}

function PairCoach() {
  const pair = async (code: string) => {
    const why = await send("POST", "pair", { code, name: text.pair.usual });
    if (why === null) location.reload();
    return why;
  };
  return (
    <div class="pairing">
      <main>
        <header class="top">
          <Mark name={words.name} />
        </header>
        <h1>{words.pair.title}</h1>
        <p class="note">{words.pair.how}</p>
        <DigitPad
          label={text.pair.digits}
          help=""
          length={CODE}
          short={text.pair.short}
          secret={false}
          enter={text.pair.pair}
          submit={pair}
        />
      </main>
    </div>
  );
}

const root = document.getElementById("app");
if (root) render(<Page />, root);
