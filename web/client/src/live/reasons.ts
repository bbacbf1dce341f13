// Why something cannot be known, in words for the runner. Null: it is known.
import type { Side } from "../messages";
import { text } from "../strings";
import { isLost, type Model } from "./model";

export function whyNoPlace(model: Model, side: Side): string | null {
  if (isLost(model, side)) return text.reason.lost(text[side]);
  if (model.feet[side].landings.some((landing) => landing.x_pct !== null)) return null;
  const oneCell = model.about?.rig === "deck1";
  if (model.sideless) return oneCell ? text.reason.noSide : text.reason.noSideYet;
  return oneCell ? text.reason.noPlace : text.reason.noPlaceYet;
}

export function whyNoSoftness(model: Model, side: Side): string | null {
  if (isLost(model, side)) return text.reason.lost(text[side]);
  const { state } = model;
  if (state !== null && state[side].valr_bw_s !== null) return null;
  if (model.sideless) return whyNoPlace(model, side);
  if (state?.body_weight_n == null) return text.reason.noWeightYet;
  return state.loading_quality === "none" ? text.reason.slowRate : text.reason.noSoftnessYet;
}

export function whyNoBalance(model: Model): string | null {
  const lost = (["left", "right"] as const).find((side) => isLost(model, side));
  if (lost) return text.reason.lost(text[lost]);
  if (model.state?.balance_pct != null) return null;
  return model.sideless ? whyNoPlace(model, "left") : text.reason.noBalance;
}
