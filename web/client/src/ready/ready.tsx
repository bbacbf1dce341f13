// Before the run: what the sensors say, who runs, and that running is all it takes.
import { useState } from "preact/hooks";
import type { Model } from "../live/model";
import { skillChosen } from "../live/moment";
import { LoginSheet, type Who } from "../people/login_sheet";
import { mayRun, type Person } from "../people/me";
import { send } from "../send";
import { text } from "../strings";
import type { SheetName } from "../tablet/menu";
import type { Units } from "../tablet/settings";
import { Facts } from "./facts";
import { Feet } from "./feet";
import { GuestTiles, RunnerTiles } from "./tiles";

interface ReadyProps {
  model: Model;
  /** Whether what is told is of now. */
  live: boolean;
  person: Person;
  units: Units;
  open: (sheet: SheetName) => void;
  say: (words: string) => void;
}

export function Ready({ model, live, person, units, open, say }: ReadyProps) {
  const [who, choose] = useState<Who | undefined>(undefined);
  const runner = person.me?.runner ?? null;
  const found = live && (model.health?.sources ?? []).some((source) => source.state === "live");
  const entered = async () => {
    await person.look();
    return null;
  };
  const asGuest = async () => {
    say((await send("POST", "run", { do: "start" })) ?? text.startRunning);
  };
  return (
    <>
      <h1 class="headline">{live ? headline(model, found) : text.notLive}</h1>
      <Feet model={model} found={found} />
      <div class="go">
        {runner ? (
          <p class="go-say">{text.before.yourRun(runner.name)}</p>
        ) : mayRun(person.me) ? (
          <button type="button" class="first go-guest" onClick={asGuest}>
            {text.before.guest}
          </button>
        ) : (
          <p class="go-say">{text.startRunning}</p>
        )}
        <p class="note">
          {runner ? text.before.yours : text.before.orRun} {text.startsWith}
        </p>
        <GoMore model={model} guest={runner === null} mayRun={mayRun(person.me)} open={open} />
        {runner && <RunnerTiles open={open} person={person} say={say} />}
        {person.me && !runner && mayRun(person.me) && <GuestTiles choose={choose} />}
      </div>
      {live && <Facts model={model} units={units} open={open} />}
      {who !== undefined && (
        <LoginSheet who={who} entered={entered} close={() => choose(undefined)} />
      )}
    </>
  );
}

function headline({ state, about }: Model, found: boolean): string {
  if (!found) return text.noSensors;
  const weighs = about?.rig.includes("deck") && state?.body_weight_n == null;
  return weighs ? text.before.standStill : text.ready;
}

interface GoMoreProps {
  model: Model;
  guest: boolean;
  mayRun: boolean;
  open: (sheet: SheetName) => void;
}

function GoMore({ model, guest, mayRun, open }: GoMoreProps) {
  const chosen = skillChosen(model.focus);
  if (!mayRun) return null;
  return (
    <div class="go-more">
      <button type="button" onClick={() => open("focus")}>
        <span class="note">{text.before.focus}</span>
        {chosen ? text.skill[chosen] : text.focus.choose}
      </button>
      {guest && (
        <a class="btn" href="/runs">
          {text.runs}
        </a>
      )}
    </div>
  );
}
