// Lengths and speeds as this tablet's owner counts them. What travels is always SI.
import { clock, UNKNOWN } from "../format";
import type { Units } from "./settings";

const METRES = { metric: 1000, imperial: 1609.344 };
const SLOWEST_M_S = 0.3; // slower than this a pace says nothing

/** Kilometres or miles. */
export function distance(metres: number | null, units: Units): string {
  return metres === null ? UNKNOWN : (metres / METRES[units]).toFixed(2);
}

/** Kilometres or miles an hour. */
export function speed(m_s: number | null, units: Units): string {
  return m_s === null ? UNKNOWN : perHour(m_s, units).toFixed(1);
}

/** Minutes for a kilometre or a mile; unknown when the belt all but stands. */
export function pace(m_s: number | null, units: Units): string {
  if (m_s === null || m_s < SLOWEST_M_S) return UNKNOWN;
  return clock(Math.round(METRES[units] / m_s)).text;
}

export function perHour(m_s: number, units: Units): number {
  return (m_s * 3600) / METRES[units];
}

export function metresPerSecond(per_hour: number, units: Units): number {
  return (per_hour * METRES[units]) / 3600;
}

export function degreesOf(incline_pct: number): number {
  return (Math.atan(incline_pct / 100) * 180) / Math.PI;
}
