// The line on which a focus result stands beside its baseline. Pure; units of the drawing.

export const WIDTH = 420;
const FROM = 20;
const TO = 400;
const SHARE = 0.85; // of the half that the change may take

export interface Scale {
  baseline: number;
  change: number;
  from: number;
  to: number;
}

/** Places of baseline, change and its noise. The baseline lies on the side that was left. */
export function scaleOf(change_pct: number, noise_pct: number): Scale {
  const away = Math.abs(change_pct) + noise_pct;
  const back = Math.max(noise_pct - Math.abs(change_pct), 0);
  const perPct = ((TO - FROM) * SHARE) / Math.max(away + back, 1);
  const baseline = change_pct < 0 ? TO - 57 - back * perPct : FROM + 57 + back * perPct;
  const at = (pct: number) => Math.min(Math.max(baseline + pct * perPct, FROM), TO);
  return {
    baseline,
    change: at(change_pct),
    from: at(change_pct - noise_pct),
    to: at(change_pct + noise_pct),
  };
}
