// Whether a message has the form that the page draws: a broker passes on what anybody writes. Pure.
import { words } from "./words";

type Fields = Record<string, unknown>;

const STATES = ["ready", "running", "paused", "done"];
const FORMS: Record<string, (message: Fields) => boolean> = {
  about: () => true,
  "live/state": (state) =>
    STATES.includes(String(state.state)) &&
    ["left", "right"].every((side) => isObject(state[side]) && isMeans(state[side])) &&
    ["running_s", "steps"].every((name) => isNumber(state[name])) &&
    ["cadence_spm", "balance_pct", "line_valr_bw_s"].every((name) => isNumberOrNull(state[name])),
  "live/focus": (focus) =>
    Object.hasOwn(words.skill, String(focus.skill)) && Array.isArray(focus.minute),
  "live/health": (health) =>
    ["ok", "full", "failing"].includes(String(health.disk)) &&
    Array.isArray(health.sources) &&
    health.sources.every((each) => isObject(each) && typeof each.name === "string"),
  "record/session": (session) =>
    typeof session.session === "string" &&
    (session.alias === null || typeof session.alias === "string"),
  "live/landing": isStep,
  "live/step": isStep,
  answer: (answer) => typeof answer.id === "string" && typeof answer.result === "string",
};

export function isWellFormed(path: string, message: unknown): boolean {
  if (path === "status") return message === "online" || message === "offline" || message === null;
  const form = FORMS[path];
  if (!form) return false;
  return message === null
    ? path !== "answer" && !isStepPath(path)
    : isObject(message) && form(message);
}

function isStepPath(path: string): boolean {
  return path === "live/landing" || path === "live/step";
}

function isStep(step: Fields): boolean {
  const { cop_path } = step;
  const places = cop_path === null || (Array.isArray(cop_path) && cop_path.every(isPlace));
  return isNumber(step.t_s) && typeof step.moment === "string" && places;
}

function isPlace(place: unknown): boolean {
  return Array.isArray(place) && place.length === 2 && place.every(isNumber);
}

function isMeans(means: Fields): boolean {
  return isNumberOrNull(means.valr_bw_s) && isNumberOrNull(means.valr_sd_bw_s);
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

function isNumberOrNull(value: unknown): boolean {
  return value === null || isNumber(value);
}
