// The round instrument: soles in the middle, the minute around them, a softness arc on each flank.
import type { Side } from "../messages";
import { text } from "../strings";
import { Gauge } from "./gauge";
import { lineOf } from "./line";
import { isLost, type Mode, type Model } from "./model";
import { focusShown, type Moment, rakesShown, ringLook } from "./moment";
import { Rakes } from "./rakes";
import { Ring } from "./ring";
import { isLoud, type Softness, softness } from "./softness";
import { Sole, type SoleProps } from "./sole";

const SIDES = ["left", "right"] as const;

export function Dial({ model, moment }: { model: Model; moment: Moment }) {
  const { mode } = moment;
  const words = { "not live": text.notLive, paused: text.paused };
  const word = mode in words ? words[mode as keyof typeof words] : null;
  const focus = focusShown(model.focus, mode);
  return (
    <svg class="dial" viewBox="-372 -300 744 620" role="img" aria-label={spoken(model, mode)}>
      <Rakes count={rakesShown(model, moment)} />
      {focus && <Ring seconds={focus.minute} look={ringLook(model, mode)} />}
      {SIDES.map((side) => (
        <Flank key={side} side={side} model={model} mode={mode} />
      ))}
      {word && <rect class="veil" x="-235" y="-46" width="470" height="96" />}
      {word && (
        <text class="word" x="0" y="22" text-anchor="middle">
          {word}
        </text>
      )}
    </svg>
  );
}

function Flank({ side, model, mode }: { side: Side; model: Model; mode: Mode }) {
  const { state, feet } = model;
  const running = mode === "running";
  const lost = isLost(model, side);
  const line = lineOf(model)?.valr_bw_s ?? null;
  const reading = running && !lost && state ? softness(state, side, line) : null;
  return (
    <>
      <Horizon side={side} shown={line !== null} dashed={mode === "not live" || lost} />
      <Gauge side={side} softness={reading} />
      <Sole
        side={side}
        foot={feet[side]}
        line={line}
        method={state?.impact_method ?? null}
        look={lookOf(mode, lost)}
      />
    </>
  );
}

function Horizon({ side, shown, dashed }: { side: Side; shown: boolean; dashed: boolean }) {
  if (!shown) return null;
  const d = side === "left" ? "M-292 0H-600" : "M292 0H600";
  return <path class={dashed ? "line gone" : "line"} d={d} />;
}

function lookOf(mode: Mode, lost: boolean): SoleProps["look"] {
  if (mode === "not live") return "off";
  if (mode !== "running") return "held";
  return lost ? "lost" : "whole";
}

function spoken(model: Model, mode: Mode): string {
  if (mode !== "running") return mode;
  return SIDES.map((side) => text.dial.side(text[side], spokenFoot(model, side))).join(", ");
}

function spokenFoot(model: Model, side: Side): string {
  if (isLost(model, side)) return text.dial.lost;
  const line = lineOf(model);
  const reading = model.state && softness(model.state, side, line?.valr_bw_s ?? null);
  return reading ? spokenSoftness(reading, line?.is_target === true) : text.dial.unknown;
}

function spokenSoftness(reading: Softness, is_target: boolean): string {
  if (!reading.has_line) return text.dial.plain(Math.round(reading.value));
  const pct = Math.abs(Math.round(reading.pct));
  const line = is_target ? text.yourTarget : text.yourLine;
  return isLoud(reading) ? text.dial.above(pct, line) : text.dial.below(pct, line);
}
