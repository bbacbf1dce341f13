// A cue on its way, and what became of it. Pure.
import type { Side, Skill } from "../messages";
import type { Answer } from "./treadmills";
import { words } from "./words";

export const FOR_S = 8;
const PATIENCE_MS = (FOR_S + 4) * 1000;

export interface SentCue {
  id: string;
  device: string;
  text: string;
  sent_ms: number;
  answer: Answer | null;
  answered_ms: number;
  /** What the clock on the wall said then. */
  at: string;
}

export function sentCue(id: string, device: string, text: string, sent_ms: number): SentCue {
  return { id, device, text, sent_ms, answer: null, answered_ms: 0, at: "" };
}

/** Only the treadmill that was asked may answer, once. */
export function answered(
  cue: SentCue,
  device: string,
  answer: Answer,
  now_ms: number,
  at: string,
): SentCue {
  if (cue.id !== answer.id || cue.device !== device || cue.answer) return cue;
  return { ...cue, answer, answered_ms: now_ms, at };
}

export function outcome(cue: SentCue, now_ms: number): string {
  const { text, answer } = cue;
  if (!answer) return now_ms - cue.sent_ms > PATIENCE_MS ? words.silent(text) : words.sent(text);
  if (answer.result === "shown" || answer.result === "done") {
    return words.shown(text, Math.round((cue.answered_ms - cue.sent_ms) / 1000), cue.at);
  }
  if (answer.result === "expired") return words.expired(text);
  return words.refused(text, answer.why ?? words.noWhy);
}

/** What may be worth saying now, the likeliest first. */
export function suggestions(side: Side | null, skill: Skill | null): string[] {
  const { left, right, well, ...skills } = words.cues;
  const loud = side ? [side === "left" ? left : right] : [];
  const rest = Object.values(skills).filter((each) => each !== (skill && skills[skill]));
  return [...loud, ...(skill ? [skills[skill]] : []), ...rest, well];
}
