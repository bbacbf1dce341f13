// Laps that mark themselves: one each time the run has gone so far, or so long.
import { useEffect, useRef } from "preact/hooks";
import type { LiveState } from "../messages";
import { send } from "../send";
import { text } from "../strings";
import type { LapEvery } from "../tablet/settings";

const EVERY: Record<LapEvery, { metres?: number; seconds?: number }> = {
  off: {},
  "400 m": { metres: 400 },
  "1 km": { metres: 1000 },
  "1 mile": { metres: 1609.344 },
  "1 min": { seconds: 60 },
  "5 min": { seconds: 300 },
};

/** Whether a lap ended between two states of one run. A page that has just been opened marks none. */
export function lapEnded(before: LiveState | null, now: LiveState | null, every: LapEvery) {
  if (before?.session == null || now?.session !== before.session) return false;
  const { metres, seconds } = EVERY[every];
  if (metres) return crossed(before.distance_m, now.distance_m, metres);
  return seconds ? crossed(before.running_s, now.running_s, seconds) : false;
}

function crossed(before: number | null, now: number | null, each: number): boolean {
  return before !== null && now !== null && Math.floor(now / each) > Math.floor(before / each);
}

/** Marks a lap, and says so; the only sender of laps that nobody pressed a button for. */
export function useLaps(
  state: LiveState | null,
  every: LapEvery,
  say: (words: string) => void,
): void {
  const before = useRef<LiveState | null>(null);
  useEffect(() => {
    if (lapEnded(before.current, state, every)) void markLap(say);
    before.current = state;
  });
}

export async function markLap(say: (words: string) => void) {
  say((await send("POST", "run", { do: "lap" })) ?? text.lap.marked);
}
