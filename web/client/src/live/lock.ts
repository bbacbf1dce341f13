// Keeps sweat and stray touches off a running screen. Pure: time is handed in.
import type { Mode } from "./model";

export const LOCK_AFTER_S = 10;
export const SHEET_AFTER_S = 30; // whoever reads a sheet is given longer
export const HOLD_MS = 1000;

export interface Lock {
  locked: boolean;
  /** Since when nothing speaks against locking; null while nobody runs. */
  quiet_s: number | null;
}

export const UNLOCKED: Lock = { locked: false, quiet_s: null };

export type LockEvent =
  | { name: "time"; mode: Mode; sheet: boolean }
  | { name: "touch" }
  | { name: "unlock" };

export function lock(before: Lock, event: LockEvent, now_s: number): Lock {
  if (event.name === "unlock") return { locked: false, quiet_s: now_s };
  if (event.name === "touch")
    return before.locked || before.quiet_s === null ? before : { ...before, quiet_s: now_s };
  return inTime(before, event.mode, event.sheet, now_s);
}

/** Data that is late for a moment changes nothing; a runner who stopped has dry hands. */
function inTime(before: Lock, mode: Mode, sheet: boolean, now_s: number): Lock {
  if (mode === "not live") return before;
  if (mode !== "running") return before.quiet_s === null ? before : UNLOCKED;
  if (before.locked) return before;
  if (before.quiet_s === null) return { locked: false, quiet_s: now_s };
  const after_s = sheet ? SHEET_AFTER_S : LOCK_AFTER_S;
  return now_s - before.quiet_s >= after_s ? { ...before, locked: true } : before;
}
