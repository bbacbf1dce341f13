// Hand-made messages for the tests.
import type {
  Cue,
  Focus,
  Health,
  LiveState,
  Means,
  Message,
  Sent,
  Snapshot,
  Step,
} from "../src/messages";

export function sent<T>(event: T, published_s = 0): Sent<T> {
  return { published_s, event };
}

export function step(changes: Partial<Step>): Step {
  return {
    moment: "landing",
    session: "s1",
    t_s: 1,
    side: "left",
    valr_bw_s: 60,
    valr13_bw_s: 50,
    strike_index_pct: 15,
    cop_path: null,
    ...changes,
  };
}

export function means(valr_bw_s: number | null, valr_sd_bw_s: number | null = 3): Means {
  return { n: 25, cadence_spm: null, contact_ms: null, impact_bw: null, valr_bw_s, valr_sd_bw_s };
}

export function state(changes: Partial<LiveState> = {}): LiveState {
  return {
    session: "s1",
    state: "running",
    activity: "run",
    running_s: 60,
    steps: 160,
    durable_step: 160,
    cadence_spm: 165,
    belt_m_s: 2.78,
    distance_m: 167,
    left: means(54),
    right: means(66),
    line_valr_bw_s: 60,
    balance_pct: 50.3,
    impact_method: "peak",
    body_weight_n: 700,
    loading_quality: "good",
    ...changes,
  };
}

export function focus(changes: Partial<Focus> = {}): Focus {
  return {
    skill: "soft",
    phase: "window",
    paused: false,
    left_s: 40,
    on_target_s: 0,
    minute: Array(60).fill("to_come"),
    baseline: 70,
    target: 56,
    ...changes,
  };
}

export function cue(changes: Partial<Cue> = {}): Cue {
  return {
    number: 1,
    t_s: 50,
    until_s: 58,
    word: "Quieter",
    lines: ["Let the foot", "drop under you"],
    say: "Quieter.",
    ...changes,
  };
}

export function health(state: Health["sources"][number]["state"] = "live"): Health {
  return { disk: "ok", sources: [{ name: "insoles", state, nominal_rate_hz: 500, why: null }] };
}

export function snapshot(changes: Partial<Snapshot> = {}): Message {
  const now = {
    server_s: 100,
    data_s: 100,
    state: state(),
    health: health(),
    about: null,
    focus: null,
    cue: null,
    steps: [],
  };
  return { name: "snapshot", data: { ...now, ...changes } };
}
