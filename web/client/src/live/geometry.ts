// Where things are drawn: the sole in its own box of 160 x 400, the arcs around the dial's centre.
import type { Landing } from "./trail";

const HEEL_Y = 399;
const LENGTH = 399;
const MIDDLE_X = 75;
const NEAR = 14;
const UNITS_PER_MM = 1.48; // a sole of 270 mm

type Point = [number, number];

/** A place on the left sole; the right one is drawn mirrored, so "outer" stays outer. */
export function place(x_pct: number, y_mm: number): Point {
  return [MIDDLE_X - y_mm * UNITS_PER_MM, HEEL_Y - (x_pct / 100) * LENGTH];
}

/** The roll-over from the landing on, as one smooth path; empty when it is not known. */
export function rollPath(landing: Landing): string {
  if (landing.x_pct === null || landing.path.length < 2) return "";
  const [, ...rest] = landing.path;
  const points = rest.map(([x_pct, y_mm]) => place(x_pct, y_mm));
  return smooth(thin([place(landing.x_pct, landing.y_mm), ...points]));
}

/** Without points that nearly lie on the one before: they would only make kinks. */
function thin(points: Point[]): Point[] {
  const kept: Point[] = [];
  for (const [x, y] of points) {
    const before = kept.at(-1);
    if (!before || Math.hypot(x - before[0], y - before[1]) >= NEAR) kept.push([x, y]);
  }
  return kept;
}

/** A curve through all points (Catmull-Rom, written as Bézier segments). */
export function smooth(points: Point[]): string {
  const at = (i: number) => points[Math.min(Math.max(i, 0), points.length - 1)] as Point;
  let path = `M${pair(at(0))}`;
  for (let i = 0; i < points.length - 1; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const out: Point = [b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6];
    const into: Point = [c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6];
    path += `C${pair(out)} ${pair(into)} ${pair(c)}`;
  }
  return path;
}

function pair([x, y]: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** The arc spans 35 % below to 35 % above the line over 100 degrees; its path is 70 long. */
export const SPAN_PCT = 35;

export function degrees(pct: number): number {
  return (clamp(pct) * 50) / SPAN_PCT;
}

/** Dashes that leave only the part from `from_pct` to `to_pct` of an arc. */
export function dashes(from_pct: number, to_pct: number): string {
  const start = clamp(from_pct) + SPAN_PCT;
  const length = clamp(to_pct) + SPAN_PCT - start;
  return `0 ${start.toFixed(1)} ${length.toFixed(1)} ${2 * SPAN_PCT}`;
}

export function clamp(pct: number): number {
  return Math.min(Math.max(pct, -SPAN_PCT), SPAN_PCT);
}

/** Half the dial's arc of this radius, from its lower to its upper end, left or right. */
export function arc(radius: number, side: "left" | "right"): string {
  const x = radius * Math.cos((50 * Math.PI) / 180) * (side === "left" ? -1 : 1);
  const y = radius * Math.sin((50 * Math.PI) / 180);
  const sweep = side === "left" ? 1 : 0;
  return `M${pair([x, y])}A${radius} ${radius} 0 0 ${sweep} ${pair([x, -y])}`;
}

/** How far the beam tilts: 4 degrees per 1 %, 8 at most, the heavier side down. */
export function tilt(balance_pct: number): number {
  return Math.min(Math.max((50 - balance_pct) * 4, -8), 8);
}
