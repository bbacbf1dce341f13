// What this tablet remembers by itself. Anything that is not understood counts as not chosen.
import { useState } from "preact/hooks";

export const CORNERS = [
  "cadence",
  "time",
  "distance",
  "speed",
  "pace",
  "contact",
  "impact",
] as const;
export const UNITS = ["metric", "imperial"] as const;
export const LAPS = ["off", "400 m", "1 km", "1 mile", "1 min", "5 min"] as const;

export type Corner = (typeof CORNERS)[number];
export type Units = (typeof UNITS)[number];
export type LapEvery = (typeof LAPS)[number];

export interface Settings {
  left: Corner;
  right: Corner;
  units: Units;
  laps: LapEvery;
  /** A click for each hard landing, while sound is on. */
  clicks: boolean;
}

export const DEFAULTS: Settings = {
  left: "cadence",
  right: "time",
  units: "metric",
  laps: "off",
  clicks: false,
};

const KEY = "softshoe";

export function parse(stored: string | null): Settings {
  const read = objectOf(stored);
  return {
    left: oneOf(CORNERS, read.left, DEFAULTS.left),
    right: oneOf(CORNERS, read.right, DEFAULTS.right),
    units: oneOf(UNITS, read.units, DEFAULTS.units),
    laps: oneOf(LAPS, read.laps, DEFAULTS.laps),
    clicks: read.clicks === true,
  };
}

/** Whoever is logged in reads their own units. */
export function unitsOf(settings: Settings, runner: { units: Units } | null): Settings {
  return runner ? { ...settings, units: runner.units } : settings;
}

export type Change = (changes: Partial<Settings>) => void;

export function useSettings(): [Settings, Change] {
  const [settings, set] = useState(() => parse(stored()));
  const change: Change = (changes) => {
    const next = { ...settings, ...changes };
    keep(next);
    set(next);
  };
  return [settings, change];
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function keep(settings: Settings) {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // chosen for now only
  }
}

function objectOf(stored: string | null): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(stored ?? "{}");
    return read !== null && typeof read === "object" ? { ...read } : {};
  } catch {
    return {};
  }
}

function oneOf<T extends string>(choices: readonly T[], chosen: unknown, otherwise: T): T {
  return choices.find((choice) => choice === chosen) ?? otherwise;
}
