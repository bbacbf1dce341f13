// How softness, cadence, contact and balance went over a run, from its steps.
import { shares, whole } from "../format";
import type { Session, StepColumns } from "../messages";
import { text } from "../strings";
import type { Curve } from "./plot";
import { footMeans, lastKnown, leftShare } from "./smoothing";

export const FIELDS = [
  "t_s",
  "side",
  "valr_bw_s",
  "valr13_bw_s",
  "cadence_spm",
  "contact_ms",
] as const;
export type Columns = StepColumns<(typeof FIELDS)[number]>["columns"];

export interface Lines {
  minutes: number[];
  softness: Curve[];
  cadence: Curve;
  contact: Curve[];
  balance: Curve;
}

export function linesOf(run: Session, columns: Columns): Lines {
  const { t_s, side, contact_ms, cadence_spm } = columns;
  const contact = bothFeet(t_s, side, contact_ms);
  const [left, right] = contact;
  const balance = left && right ? leftShare(left.values, right.values) : [];
  return {
    minutes: t_s.map((t) => Number(t) / 60),
    softness: bothFeet(t_s, side, ratesOf(run, columns)),
    cadence: named(footMeans(t_s, side, cadence_spm, null), whole),
    contact,
    balance: named(balance, (share) => shares(share)[0]),
  };
}

/** The loading rates that this run's impacts are measured by. */
export function ratesOf(run: Session, columns: Columns): Columns["side"] {
  return run.conventions.impact_method === "stance13" ? columns.valr13_bw_s : columns.valr_bw_s;
}

function bothFeet(t_s: Columns["t_s"], side: Columns["side"], values: Columns["side"]): Curve[] {
  return [
    { name: text.left, values: footMeans(t_s, side, values, "left") },
    { name: text.right, values: footMeans(t_s, side, values, "right"), dotted: true },
  ];
}

/** A single curve is named by where it ended. */
function named(values: Curve["values"], write: (value: number | null) => string): Curve {
  return { name: write(lastKnown(values)), values };
}
