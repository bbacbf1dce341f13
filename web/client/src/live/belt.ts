// What is typed about a belt that is not measured, and what the daemon is told of it.
import type { Units } from "../tablet/settings";
import { degreesOf, metresPerSecond, perHour } from "../tablet/units";

export type Field = "speed" | "incline";

/** Speed in km/h or mph, incline in %, as they are typed. */
export type Typed = Record<Field, string>;

export interface BeltWish {
  belt_m_s: number;
  slope_deg: number;
}

const BY: Record<Field, number> = { speed: 0.1, incline: 0.5 };
const FASTEST_M_S = 10;
const FLATTEST_PCT = -10;
const STEEPEST_PCT = 36;
const LONGEST = 5;

export function typedFrom(belt_m_s: number | null, units: Units): Typed {
  return { speed: belt_m_s === null ? "" : perHour(belt_m_s, units).toFixed(1), incline: "0.0" };
}

/** One key of the pad: a digit, the point, or "back". */
export function press(before: string, key: string): string {
  if (key === "back") return before.slice(0, -1);
  if (key === "." && (before === "" || before.includes("."))) return before;
  return (before + key).slice(0, LONGEST);
}

/** One step up or down, to a whole number of steps, never beyond the limits. */
export function nudge(before: string, field: Field, way: 1 | -1, units: Units): string {
  const next = (Math.round(numberOf(before) / BY[field]) + way) * BY[field];
  const { least, most } = limits(field, units);
  return Math.min(Math.max(next, least), most).toFixed(1);
}

function limits(field: Field, units: Units): { least: number; most: number } {
  if (field === "incline") return { least: FLATTEST_PCT, most: STEEPEST_PCT };
  return { least: 0, most: perHour(FASTEST_M_S, units) };
}

/** Null when one of the two is no number within its limits. */
export function wish(typed: Typed, units: Units): BeltWish | null {
  if (!isGood(typed.speed, "speed", units) || !isGood(typed.incline, "incline", units)) return null;
  const belt_m_s = metresPerSecond(numberOf(typed.speed), units);
  return { belt_m_s: round(belt_m_s, 4), slope_deg: round(degreesOf(numberOf(typed.incline)), 3) };
}

function isGood(typed: string, field: Field, units: Units): boolean {
  const value = typed.trim() === "" ? Number.NaN : Number(typed);
  const { least, most } = limits(field, units);
  return value >= least && value <= most;
}

function numberOf(typed: string): number {
  return Number(typed) || 0;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
