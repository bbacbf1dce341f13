// A skill over the runs: which of them can be compared, and where their marks go. Pure.
import type { FocusResult, SkillSoFar } from "../messages";

const SAME_SPEED = 0.02;
export const WIDTH = 560;
export const HEIGHT = 150;
const LEFT = 12;
export const RIGHT = 410; // the lines' names stand beyond
const TOP = 18;
const BOTTOM = 116;

export interface Pair {
  alone: number | null;
  minded: number | null;
}

/** Each run at the trend's speed: un-cued and minded, or the runner's own rating. */
export function pairs({ trend, results }: SkillSoFar): Pair[] {
  if (trend.metric === null) {
    return results.map(({ rating }) => ({ alone: null, minded: rating }));
  }
  return results
    .filter((result) => result.metric === trend.metric && isAt(result, trend.belt_m_s))
    .map(({ baseline, windows }) => ({
      alone: baseline?.mean ?? null,
      minded: windows?.mean ?? null,
    }));
}

function isAt({ belt_m_s }: FocusResult, speed: number | null): boolean {
  if (belt_m_s === null || speed === null) return belt_m_s === speed;
  return Math.abs(belt_m_s - speed) <= SAME_SPEED * speed;
}

export interface Mark {
  x: number;
  y: number;
  value: number;
}

export type Which = keyof Pair;

/** Where each run's marks go: all values of both lines on one scale. */
export function marks(of: Pair[], which: Which): Mark[] {
  const known = of.flatMap(({ alone, minded }) => [alone, minded]).filter((each) => each !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const apart = (RIGHT - LEFT) / Math.max(of.length - 1, 1);
  return of.flatMap((pair, i) => {
    const value = pair[which];
    if (value === null) return [];
    const share = high > low ? (value - low) / (high - low) : 0.5;
    return [{ x: LEFT + i * apart, y: BOTTOM - share * (BOTTOM - TOP), value }];
  });
}

export function pathThrough(of: Mark[]): string {
  return of.length > 1
    ? `M${of.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`
    : "";
}
