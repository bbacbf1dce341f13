// What the screen says at this moment. Pure; it changes by messages, and by time alone.
import type { Cue, Focus, Skill } from "../messages";
import { type RingLook, rakes } from "./minute";
import { isLost, type Mode, type Model, modeOf, type Passing } from "./model";

const LEAVING_S = 0.4;

export type Phase = "shown" | "leaving" | "gone";

export interface Moment {
  mode: Mode;
  cue: Phase;
  message: Phase;
}

export function momentOf(model: Model, now_s: number): Moment {
  const mode = modeOf(model, now_s);
  const cued = mode === "running" && !oneFootLost(model);
  return {
    mode,
    cue: cued ? phase(model.cue, now_s) : "gone",
    message: mode === "not live" ? "gone" : phase(model.message, now_s),
  };
}

/** Before and after a run nothing on the screen is live but a word or two: it stays when data is late. */
export function screenOf(model: Model, mode: Mode): Mode {
  if (mode !== "not live" || model.heard_s === null) return mode;
  const state = model.state?.state ?? "ready";
  return state === "ready" || state === "done" ? state : mode;
}

function phase(passing: Passing<unknown> | null, now_s: number): Phase {
  if (passing === null || now_s >= passing.until_s + LEAVING_S) return "gone";
  return now_s < passing.until_s ? "shown" : "leaving";
}

export function isSame(a: Moment, b: Moment): boolean {
  return a.mode === b.mode && a.cue === b.cue && a.message === b.message;
}

export function oneFootLost(model: Model): boolean {
  return isLost(model, "left") || isLost(model, "right");
}

/** Seconds do not count while somebody stands, or while a foot is not measured. */
export function ringLook(model: Model, mode: Mode): RingLook {
  if (mode === "not live") return "off";
  const counts = mode === "running" && !model.focus?.paused && !oneFootLost(model);
  return counts ? "live" : "held";
}

/** Lines are there only while all is quiet. */
export function rakesShown(model: Model, moment: Moment): number {
  const quiet = moment.mode === "running" && moment.cue !== "shown" && !oneFootLost(model);
  const focus = focusShown(model.focus, moment.mode);
  return quiet && focus ? rakes(focus.on_target_s - model.raked_from_s) : 0;
}

/** The cue that is said now, if one is. */
export function cueNow(model: Model, moment: Moment): Cue | null {
  return moment.cue === "gone" ? null : (model.cue?.what ?? null);
}

/** The skill that a run has, or the next one will have. */
export function skillChosen(focus: Focus | null): Skill | null {
  return focus === null || focus.phase === "over" ? null : focus.skill;
}

/** The focus whose minute is on the screen: none once its minutes, or the run, are over. */
export function focusShown(focus: Focus | null, mode: Mode): Focus | null {
  return mode === "done" || focus?.phase === "over" ? null : focus;
}
