// The sheets that can lie over the live screen, one at a time.
import { mayRun, type Person } from "../people/me";
import { PeopleSheet, whoIs } from "../people/people_sheet";
import { text } from "../strings";
import { BeltSheet } from "../tablet/belt_sheet";
import { Menu, type SheetName } from "../tablet/menu";
import { NumbersSheet } from "../tablet/numbers_sheet";
import type { Change, Settings, Units } from "../tablet/settings";
import { speed } from "../tablet/units";
import { Chooser } from "./chooser";
import type { Model } from "./model";
import { skillChosen } from "./moment";

interface SheetsProps {
  sheet: SheetName | null;
  open: (sheet: SheetName | null) => void;
  model: Model;
  person: Person;
  settings: Settings;
  change: Change;
}

export function Sheets({ sheet, open, model, person, settings, change }: SheetsProps) {
  const { state } = model;
  const chosen = skillChosen(model.focus);
  const close = () => open(null);
  switch (sheet) {
    case null:
      return null;
    case "menu":
      return (
        <Menu
          running={state?.state === "running" || state?.state === "paused"}
          belt={speedSaid(state?.belt_m_s ?? null, settings.units)}
          runner={mayRun(person.me) ? whoIs(person) : null}
          focus={chosen ? text.skill[chosen] : text.focus.none}
          open={open}
          close={close}
        />
      );
    case "focus":
      return <Chooser chosen={chosen} close={close} />;
    case "belt":
      return <BeltSheet belt_m_s={state?.belt_m_s ?? null} units={settings.units} close={close} />;
    case "people":
      return <PeopleSheet person={person} close={close} />;
    case "numbers":
      return <NumbersSheet settings={settings} change={change} close={close} />;
  }
}

function speedSaid(belt_m_s: number | null, units: Units): string {
  if (belt_m_s === null) return text.menu.beltUnknown;
  return `${speed(belt_m_s, units)} ${text.corner.speed[units]}`;
}
