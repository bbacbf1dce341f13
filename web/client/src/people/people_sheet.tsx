// The runner's sheet when somebody is logged in; else who runs is asked.
import { text } from "../strings";
import { LoginSheet } from "./login_sheet";
import type { Person } from "./me";
import { RunnerSheet } from "./runner_sheet";

export function PeopleSheet({ person, close }: { person: Person; close: () => void }) {
  const runner = person.me?.runner;
  if (runner) return <RunnerSheet runner={runner} person={person} close={close} />;
  const entered = async () => {
    await person.look();
    return null;
  };
  return <LoginSheet who={null} entered={entered} close={close} />;
}

/** Whose run it is, in a word. */
export function whoIs(person: Person): string {
  return person.me?.runner?.name ?? text.people.guest;
}
