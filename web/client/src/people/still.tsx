// Somebody of another weight runs: whoever was logged in may say that it is still them.
import { useState } from "preact/hooks";
import { type Refusal, send } from "../send";
import { text } from "../strings";
import { Refused, Sheet } from "../tablet/sheet";
import type { Person } from "./me";

export function StillYou({ name, person }: { name: string; person: Person }) {
  const [refused, setRefused] = useState<Refusal>(null);
  const answer = async (way: "still-me" | "logout") => {
    setRefused(await send("POST", way, {}));
    await person.look();
  };
  const no = () => answer("logout");
  return (
    <Sheet title={text.people.still(name)} close={no}>
      <p class="sure">{text.people.stillHelp}</p>
      <div class="answers">
        <button type="button" class="first" onClick={() => answer("still-me")}>
          {text.people.stillYes}
        </button>
        <button type="button" onClick={no}>
          {text.people.stillNo}
        </button>
      </div>
      <Refused words={refused} />
    </Sheet>
  );
}
