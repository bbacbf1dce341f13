// Notes on runs: with the run where this daemon has it and lets this screen, else in this browser.
import { send } from "../send";
import { words } from "./words";

const PLACE = "softshoe.wall.notes";
const MOST = 200;

export interface Notes {
  all: () => Record<string, string>;
  of: (session: string) => string;
  /** Says where it is kept. */
  keep: (session: string, note: string) => Promise<string>;
}

export const notes: Notes = {
  all: read,
  of: (session) => read()[session] ?? "",
  async keep(session, note) {
    const { [session]: _, ...others } = read();
    const newest = [...Object.entries(others), [session, note]].slice(-MOST);
    localStorage.setItem(PLACE, JSON.stringify(Object.fromEntries(newest)));
    const path = `sessions/${encodeURIComponent(session)}`;
    return (await send("PATCH", path, { note })) === null ? words.kept.store : words.kept.here;
  },
};

function read(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}
