// A PIN or a code as it is typed, and names as they are shown. Pure.

export const PIN = { least: 4, most: 8 };
export const CODE = { least: 6, most: 6 };

export interface Length {
  least: number;
  most: number;
}

/** One key of the pad: a digit, or "back". */
export function pressDigit(before: string, key: string, { most }: Length): string {
  return key === "back" ? before.slice(0, -1) : digits(before + key, most);
}

/** What is left of anything that was typed. */
export function digits(typed: string, most: number): string {
  return typed.replace(/\D/g, "").slice(0, most);
}

export function isWhole(typed: string, { least, most }: Length): boolean {
  return typed.length >= least && typed.length <= most;
}

/** One or two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toLocaleUpperCase();
}

const TILES = 3;

/** The names that have a tile of their own; the last tile is for a new or another name. */
export function tiles(names: string[]): { shown: string[]; more: number } {
  const shown = names.slice(0, TILES - 1);
  return { shown, more: names.length - shown.length };
}
