// What measures each of the five skills on a rig; nothing does for some.
import type { Skill } from "../messages";
import { text } from "../strings";

export const SKILLS: readonly Skill[] = ["straight", "tall", "soft", "close", "push"];

type Metric = keyof typeof text.measuredBy;
const ALL = ["deck1", "deck4", "insoles"];

/** The first that the rig can give is taken. */
const MEASURES: Record<Skill, { metric: Metric; of: string[] }[]> = {
  straight: [{ metric: "step_width_mm", of: ["deck4"] }],
  tall: [],
  soft: [{ metric: "valr13_bw_s", of: ALL }],
  close: [
    { metric: "reach_ahead_mm", of: ["deck4", "insoles"] },
    { metric: "step_ms", of: ALL },
  ],
  push: [
    { metric: "reach_behind_mm", of: ["deck4"] },
    { metric: "forefoot_share_pct", of: ["insoles"] },
    { metric: "push_impulse_bw_s", of: ALL },
  ],
};

/** In words; null when no sensor of this rig sees the skill. */
export function measuredBy(skill: Skill, rig: string | null): string | null {
  const parts = (rig ?? "").split("+");
  const found = MEASURES[skill].find(({ of }) => parts.some((part) => of.includes(part)));
  return found ? text.measuredBy[found.metric] : null;
}
