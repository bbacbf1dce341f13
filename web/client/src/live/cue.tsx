// The skill in focus, and its one cue: the only loud slab that this screen ever has.
import { clock, UNKNOWN } from "../format";
import type { Cue, Focus } from "../messages";
import { text } from "../strings";
import type { Mode } from "./model";
import { focusShown, type Phase } from "./moment";

interface FocusProps {
  focus: Focus | null;
  mode: Mode;
}

/** The skill, and in a word what is to be done about it now: in its own minute, nothing more. */
export function Skill({ focus, mode }: FocusProps) {
  if (focus === null || mode === "done") return null;
  return (
    <h1 class="skill">
      {text.skill[focus.skill]}
      {focus.phase !== "window" && <small>{text.focus.phase[focus.phase]}</small>}
    </h1>
  );
}

/** Always there, so that a screen reader hears what comes into it. */
export function CueSlab({ cue, phase }: { cue: Cue | null; phase: Phase }) {
  return (
    <div class="cue-place" role="status">
      {cue && (
        <p key={cue.number} class={phase === "leaving" ? "cue leaving" : "cue"}>
          <b>{text.cue.word(cue.word)}</b>
          <span>
            <span>{cue.lines[0]} </span>
            <span>{text.cue.end(cue.lines[1])}</span>
          </span>
        </p>
      )}
    </div>
  );
}

/** In the ring's gap: the seconds left of this minute, or how long the phase around it lasts. */
export function TimeLeft({ focus, mode }: FocusProps) {
  const shown = focusShown(focus, mode);
  if (shown === null) return null;
  const { written, unit, spoken } = mode === "not live" ? NOT_LIVE : left(shown);
  return (
    <p class={unit ? "seconds num" : "seconds num around"} role="timer" aria-label={spoken}>
      {written}
      {unit && <small>{unit}</small>}
    </p>
  );
}

const NOT_LIVE = { written: UNKNOWN, unit: null, spoken: text.notLive };

function left({ phase, minute, left_s }: Focus) {
  if (phase !== "window") {
    const written = clock(Math.ceil(left_s)).text;
    return { written, unit: null, spoken: text.focus.leftOf(written, text.focus.phase[phase]) };
  }
  const seconds = minute.filter((second) => second === "to_come").length;
  return { written: seconds, unit: text.unitSeconds, spoken: text.focus.left(seconds) };
}
