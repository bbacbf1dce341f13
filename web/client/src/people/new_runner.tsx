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
  const [differs, setDiffers] = useState(false);
  const choose = (pin: string) => {
    if (!name.trim()) return text.people.nameMissing;
    setDiffers(false);
    setChosen(pin);
    return null;
  };
  const again = async (pin: string) => {
    setChosen(null);
    setDiffers(pin !== chosen);
    return pin === chosen ? setRefused(await join(name.trim(), pin)) : null;
  };
  const [refused, setRefusedWords] = useState<Refusal>(null);
  const setRefused = (why: Refusal) => {
    setRefusedWords(why);
    return why;
  };
  return (
    <div class="new-runner">
      <label class="typed">
        <span>{text.people.name}</span>
        <input
          maxLength={40}
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <DigitPad
        key={chosen === null ? "first" : "again"}
        label={chosen === null ? text.people.pinNew : text.people.pinAgain}
        help={text.people.pinHint}
        length={PIN}
        short={text.people.pinShort}
        secret
        enter={text.people.enter}
        submit={chosen === null ? choose : again}
      />
      {chosen === null && (differs || refused) && (
        <p class="refused" role="alert">
          {differs ? text.people.pinOther : refused}
        </p>
      )}
    </div>
  );
}
