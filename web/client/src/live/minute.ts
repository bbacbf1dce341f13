// The minute of attention: how its seconds stand on the ring, and how many lines are raked.

import type { Second } from "../messages";

export type RingLook = "live" | "held" | "off";
export type TickKind = "on" | "out" | "off" | "held";

export const SECONDS = 60;
const FIRST_DEG = 110; // from the right, clockwise: left of the gap at the bottom
const SPAN_DEG = 320;
const OUTER = 278;
const LENGTH: Record<Second, number> = { inside: 30, outside: 10, to_come: 12, not_counted: 12 };
const KIND: Record<Second, TickKind> = {
  inside: "on",
  outside: "out",
  to_come: "off",
  not_counted: "held",
};

/** One path for each kind of tick that occurs. */
export function ringPaths(seconds: readonly Second[], look: RingLook): [TickKind, string][] {
  const paths = new Map<TickKind, string>();
  for (let i = 0; i < SECONDS; i++) {
    const second = look === "off" ? "to_come" : (seconds[i] ?? "to_come");
    const kind = look === "held" && second !== "to_come" ? "held" : KIND[second];
    paths.set(kind, (paths.get(kind) ?? "") + tick(i, LENGTH[second]));
  }
  return [...paths];
}

function tick(i: number, length: number): string {
  const at = ((FIRST_DEG + (SPAN_DEG * i) / (SECONDS - 1)) * Math.PI) / 180;
  const point = (radius: number) =>
    `${(radius * Math.cos(at)).toFixed(1)} ${(radius * Math.sin(at)).toFixed(1)}`;
  return `M${point(OUTER - length)}L${point(OUTER)}`;
}

/** Seconds inside since the last one outside. */
export function lastInside(minute: readonly Second[]): number {
  return minute.slice(minute.lastIndexOf("outside") + 1).filter((each) => each === "inside").length;
}

const RAKES = 6;
const SECONDS_A_RAKE = 10;

/** Lines raked for so many seconds inside since the last cue. */
export function rakes(inside_s: number): number {
  return Math.min(Math.max(Math.floor(inside_s / SECONDS_A_RAKE), 0), RAKES);
}
