// The numbers around the dial. One that cannot be known is an en dash, and a button that says why.
import type { ComponentChildren } from "preact";
import { shares, signed, UNKNOWN, whole } from "../format";
import type { Side } from "../messages";
import { text } from "../strings";
import type { Corner } from "../tablet/settings";
import type { Reading } from "./corners";
import { tilt } from "./geometry";
import { isLoud, type Softness } from "./softness";

export type Ask = (reason: string) => void;

interface ValueProps {
  why: string | null;
  ask: Ask;
  children: ComponentChildren;
}

function Value({ why, ask, children }: ValueProps) {
  if (why === null) return <b class="num">{children}</b>;
  return (
    <button type="button" class="num bare" aria-label={text.why} onClick={() => ask(why)}>
      {UNKNOWN}
    </button>
  );
}

interface SoftProps {
  side: Side;
  softness: Softness | null;
  why: string | null;
  /** A cue is on the screen: in landscape it takes the place above the left line. */
  cued: boolean;
  ask: Ask;
}

export function SoftNumber({ side, softness, why, cued, ask }: SoftProps) {
  const above = softness !== null && isLoud(softness);
  const place = side === "left" ? "L" : "R";
  const kind = [softness && !softness.has_line ? "plain" : "", cued ? "cued" : ""].filter(Boolean);
  return (
    <p class={["soft", place, above ? "above" : "below", ...kind].join(" ")} data-soft={side}>
      <Value why={softness ? null : why} ask={ask}>
        {softness === null ? UNKNOWN : written(softness)}
      </Value>
      {softness && <small>{softness.has_line ? text.unitLine : text.unitPlain}</small>}
      <br />
      <span class="num pm">
        {softness?.spread == null ? null : `±\u2009${whole(softness.spread)}`}
      </span>
      <span class="note"> {text[side]}</span>
    </p>
  );
}

function written(softness: Softness): string {
  return softness.has_line ? signed(softness.value) : whole(softness.value);
}

interface LineLabelProps {
  side: Side;
  above: boolean;
  is_target: boolean;
  cued: boolean;
}

export function LineLabel({ side, above, is_target, cued }: LineLabelProps) {
  const place = side === "left" ? "" : "R";
  return (
    <p class={`yours note ${place} ${above ? "flip" : ""} ${cued ? "cued" : ""}`}>
      {is_target ? text.yourTarget : text.yourLine}
    </p>
  );
}

interface BalanceProps {
  value: number | null;
  why: string | null;
  ask: Ask;
}

export function Balance({ value, why, ask }: BalanceProps) {
  const [left, right] = shares(value);
  const turn = { transform: `rotate(${tilt(value ?? 50).toFixed(2)}deg)` };
  return (
    <section class="bal" aria-label={text.balance}>
      <Value why={why} ask={ask}>
        {left}
      </Value>
      <svg
        class={value === null ? "beam empty" : "beam"}
        viewBox="-190 -40 380 80"
        aria-hidden="true"
      >
        <path class="tilt" style={turn} d="M-190 0H190M-190 -13V13M190 -13V13" />
        <path class="fulcrum" d="M0 5L15 34H-15Z" />
      </svg>
      <Value why={why} ask={ask}>
        {right}
      </Value>
    </section>
  );
}

interface CornerProps {
  place: "left" | "right";
  corner: Corner;
  reading: Reading;
  ask: Ask;
}

/** A number that this tablet has chosen. */
export function CornerNumber({ place, corner, reading, ask }: CornerProps) {
  const { text: written, label, why } = reading;
  return (
    <p class={`corner ${place === "left" ? "L" : "R"}`} data-corner={corner}>
      <Value why={why} ask={ask}>
        {written}
      </Value>
      <span class="note">{label}</span>
    </p>
  );
}
