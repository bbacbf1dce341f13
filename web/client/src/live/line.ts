// The horizon: the runner's own line for softness, or the target while landing softly is the focus.
import type { Focus } from "../messages";
import type { Model } from "./model";

export interface Line {
  valr_bw_s: number;
  is_target: boolean;
}

/** The target is so far below the line as it is below the coach's baseline of another loading rate. */
export function lineOf({ state, focus }: Model): Line | null {
  const line = state?.line_valr_bw_s;
  if (!line) return null;
  const share = focus?.skill === "soft" && focus.phase !== "over" ? shareOf(focus) : null;
  return { valr_bw_s: line * (share ?? 1), is_target: share !== null };
}

function shareOf({ target, baseline }: Focus): number | null {
  return target !== null && baseline ? target / baseline : null;
}
