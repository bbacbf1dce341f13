// What is known of every treadmill, and how each message changes it. Pure: time is handed in.
import { softness } from "../live/softness";
import { addStep, type Foot, NO_FOOT } from "../live/trail";
import type { Focus, Health, LiveState, Session, Side, Step } from "../messages";

/** One message of the feed: of which treadmill, on which topic below it. */
export interface Heard {
  device: string;
  path: string;
  /** It may be old: the broker kept it. */
  retained: boolean;
  message: unknown;
}

export interface Answer {
  id: string;
  result: "shown" | "done" | "refused" | "expired";
  why: string | null;
}

export interface Treadmill {
  device: string;
  online: boolean;
  state: LiveState | null;
  /** When a state last came that was not an old one; null before the first. */
  live_ms: number | null;
  focus: Focus | null;
  health: Health | null;
  session: Session | null;
  feet: Record<Side, Foot>;
  /** Since when each foot has been loud without a break. */
  loud_ms: Record<Side, number | null>;
  /** Since when a sensor or the disk has been in trouble. */
  ill_ms: number | null;
}

export type Gym = ReadonlyMap<string, Treadmill>;

/** So far above the runner's own line a foot is loud for a coach. */
export const LOUD_PCT = 5;
const QUIET = { left: null, right: null };
const NEW: Omit<Treadmill, "device"> = {
  online: false,
  state: null,
  live_ms: null,
  focus: null,
  health: null,
  session: null,
  feet: { left: NO_FOOT, right: NO_FOOT },
  loud_ms: QUIET,
  ill_ms: null,
};

export function take(gym: Map<string, Treadmill>, heard: Heard, now_ms: number): void {
  const before = gym.get(heard.device) ?? { ...NEW, device: heard.device };
  gym.set(heard.device, changed(before, heard, now_ms));
}

function changed(before: Treadmill, heard: Heard, now_ms: number): Treadmill {
  const { path, message } = heard;
  switch (path) {
    case "status":
      return { ...before, online: message === "online" };
    case "live/state":
      return stated(before, message as LiveState | null, heard.retained, now_ms);
    case "live/focus":
      return { ...before, focus: message as Focus | null };
    case "live/health":
      return ill({ ...before, health: message as Health | null }, now_ms);
    case "record/session":
      return { ...before, session: message as Session | null };
    case "live/landing":
    case "live/step":
      return stepped(before, message as Step, now_ms);
    default:
      return before;
  }
}

function stated(
  before: Treadmill,
  state: LiveState | null,
  retained: boolean,
  now_ms: number,
): Treadmill {
  const live_ms = retained ? before.live_ms : now_ms;
  const feet = state?.session === before.state?.session ? before.feet : NEW.feet;
  const loud_ms = retained ? QUIET : loudness(before, state, now_ms);
  return { ...before, state, live_ms, feet, loud_ms };
}

function loudness(before: Treadmill, state: LiveState | null, now_ms: number) {
  const since = (side: Side) =>
    state && isLoud(state, side) ? (before.loud_ms[side] ?? now_ms) : null;
  return { left: since("left"), right: since("right") };
}

function isLoud(state: LiveState, side: Side): boolean {
  if (state.state !== "running" || !state.line_valr_bw_s) return false;
  const reading = softness(state, side, state.line_valr_bw_s);
  return reading !== null && reading.pct >= LOUD_PCT;
}

function stepped(before: Treadmill, step: Step, now_ms: number): Treadmill {
  const { side } = step;
  if (side !== "left" && side !== "right") return before;
  const foot = addStep(before.feet[side], { published_s: now_ms / 1000, event: step });
  return { ...before, feet: { ...before.feet, [side]: foot } };
}

function ill(treadmill: Treadmill, now_ms: number): Treadmill {
  const since = troubles(treadmill.health).length ? (treadmill.ill_ms ?? now_ms) : null;
  return { ...treadmill, ill_ms: since };
}

export interface Trouble {
  kind: "lost" | "broken" | "full" | "failing";
  name: string;
}

/** What a technician must look at. */
export function troubles(health: Health | null): Trouble[] {
  if (!health) return [];
  const sensors = health.sources.flatMap(({ name, state }) =>
    state === "lost" || state === "broken" ? [{ kind: state, name } as Trouble] : [],
  );
  return health.disk === "ok" ? sensors : [...sensors, { kind: health.disk, name: "disk" }];
}
