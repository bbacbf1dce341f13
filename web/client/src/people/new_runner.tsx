// A new name with a PIN, which is typed twice: nobody can look it up later.
import { useState } from "preact/hooks";
import type { Refusal } from "../send";
import { text } from "../strings";
import { DigitPad } from "./pad";
import { PIN } from "./pin";

interface NewRunnerProps {
  join: (name: string, pin: string) => Promise<Refusal>;
}

export function NewRunner({ join }: NewRunnerProps) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [said, say] = useState<Refusal>(null);
  const first = chosen === null;
  const choose = (pin: string) => {
    if (!name.trim()) return text.people.nameMissing;
    setChosen(pin);
    return null;
  };
  const confirm = async (pin: string) => {
    const why = pin === chosen ? await join(name.trim(), pin) : text.people.pinOther;
    say(why);
    setChosen(null);
    return why;
  };
  return (
    <div class="new-runner">
      <label class="typed">
        <span>{text.people.name}</span>
        <input
          data-first
          maxLength={40}
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <DigitPad
        key={first ? "first" : "again"}
        label={first ? text.people.pinNew : text.people.pinAgain}
        help={first ? text.people.pinHelp : text.people.pinHint}
        length={PIN}
        short={text.people.pinShort}
        secret
        enter={text.people.enter}
        said={first ? said : null}
        submit={first ? choose : confirm}
      />
    </div>
  );
}
