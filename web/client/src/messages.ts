// What the daemon says: the fields of softshoe.events that this page uses, under the same names.

export type Side = "left" | "right";
export type Quality = "good" | "low" | "none";

export interface Step {
  moment: "landing" | "live" | "final";
  session: string | null;
  t_s: number;
  side: Side | "unknown" | null;
  valr_bw_s: number | null;
  valr13_bw_s: number | null;
  strike_index_pct: number | null;
  cop_path: [number, number][] | null;
}

export interface Means {
  n: number;
  cadence_spm: number | null;
  contact_ms: number | null;
  impact_bw: number | null;
  valr_bw_s: number | null;
  valr_sd_bw_s: number | null;
}

export interface LiveState {
  session: string | null;
  state: "ready" | "running" | "paused" | "done";
  activity: "run" | "walk" | "unknown";
  running_s: number;
  steps: number;
  cadence_spm: number | null;
  belt_m_s: number | null;
  distance_m: number | null;
  left: Means;
  right: Means;
  line_valr_bw_s: number | null;
  balance_pct: number | null;
  impact_method: "peak" | "stance13" | null;
  body_weight_n: number | null;
  loading_quality: Quality;
}

export interface SourceHealth {
  name: string;
  state: "waiting" | "live" | "stale" | "lost" | "broken" | "ended";
  nominal_rate_hz: number;
  why: string | null;
}

export interface Health {
  sources: SourceHealth[];
  disk: "ok" | "full" | "failing";
}

export interface About {
  rig: string;
}

export interface Conventions {
  impact_method: "peak" | "stance13" | null;
}

export interface Session {
  session: string;
  alias: string | null;
  state: "open" | "closed" | "interrupted";
  started_at: string | null;
  rig: string;
  conventions: Conventions;
  running_s: number;
  distance_m: number | null;
  steps: number;
  all: Means;
  left: Means;
  right: Means;
}

export type Skill = "straight" | "tall" | "soft" | "close" | "push";
export type Second = "inside" | "outside" | "not_counted" | "to_come";

/** The skill that this run attends to, and how its minutes go. */
export interface Focus {
  skill: Skill;
  phase: "warm_up" | "baseline" | "window" | "between" | "probe" | "over";
  paused: boolean;
  left_s: number;
  on_target_s: number;
  minute: Second[];
  baseline: number | null;
  target: number | null;
}

export interface Cue {
  number: number;
  t_s: number;
  until_s: number;
  word: string;
  lines: [string, string];
  say: string;
}

/** One skill to choose; the metric is what measures it on this rig. */
export interface SkillCard {
  skill: Skill;
  title: string;
  idea: string;
  metric: string | null;
  minutes: number;
}

export interface Suggestion {
  skill: Skill;
  why: string;
}

/** What can be chosen. */
export interface Chooser {
  skills: SkillCard[];
  suggestion: Suggestion | null;
  credit: string;
}

/** A coach's words, to be shown for a while; the nonce says once that they were. */
export interface Notice {
  id: string;
  text: string;
  for_s: number;
  nonce: string;
}

export interface Sent<T> {
  published_s: number;
  event: T;
}

export interface Beat {
  server_s: number;
  data_s: number | null;
}

export interface Snapshot extends Beat {
  state: LiveState | null;
  health: Health | null;
  about: About | null;
  focus: Focus | null;
  cue: Sent<Cue> | null;
  steps: Sent<Step>[];
}

export type Message =
  | { name: "snapshot"; data: Snapshot }
  | { name: "beat"; data: Beat }
  | { name: "step"; data: Sent<Step> }
  | { name: "state"; data: Sent<LiveState> }
  | { name: "health"; data: Sent<Health> }
  | { name: "about"; data: Sent<About> }
  | { name: "focus"; data: Sent<Focus> }
  | { name: "cue"; data: Sent<Cue> }
  | { name: "message"; data: Sent<Notice> };

export interface SessionPage {
  sessions: Session[];
  next: string | null;
}

export interface StepColumns<Field extends string> {
  columns: Record<Field, (number | string | null)[]>;
  next: number | null;
}
