// All that the live page knows, and how each message changes it. Pure: time is handed in.
import type {
  About,
  Cue,
  Focus,
  Health,
  LiveState,
  Message,
  Notice,
  Sent,
  Side,
  Snapshot,
  Step,
} from "../messages";
import { lastInside } from "./minute";
import { addStep, type Foot, NO_FOOT } from "./trail";

const LINK_LATE_S = 2.5;
const DATA_LATE_S = 2.9;
const FOOT_LATE_S = 3;
const GONE = ["lost", "broken"]; // "stale" is only a moment, and said in words

export interface Model {
  /** How often all was told anew, as after a restart of the daemon. */
  snapshots: number;
  /** When a message last came, on this screen's clock. */
  heard_s: number | null;
  /** How old the daemon's newest data was then. */
  data_age_s: number | null;
  about: About | null;
  health: Health | null;
  state: LiveState | null;
  session: string | null;
  feet: Record<Side, Foot>;
  /** Steps have come whose side is not known. */
  sideless: boolean;
  focus: Focus | null;
  /** Seconds inside the line when lines began to be raked. */
  raked_from_s: number;
  cue: Passing<Cue> | null;
  message: Passing<Notice> | null;
}

/** What is on the screen for a while: until when, on this screen's clock. */
export interface Passing<T> {
  what: T;
  until_s: number;
}

const CUE_LEAST_S = 6;

export const NOTHING: Model = {
  snapshots: 0,
  heard_s: null,
  data_age_s: null,
  about: null,
  health: null,
  state: null,
  session: null,
  feet: { left: NO_FOOT, right: NO_FOOT },
  sideless: false,
  focus: null,
  raked_from_s: 0,
  cue: null,
  message: null,
};

export type Mode = "not live" | "ready" | "running" | "paused" | "done";

export function hear(model: Model, message: Message, now_s: number): Model {
  switch (message.name) {
    case "snapshot": {
      const { state, health, about, steps } = message.data;
      const snapshots = model.snapshots + 1;
      const fresh = { ...NOTHING, snapshots, state, health, about, message: model.message };
      return beat(attention(steps.reduce(step, fresh), message.data, now_s), message.data, now_s);
    }
    case "beat":
      return beat(model, message.data, now_s);
    case "step":
      return step(model, message.data);
    case "state":
      return { ...model, state: message.data.event };
    case "health":
      return { ...model, health: message.data.event };
    case "about":
      return { ...model, about: message.data.event };
    case "focus":
      return focused(model, message.data.event);
    case "cue":
      return cue(model, message.data.event, now_s);
    case "message":
      return { ...model, message: passing(message.data.event, now_s, message.data.event.for_s) };
  }
}

function attention(model: Model, { focus, cue: last, server_s }: Snapshot, now_s: number): Model {
  const here = { ...model, focus };
  const cued = last ? cue(here, last.event, now_s - (server_s - last.published_s)) : here;
  return focus ? { ...cued, raked_from_s: focus.on_target_s - lastInside(focus.minute) } : cued;
}

function passing<T>(what: T, from_s: number, for_s: number): Passing<T> {
  return { what, until_s: from_s + for_s };
}

/** In another run the seconds inside begin at nothing again. */
function focused(model: Model, focus: Focus): Model {
  return { ...model, focus, raked_from_s: Math.min(model.raked_from_s, focus.on_target_s) };
}

/** A cue takes away what has been raked. */
function cue(model: Model, what: Cue, from_s: number): Model {
  const shown = passing(what, from_s, Math.max(what.until_s - what.t_s, CUE_LEAST_S));
  return { ...model, cue: shown, raked_from_s: model.focus?.on_target_s ?? 0 };
}

function beat(model: Model, at: { server_s: number; data_s: number | null }, now_s: number): Model {
  const data_age_s = at.data_s === null ? null : at.server_s - at.data_s;
  return { ...model, heard_s: now_s, data_age_s };
}

function step(model: Model, sent: Sent<Step>): Model {
  const { side, session, moment } = sent.event;
  if (moment === "final") return model;
  const known = session === null || session === model.session;
  const feet = known ? model.feet : NOTHING.feet;
  const here = { ...model, session: session ?? model.session, feet };
  if (side !== "left" && side !== "right") return { ...here, sideless: true };
  return { ...here, sideless: false, feet: { ...feet, [side]: addStep(feet[side], sent) } };
}

/** What the whole screen may say at this moment. Never an old number: late data is "not live". */
export function modeOf(model: Model, now_s: number): Mode {
  if (model.heard_s === null || now_s - model.heard_s > LINK_LATE_S) return "not live";
  const mode = model.state?.state ?? "ready";
  if (mode === "ready" || mode === "done") return mode;
  if (allSourcesGone(model.health)) return "not live";
  const age_s = now_s - model.heard_s + (model.data_age_s ?? 0);
  return mode === "running" && age_s > DATA_LATE_S ? "not live" : mode;
}

/** Whether this foot's sensor is gone, or has been silent while the other foot went on. */
export function isLost(model: Model, side: Side): boolean {
  const sensor = model.health?.sources.find((source) => source.name.toLowerCase().includes(side));
  if (sensor && GONE.includes(sensor.state)) return true;
  const mine = model.feet[side].published_s;
  const other = model.feet[side === "left" ? "right" : "left"].published_s;
  return mine !== null && other !== null && other - mine > FOOT_LATE_S;
}

function allSourcesGone(health: Health | null): boolean {
  return !!health?.sources.length && health.sources.every((source) => GONE.includes(source.state));
}
