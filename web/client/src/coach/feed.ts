// Two ways to hear all treadmills, one shape.
import type { Heard } from "./treadmills";

/** Denied: the broker wants another name or password. */
export type LinkState = "opening" | "up" | "away" | "denied";

export interface Hear {
  heard: (heard: Heard) => void;
  link: (state: LinkState, why: string | null) => void;
}

export type Said = { id: string; why: null } | { id: null; why: string };

export interface Feed {
  kind: "direct" | "relayed";
  /** Send a cue; its id, or why not. */
  say: (device: string, text: string, for_s: number) => Promise<Said>;
  /** Hear the single steps of this treadmill too, and of no other. */
  look: (device: string | null) => void;
  close: () => void;
}
