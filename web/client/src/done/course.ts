// The picture of a run: where its lines go. Pure; units of the drawing, 912 x 356.
import type { Window } from "../messages";

export const RIGHT = 800;
export const TOP = 20;
export const BOTTOM = 318;
const MOST_POINTS = 260;
const TICKS = [1, 2, 3, 5, 10, 15, 20, 30, 60];
const MOST_TICKS = 6;

export type Line = (number | null)[];

/** A part of the picture: its height, and which value lies in its middle. */
export interface Band {
  middle: number;
  half: number;
  value: number;
  /** The value that lies half a band away. */
  reach: number;
}

/** A band that holds every value, and never shows noise as if it were change. */
export function band(
  lines: Line[],
  middle: number,
  half: number,
  least: number,
  at?: number,
): Band {
  const known = lines.flatMap((line) => line.filter((value) => value !== null));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const value = at ?? (known.length ? (low + high) / 2 : 0);
  const reach = Math.max(least, ...known.map((each) => Math.abs(each - value)));
  return { middle, half, value, reach };
}

function y(value: number, { middle, half, value: at, reach }: Band): number {
  return middle - (half * (value - at)) / reach;
}

/** The line as a path, broken where it is not known, in no more points than can be seen. */
export function pathOf(minutes: number[], values: Line, of: Band): string {
  return stretches(thinned(minutes, values))
    .map((points) => `M${points.map((each) => at(minutes, each, of)).join("L")}`)
    .join("");
}

/** What lies above the band's middle, as an area. */
export function areaAbove(minutes: number[], values: Line, of: Band): string {
  const above = values.map((value) => (value === null ? null : Math.max(value, of.value)));
  return stretches(thinned(minutes, above))
    .map((points) => {
      const [first, last] = [points[0] as Point, points.at(-1) as Point];
      const feet = (point: Point) => `${x(minutes, point[0])} ${of.middle}`;
      const top = points.map((each) => at(minutes, each, of)).join("L");
      return `M${feet(first)}L${top}L${feet(last)}Z`;
    })
    .join("");
}

type Point = [minute: number, value: number];

function at(minutes: number[], [minute, value]: Point, of: Band): string {
  return `${x(minutes, minute)} ${y(value, of).toFixed(1)}`;
}

function thinned(minutes: number[], values: Line): [number, number | null][] {
  const every = Math.max(1, Math.ceil(values.length / MOST_POINTS));
  const points = values.map((value, i): [number, number | null] => [minutes[i] ?? 0, value]);
  return points.filter(([, value], i) => i % every === 0 || value === null);
}

function stretches(points: [number, number | null][]): Point[][] {
  const found: Point[][] = [[]];
  for (const [minute, value] of points) {
    if (value === null) found.push([]);
    else found.at(-1)?.push([minute, value]);
  }
  return found.filter((stretch) => stretch.length > 1);
}

export function x(minutes: number[], minute: number): string {
  return ((RIGHT * minute) / end(minutes)).toFixed(1);
}

function end(minutes: number[]): number {
  return Math.max(minutes.at(-1) ?? 0, 1e-3);
}

/** Where the skill was minded, as rectangles: from, and how wide. */
export function shades(minutes: number[], windows: Window[]): { x: number; width: number }[] {
  const share = (seconds: number) => Math.min((RIGHT * seconds) / 60 / end(minutes), RIGHT);
  return windows.map(({ from_s, to_s }) => ({
    x: share(from_s),
    width: share(to_s) - share(from_s),
  }));
}

/** Minutes that are named under the picture: few, and round. */
export function ticks(minutes: number[]): number[] {
  const every = TICKS.find((step) => end(minutes) / step < MOST_TICKS) ?? 120;
  return Array.from({ length: Math.floor(end(minutes) / every) + 1 }, (_, i) => i * every);
}
