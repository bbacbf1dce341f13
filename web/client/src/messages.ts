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
  durable_step: number | null;
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
  belt_m_s: number | null;
  impact_method: "peak" | "stance13" | null;
}

export interface Session {
  session: string;
  /** "guest" while nobody has said whose it is. */
  runner: string;
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

/** A runner as they see themself. */
export interface Profile {
  name: string;
  alias: string | null;
  units: "metric" | "imperial";
  coach: boolean;
}

/** Who this screen is, who is logged in on it, and who is asked whether it is still them. */
export interface Me {
  scopes: string[];
  runner: Profile | null;
  still: string | null;
}

export interface Names {
  names: string[];
}

export interface RunNote {
  title: string | null;
  note: string | null;
}

/** A link for a phone; the code is a square of 0 and 1, a text for each row. */
export interface Link {
  url: string;
  expires_s: number;
  qr: string[];
}

export interface Measure {
  mean: number;
  n: number;
}

export type Change = "better" | "same" | "worse" | "unknown";

/** What a focus run came to. A change within its noise is none. */
export interface FocusResult {
  skill: Skill;
  belt_m_s: number | null;
  focus_s: number;
  metric: string | null;
  baseline: Measure | null;
  windows: Measure | null;
  change_pct: number | null;
  noise_pct: number | null;
  improved: Change;
  rating: number | null;
}

/** A stretch of a run in which its skill was minded, seconds since the run began. */
export interface Window {
  from_s: number;
  to_s: number;
}

export interface Practised {
  result: FocusResult;
  windows: Window[];
}

export interface Came {
  practised: Practised;
  sentence: string;
  question: string;
}

export interface RunsPractice {
  came: Came[];
  suggestion: Suggestion | null;
}

/** A skill over the runs at one belt speed: un-cued minutes at first against those of late. */
export interface Trend {
  belt_m_s: number | null;
  runs: number;
  practised_s: number;
  metric: string | null;
  first: number | null;
  change: number | null;
  noise: number | null;
  learned: Change;
  yours: boolean;
}

export interface Exercise {
  kind: "mobility" | "strength" | "drill";
  text: string;
}

export interface SkillSoFar {
  skill: Skill;
  title: string;
  trend: Trend;
  results: FocusResult[];
  beside: Exercise[];
}

export interface Progress {
  skills: SkillSoFar[];
  suggestion: Suggestion | null;
  /** The work beside running that belongs to it. */
  beside: Exercise[];
  advice: string;
  credit: string;
}
