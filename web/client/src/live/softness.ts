// One foot's softness against the runner's own line.
import type { LiveState, Side } from "../messages";

export interface Softness {
  /** Mean of the last 25 steps: % of the line when there is one, else of both feet's mean. */
  pct: number;
  spread_pct: number;
  /** What is written: % from the line, or BW/s as long as there is no line. */
  value: number;
  spread: number | null;
  has_line: boolean;
}

/** Null when the rig does not know how hard this foot lands. */
export function softness(state: LiveState, side: Side, line: number | null): Softness | null {
  const { valr_bw_s: mean, valr_sd_bw_s: spread } = state[side];
  const middle = line ?? middleOf(state);
  if (mean === null || !middle) return null;
  const pct = (100 * mean) / middle - 100;
  const spread_pct = (100 * (spread ?? 0)) / middle;
  const has_line = line !== null;
  return {
    pct,
    spread_pct,
    value: has_line ? pct : mean,
    spread: spread === null ? null : has_line ? spread_pct : spread,
    has_line,
  };
}

/** Over the line as the number shows it: what rounds to 0 is not loud. */
export function isLoud(softness: Softness): boolean {
  return softness.has_line && Math.round(softness.pct) > 0;
}

function middleOf(state: LiveState): number | null {
  const known = [state.left.valr_bw_s, state.right.valr_bw_s].filter((mean) => mean !== null);
  return known.length ? known.reduce((sum, mean) => sum + mean, 0) / known.length : null;
}
