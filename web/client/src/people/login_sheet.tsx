// Says who runs: a name and its PIN, or a new name with a new PIN.
import { useState } from "preact/hooks";
import type { Names } from "../messages";
import { read, useReading } from "../runs/read";
import { type Refusal, send } from "../send";
import { text } from "../strings";
import { Refused, Sheet } from "../tablet/sheet";
import { NewRunner } from "./new_runner";
import { DigitPad } from "./pad";
import { initials, PIN } from "./pin";

/** A name; "new"; null: not chosen yet. */
export type Who = { name: string } | "new" | null;

interface LoginSheetProps {
  who: Who;
  /** Somebody is logged in now. Why what follows cannot be done, or null. */
  entered: () => Promise<Refusal>;
  close: () => void;
}

export function LoginSheet({ who: first, entered, close }: LoginSheetProps) {
  const [who, choose] = useState<Who>(first);
  const enter = async (way: "login" | "runners", name: string, pin: string) => {
    const why = (await send("POST", way, { name, pin })) ?? (await entered());
    if (why === null) close();
    return why;
  };
  return (
    <Sheet key={titleOf(who)} title={titleOf(who)} close={close}>
      {who === null && <WhoRuns choose={choose} />}
      {who === "new" && <NewRunner join={(name, pin) => enter("runners", name, pin)} />}
      {who !== null && who !== "new" && (
        <DigitPad
          label={text.people.pin}
          help={text.people.pinHelp}
          length={PIN}
          short={text.people.pinShort}
          secret
          enter={text.people.enter}
          submit={(pin) => enter("login", who.name, pin)}
        />
      )}
    </Sheet>
  );
}

function titleOf(who: Who): string {
  if (who === null) return text.people.whoRuns;
  return who === "new" ? text.people.newRunner : text.people.hello(who.name);
}

function WhoRuns({ choose }: { choose: (who: Who) => void }) {
  const reading = useReading(() => read<Names>("/api/v1/runners"));
  if (reading.state === "failed") return <Refused words={reading.why} />;
  if (reading.state === "reading") return <p class="note">{text.loading}</p>;
  const { names } = reading.data;
  return (
    <>
      {!names.length && <p class="note">{text.people.nobody}</p>}
      <div class="menu who">
        {names.map((name) => (
          <button key={name} type="button" onClick={() => choose({ name })}>
            <span class="ava" aria-hidden="true">
              {initials(name)}
            </span>
            <b>{name}</b>
          </button>
        ))}
        <button type="button" onClick={() => choose("new")}>
          <span class="ava" aria-hidden="true">
            +
          </span>
          <b>{text.people.newRunner}</b>
        </button>
      </div>
    </>
  );
}
