// What is heard: a cue once, when it comes, and a click for each hard landing where that is wanted.
import { useEffect, useRef } from "preact/hooks";
import type { Sound } from "../sound/sound";
import { lineOf } from "./line";
import type { Model } from "./model";
import type { Moment } from "./moment";
import { hardness } from "./trail";

export function useSounding(model: Model, moment: Moment, sound: Sound | null, clicks: boolean) {
  const before = useRef(model);
  const said = useRef("");
  useEffect(() => {
    if (clicks && moment.mode === "running" && landedHard(before.current, model)) sound?.click();
    before.current = model;
  }, [model, moment.mode, sound, clicks]);
  useEffect(() => {
    const cue = model.cue?.what;
    const name = `${cue?.number} ${cue?.t_s}`; // a new snapshot may bring it again
    if (!cue || name === said.current || moment.cue !== "shown") return;
    said.current = name;
    sound?.say(cue.say);
  }, [model.cue, moment.cue, sound]);
}

/** Whether a foot has landed hard between the two, or a landing turned out to have been hard. */
export function landedHard(before: Model, now: Model): boolean {
  return (["left", "right"] as const).some((side) => {
    const hard = newestHard(now, side);
    return hard !== null && hard !== newestHard(before, side);
  });
}

/** When this foot's newest landing was, if it was a hard one. */
function newestHard(model: Model, side: "left" | "right"): number | null {
  const landing = model.feet[side].landings.at(-1);
  const line = lineOf(model)?.valr_bw_s ?? null;
  const method = model.state?.impact_method ?? null;
  return landing && hardness(landing, line, method) === "hard" ? landing.t_s : null;
}
