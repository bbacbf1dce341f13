// Steps under and above the runner's own line, and when a foot got louder; without those in which a
// skill was minded. Pure.
import type { Side, Window } from "../messages";

const FIRST_S = 60; // the line is the mean of this minute
const ENOUGH = 100; // the share of so many steps is 5 % off by chance
const LOUDER = 1.05; // a minute's mean is 2 % off by chance
const ENOUGH_A_MINUTE = 20;
const LEAST_MINUTES = 2;

export interface Steps {
  t_s: (number | string | null)[];
  side: (number | string | null)[];
  rates: (number | string | null)[];
  minded: Window[];
}

/** The share of one foot's steps under the line, after the minute that the line comes from. */
export function shareUnder(steps: Steps, side: Side, line: number): number | null {
  const rates = later(steps, side).map(({ rate }) => rate);
  return rates.length < ENOUGH ? null : rates.filter((rate) => rate < line).length / rates.length;
}

/** The minute since which one foot has stayed louder than its line, and before which it was not. */
export function louderSince(steps: Steps, side: Side, line: number): number | null {
  const minutes = new Map<number, number[]>();
  for (const { t, rate } of later(steps, side)) {
    const minute = Math.floor(t / 60);
    minutes.set(minute, [...(minutes.get(minute) ?? []), rate]);
  }
  const known = [...minutes].filter(([, rates]) => rates.length >= ENOUGH_A_MINUTE);
  const quiet = known.map(([, rates]) => mean(rates) <= LOUDER * line).lastIndexOf(true);
  const loud = known.slice(quiet + 1);
  return quiet < 0 || loud.length < LEAST_MINUTES ? null : (loud[0]?.[0] ?? null);
}

function later({ t_s, side, rates, minded }: Steps, want: Side): { t: number; rate: number }[] {
  return rates.flatMap((rate, i) => {
    const t = Number(t_s[i]);
    const counts = side[i] === want && t > FIRST_S && !isIn(minded, t);
    return counts && typeof rate === "number" ? [{ t, rate }] : [];
  });
}

function isIn(windows: Window[], t: number): boolean {
  return windows.some(({ from_s, to_s }) => t >= from_s && t < to_s);
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
