// This tablet's settings, in the units of whoever is logged in on it.
import { send } from "../send";
import { type Change, type Settings, unitsOf, useSettings } from "../tablet/settings";
import type { Person } from "./me";

export function useOwnSettings(person: Person): [Settings, Change] {
  const [settings, change] = useSettings();
  const runner = person.me?.runner ?? null;
  const changeOwn: Change = (changes) => {
    if (!runner || !changes.units) return change(changes);
    void send("PATCH", "runners/me", { units: changes.units }).then(person.look);
  };
  return [unitsOf(settings, runner), changeOwn];
}
