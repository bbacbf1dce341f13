// What a tile and the wall say at this moment. Pure.
import { softness } from "../live/softness";
import type { LiveState, Side } from "../messages";
import { type Gym, LOUD_PCT, type Treadmill, troubles } from "./treadmills";
import { words } from "./words";

export type Look = "off" | "free" | "done" | "late" | "paused" | "walking" | "running";

const LATE_MS = 3000;
const LOUD_MS = 15_000; // a foot that is loud for a moment is no reason to walk over

export interface Call {
  since_ms: number;
  text: string;
  side: Side | null;
}

export interface View {
  device: string;
  label: string;
  who: string;
  look: Look;
  /** % from the runner's line; null where it is not known. */
  left: number | null;
  right: number | null;
  has_line: boolean;
  balance_pct: number | null;
  text: string;
  aside: string;
  /** Needs the coach. */
  needs: boolean;
  /** Of those the one that has waited longest: one tile is loud, never more. */
  first: boolean;
}

export function lookOf(treadmill: Treadmill, now_ms: number): Look {
  const { online, state, live_ms } = treadmill;
  if (!online) return "off";
  if (!state || state.state === "ready") return "free";
  if (state.state !== "running") return state.state;
  if (live_ms === null || now_ms - live_ms > LATE_MS) return "late";
  return state.activity === "walk" ? "walking" : "running";
}

/** Why the coach is needed, the oldest reason first; null: is not. */
export function callOf(treadmill: Treadmill, now_ms: number): Call | null {
  const calls: Call[] = [];
  const [trouble] = troubles(treadmill.health);
  if (treadmill.online && trouble && treadmill.ill_ms !== null) {
    calls.push({ since_ms: treadmill.ill_ms, text: troubleText(trouble), side: null });
  }
  if (lookOf(treadmill, now_ms) === "running") {
    for (const side of ["left", "right"] as const) {
      const since_ms = treadmill.loud_ms[side];
      if (since_ms !== null && now_ms - since_ms >= LOUD_MS) {
        calls.push({ since_ms, text: words.loud(side), side });
      }
    }
  }
  return calls.sort((a, b) => a.since_ms - b.since_ms)[0] ?? null;
}

function troubleText({ kind, name }: { kind: string; name: string }): string {
  if (kind === "full" || kind === "failing") return words.disk[kind];
  return kind === "lost" ? words.sensor.lost(name) : words.sensor.broken(name);
}

export function views(gym: Gym, now_ms: number): View[] {
  const shown = [...gym.values()].sort((a, b) => inOrder(a.device, b.device));
  const calls = new Map(shown.map((each) => [each.device, callOf(each, now_ms)]));
  const first = oldest(calls);
  return shown.map((each) => view(each, calls.get(each.device) ?? null, first, now_ms));
}

function oldest(calls: Map<string, Call | null>): string | null {
  let found: string | null = null;
  let since_ms = Number.POSITIVE_INFINITY;
  for (const [device, call] of calls) {
    if (call && call.since_ms < since_ms) [found, since_ms] = [device, call.since_ms];
  }
  return found;
}

function view(treadmill: Treadmill, call: Call | null, first: string | null, now_ms: number): View {
  const { device, state } = treadmill;
  const look = lookOf(treadmill, now_ms);
  const running = look === "running" ? state : null;
  return {
    device,
    label: labelOf(device),
    who: look === "off" || look === "free" ? "" : whoOf(treadmill),
    look,
    left: running && pct(running, "left"),
    right: running && pct(running, "right"),
    has_line: Boolean(running?.line_valr_bw_s),
    balance_pct: running?.balance_pct ?? null,
    text: call?.text ?? words_of(treadmill, look),
    aside: call ? words.seconds(seconds(now_ms - call.since_ms)) : asideOf(treadmill, look, now_ms),
    needs: call !== null,
    first: first === device,
  };
}

/** % from the line, or from both feet's mean as long as there is no line. */
export function pct(state: LiveState, side: Side): number | null {
  return softness(state, side, state.line_valr_bw_s || null)?.pct ?? null;
}

function words_of(treadmill: Treadmill, look: Look): string {
  const texts = {
    off: words.offline,
    free: words.free,
    done: words.done,
    late: words.notLive,
    paused: words.paused,
    walking: words.walking,
  };
  if (look !== "running") return texts[look];
  const { focus } = treadmill;
  return focus && focus.phase !== "over" ? words.skill[focus.skill] : words.running;
}

function asideOf(treadmill: Treadmill, look: Look, now_ms: number): string {
  if (look === "late" && treadmill.live_ms !== null) {
    return words.seconds(seconds(now_ms - treadmill.live_ms));
  }
  const cadence = look === "walking" ? treadmill.state?.cadence_spm : null;
  return cadence ? Math.round(cadence).toString() : "";
}

/** The alias that they chose, if this run is theirs: the feed names nobody. */
export function whoOf({ session, state }: Treadmill): string {
  if (!session || session.session !== state?.session) return "";
  return session.alias ?? (session.runner === "guest" ? words.guest : "");
}

/** The number at the end of a name is what stands on the treadmill. */
export function labelOf(device: string): string {
  return /\d{1,3}$/.exec(device)?.[0].replace(/^0+(?=\d)/, "") ?? device;
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

export function inOrder(a: string, b: string): number {
  return COLLATOR.compare(a, b);
}

export function matches(view: View, sought: string): boolean {
  const wanted = sought.trim().toLocaleLowerCase();
  const where = [view.device, view.who, view.text].join(" ").toLocaleLowerCase();
  return wanted === view.label || wanted.split(/\s+/).every((word) => where.includes(word));
}

export function isOver(pct: number | null): boolean {
  return pct !== null && pct >= LOUD_PCT;
}

export function seconds(ms: number): number {
  return Math.max(0, Math.round(ms / 1000));
}
