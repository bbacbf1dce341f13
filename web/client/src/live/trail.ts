// The last landings of one foot, and how the load rolled over the sole.
import type { LiveState, Sent, Step } from "../messages";

export const TRAIL = 10;
const SAME_STEP_S = 0.15; // a landing is told early, and again when the contact is over

export interface Landing {
  t_s: number;
  /** % of the sole's length from the heel; null when the rig cannot tell. */
  x_pct: number | null;
  /** mm towards the outer side. */
  y_mm: number;
  peak_bw_s: number | null;
  stance13_bw_s: number | null;
  path: [number, number][];
}

export interface Foot {
  landings: Landing[];
  /** When the daemon last said something about this foot. */
  published_s: number | null;
}

export const NO_FOOT: Foot = { landings: [], published_s: null };

export function addStep(foot: Foot, sent: Sent<Step>): Foot {
  const landing = landingOf(sent.event);
  const last = foot.landings.at(-1);
  const again = last !== undefined && Math.abs(landing.t_s - last.t_s) < SAME_STEP_S;
  const before = again ? foot.landings.slice(0, -1) : foot.landings;
  const newest = again ? laterWord(landing, last) : landing;
  return { landings: [...before, newest].slice(-TRAIL - 1), published_s: sent.published_s };
}

/** How hard a landing was, by the method that this run is measured with. */
function loadingRate(landing: Landing, method: LiveState["impact_method"]): number | null {
  return method === "stance13" ? landing.stance13_bw_s : landing.peak_bw_s;
}

export type Hardness = "soft" | "hard" | "unknown";

/** Over the line is hard; without a line, or without a loading rate, a landing is neither. */
export function hardness(
  landing: Landing,
  line: number | null,
  method: LiveState["impact_method"],
): Hardness {
  const rate = loadingRate(landing, method);
  if (line === null || rate === null) return "unknown";
  return rate > line ? "hard" : "soft";
}

function landingOf(step: Step): Landing {
  return {
    t_s: step.t_s,
    x_pct: step.strike_index_pct ?? step.cop_path?.[0]?.[0] ?? null,
    y_mm: step.cop_path?.[0]?.[1] ?? 0,
    peak_bw_s: step.valr_bw_s,
    stance13_bw_s: step.valr13_bw_s,
    path: step.cop_path ?? [],
  };
}

/** The same landing told again: it stays the one it was, and where it was if nothing else is known. */
function laterWord(now: Landing, before: Landing): Landing {
  const { x_pct, y_mm } = now.x_pct === null ? before : now;
  return { ...now, t_s: before.t_s, x_pct, y_mm };
}
