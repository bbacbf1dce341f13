// What belongs to the runner who is logged in: the name others see, units, coaches, going.
import { useState } from "preact/hooks";
import type { Profile } from "../messages";
import { type Refusal, send } from "../send";
import { text } from "../strings";
import { UNITS } from "../tablet/settings";
import { Refused, Sheet } from "../tablet/sheet";
import type { Person } from "./me";
import { Sure } from "./sure";

interface RunnerSheetProps {
  runner: Profile;
  person: Person;
  close: () => void;
}

export function RunnerSheet({ runner, person, close }: RunnerSheetProps) {
  const [said, say] = useState<{ words: string; good: boolean } | null>(null);
  const [leaving, leave] = useState(false);
  const told = async (why: Refusal) => {
    say(why === null ? { words: text.own.saved, good: true } : { words: why, good: false });
    await person.look();
    return why;
  };
  const change = async (changes: Partial<Profile>) =>
    told(await send("PATCH", "runners/me", changes));
  const logOut = async () => {
    const why = await send("POST", "logout", {});
    await (why === null ? person.look().then(close) : told(why));
  };
  if (leaving) return <EraseMe runner={runner} person={person} close={close} />;
  return (
    <Sheet title={runner.name} close={close}>
      <div class="own">
        <Choices runner={runner} change={change} />
        <div class="menu">
          <a class="btn" href="/runs">
            <b>{text.before.mine}</b>
            <span>{text.before.mineHelp}</span>
          </a>
          <a class="btn" href="/api/v1/runners/me/export" download="softshoe.json">
            <b>{text.own.export}</b>
            <span>{text.own.exportHelp}</span>
          </a>
          <button type="button" onClick={logOut}>
            <b>{text.before.logOut}</b>
            <span>{text.before.logOutHelp}</span>
          </button>
          <button type="button" onClick={() => leave(true)}>
            <b>{text.own.eraseMe}</b>
            <span>{text.own.eraseHelp}</span>
          </button>
        </div>
      </div>
      {said?.good ? <p role="status">{said.words}</p> : <Refused words={said?.words ?? null} />}
    </Sheet>
  );
}

interface ChoicesProps {
  runner: Profile;
  change: (changes: Partial<Profile>) => Promise<Refusal>;
}

function Choices({ runner, change }: ChoicesProps) {
  const [alias, setAlias] = useState(runner.alias ?? "");
  const [chosen, choose] = useState(runner);
  const pick = async (changes: Partial<Profile>) => {
    choose({ ...chosen, ...changes }); // stands while it is sent
    if ((await change(changes)) !== null) choose(runner);
  };
  return (
    <div class="choices">
      <form
        class="typed"
        onSubmit={(event) => {
          event.preventDefault();
          void change({ alias: alias.trim() || null });
        }}
      >
        <label>
          <span>{text.own.alias}</span>
          <input
            maxLength={40}
            autocomplete="off"
            value={alias}
            onInput={(event) => setAlias(event.currentTarget.value)}
          />
          <small>{text.own.aliasHelp}</small>
        </label>
        <button type="submit">{text.own.save}</button>
      </form>
      <fieldset>
        <legend>{text.own.units}</legend>
        {UNITS.map((units) => (
          <label key={units}>
            <input
              type="radio"
              name="units"
              checked={chosen.units === units}
              onChange={() => pick({ units })}
            />
            {text.numbers.unit[units]}
          </label>
        ))}
        <label>
          <input
            type="checkbox"
            checked={chosen.coach}
            onChange={(event) => pick({ coach: event.currentTarget.checked })}
          />
          {text.own.coach}
        </label>
      </fieldset>
    </div>
  );
}

function EraseMe({ runner, person, close }: RunnerSheetProps) {
  const erase = async () => {
    const why = await send("DELETE", "runners/me");
    if (why === null) await person.look();
    return why;
  };
  return (
    <Sure
      title={text.own.sure(runner.name)}
      help={text.own.sureHelp}
      yes={text.own.yes}
      no={text.own.no}
      act={erase}
      close={close}
    />
  );
}
