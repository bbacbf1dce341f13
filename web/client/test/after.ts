// A run that is over, made by hand for the tests.
import type { FocusResult, RunsPractice, Session } from "../src/messages";
import { means } from "./messages";

/** Steps of both feet, three a second in all, whose rate each minute is what `rateOf` says. */
export function steps(minutes: number, rateOf: (minute: number, side: string) => number) {
  const t_s: number[] = [];
  const side: string[] = [];
  const rates: number[] = [];
  for (let i = 0; i < minutes * 180; i++) {
    t_s.push(i / 3);
    side.push(i % 2 ? "right" : "left");
    rates.push(rateOf(Math.floor(i / 180), i % 2 ? "right" : "left") + (i % 4 < 2 ? 1 : -1));
  }
  return { t_s, side, rates, minded: [] };
}

export function session(changes: Partial<Session> = {}): Session {
  return {
    session: "s1",
    runner: "guest",
    alias: null,
    state: "open",
    started_at: null,
    rig: "insoles",
    conventions: { impact_method: "peak", belt_m_s: 2.8 },
    running_s: 767,
    distance_m: 2130,
    steps: 2120,
    all: { ...means(60), cadence_spm: 166 },
    left: means(58),
    right: means(64),
    ...changes,
  };
}

export function result(changes: Partial<FocusResult> = {}): FocusResult {
  return {
    skill: "soft",
    belt_m_s: 2.8,
    focus_s: 60,
    metric: "valr13_bw_s",
    baseline: { mean: 70, n: 160 },
    windows: { mean: 60, n: 160 },
    change_pct: -14,
    noise_pct: 4,
    improved: "better",
    rating: null,
    ...changes,
  };
}

export function practice(improved: FocusResult["improved"] | null): RunsPractice {
  const came = improved && {
    practised: { result: result({ improved }), windows: [] },
    sentence: `It went ${improved}.`,
    question: "How quiet were your feet?",
  };
  return {
    came: came ? [came] : [],
    suggestion: { skill: "close", why: "One skill at a time." },
  };
}
