// The two numbers that each tablet chooses. What a run does not show is an en dash with its reason.
import { clock, UNKNOWN, whole } from "../format";
import type { LiveState, Means } from "../messages";
import { text } from "../strings";
import type { Corner, Units } from "../tablet/settings";
import { distance, pace, speed } from "../tablet/units";
import type { Mode } from "./model";

export interface Reading {
  text: string;
  label: string;
  /** Why it is not known, where there is something to say. */
  why: string | null;
}

const HELD: readonly Corner[] = ["time", "distance"]; // true also while nobody runs

export function reading(
  corner: Corner,
  state: LiveState | null,
  mode: Mode,
  units: Units,
): Reading {
  const shown = mode === "running" || (mode !== "not live" && HELD.includes(corner));
  if (state === null || !shown) return { text: UNKNOWN, label: label(corner, units), why: null };
  const written = READ[corner](state, units);
  const why = written === UNKNOWN ? whyNot(corner, state) : null;
  const hours = corner === "time" && clock(state.running_s).hours;
  return { text: written, label: hours ? text.timeHours : label(corner, units), why };
}

export function label(corner: Corner, units: Units): string {
  const words = text.corner[corner];
  return typeof words === "string" ? words : words[units];
}

const READ: Record<Corner, (state: LiveState, units: Units) => string> = {
  cadence: (state) => whole(state.cadence_spm),
  time: (state) => clock(state.running_s).text,
  distance: (state, units) => distance(state.distance_m, units),
  speed: (state, units) => speed(state.belt_m_s, units),
  pace: (state, units) => pace(state.belt_m_s, units),
  contact: (state) => whole(bothFeet(state, "contact_ms")),
  impact: (state) => bothFeet(state, "impact_bw")?.toFixed(2) ?? UNKNOWN,
};

function whyNot(corner: Corner, state: LiveState): string {
  if (corner === "cadence") return text.reason.noCadence;
  if (corner === "contact") return text.reason.noStepsYet;
  if (corner !== "impact")
    return state.belt_m_s === null ? text.reason.noBelt : text.reason.beltStands;
  if (state.body_weight_n === null) return text.reason.noWeightYet;
  return state.loading_quality === "none" ? text.reason.slowRate : text.reason.noStepsYet;
}

/** The mean of both feet's steps, or of the foot that is known. */
function bothFeet(state: LiveState, field: "contact_ms" | "impact_bw"): number | null {
  const known = [state.left, state.right].filter((means: Means) => means[field] !== null);
  const n = known.reduce((sum, means) => sum + means.n, 0);
  return n ? known.reduce((sum, means) => sum + means.n * (means[field] ?? 0), 0) / n : null;
}
