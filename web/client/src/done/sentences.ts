// One sentence of what was best in a run, and one to work on. What may be chance is not said. Pure.
import { clock, whole } from "../format";
import type { RunsPractice, Session } from "../messages";
import { text } from "../strings";
import { louderSince, type Steps, shareUnder } from "./counting";

const SIDES = ["left", "right"] as const;
const MOSTLY = 0.7;

export interface Told {
  run: Session;
  practice: RunsPractice;
  steps: Steps;
  /** The mean of the run's first minute, BW/s. */
  line: number | null;
}

export function best({ run, practice, steps, line }: Told): string {
  const better = practice.came.find((came) => came.practised.result.improved === "better");
  return better?.sentence ?? soft(steps, line) ?? ran(run);
}

export function toWorkOn({ practice, steps, line }: Told): string {
  const worse = practice.came.find((came) => came.practised.result.improved === "worse");
  return worse?.sentence ?? loud(steps, line) ?? next(practice) ?? text.after.nothing;
}

function soft(steps: Steps, line: number | null): string | null {
  const shares = sharesOf(steps, line, (under) => under);
  if (shares.length === 2) return text.after.bothUnder(tenths(Math.min(...shares.map(second))));
  const [one] = shares;
  return one ? text.after.under(text[one[0]], tenths(one[1])) : null;
}

function loud(steps: Steps, line: number | null): string | null {
  return grewLoud(steps, line) ?? landedLoud(steps, line);
}

function grewLoud(steps: Steps, line: number | null): string | null {
  if (line === null) return null;
  const since = SIDES.flatMap((side) => {
    const minute = louderSince(steps, side, line);
    return minute === null ? [] : [[side, minute] as const];
  });
  if (since.length === 2) return text.after.bothLouder(Math.max(...since.map(second)));
  const [one] = since;
  return one ? text.after.louder(text[one[0]], one[1]) : null;
}

function landedLoud(steps: Steps, line: number | null): string | null {
  const shares = sharesOf(steps, line, (under) => 1 - under);
  if (shares.length === 2) return text.after.bothOver(tenths(Math.min(...shares.map(second))));
  const [one] = shares;
  return one ? text.after.over(text[one[0]], tenths(one[1])) : null;
}

type OneFoot = readonly ["left" | "right", number];

/** The feet whose share is large enough to be said. */
function sharesOf(steps: Steps, line: number | null, of: (under: number) => number): OneFoot[] {
  if (line === null) return [];
  return SIDES.flatMap((side) => {
    const under = shareUnder(steps, side, line);
    return under !== null && of(under) >= MOSTLY ? [[side, of(under)] as const] : [];
  });
}

function second([, value]: OneFoot): number {
  return value;
}

function tenths(share: number): number {
  return Math.floor(10 * share);
}

function ran(run: Session): string {
  const time = clock(run.running_s).text;
  return run.all.cadence_spm === null
    ? text.after.ran(time)
    : text.after.ranAt(time, whole(run.all.cadence_spm));
}

function next({ suggestion }: RunsPractice): string | null {
  return suggestion && text.after.next(text.skill[suggestion.skill], suggestion.why);
}
