// The live instrument: dial, four corners, and the place of the cue, which is free for now.
import { useState } from "preact/hooks";
import type { LiveState, Side } from "../messages";
import { text } from "../strings";
import { Dial } from "./dial";
import { isLost, type Mode, type Model } from "./model";
import { type Ask, Balance, Cadence, LineLabel, SoftNumber, Time } from "./numbers";
import { whyNoBalance, whyNoCadence, whyNoPlace, whyNoSoftness } from "./reasons";
import { isLoud, softness } from "./softness";

const SIDES = ["left", "right"] as const;

export function Instrument({ model, mode }: { model: Model; mode: Mode }) {
  const [reason, setReason] = useState<string | null>(null);
  const ask: Ask = (why) => setReason(why === reason ? null : why);
  const running = mode === "running";
  const state = running ? model.state : null;
  const noBalance = running ? whyNoBalance(model) : null;
  const noCadence = running ? whyNoCadence(model) : null;
  return (
    <>
      <Dial model={model} mode={mode} />
      {running && SIDES.map((side) => <WhyFoot key={side} side={side} model={model} ask={ask} />)}
      {SIDES.map((side) => (
        <SoftSide key={side} side={side} model={model} state={state} ask={ask} />
      ))}
      <Balance value={noBalance ? null : (state?.balance_pct ?? null)} why={noBalance} ask={ask} />
      <Cadence value={state?.cadence_spm ?? null} why={noCadence} ask={ask} />
      <Time seconds={mode === "not live" ? null : (model.state?.running_s ?? null)} />
      <p class="why" role="status" hidden={!running || reason === null}>
        {running && reason}
      </p>
      {mode === "done" && model.state?.session && <SeeRun session={model.state.session} />}
    </>
  );
}

interface SideProps {
  side: Side;
  model: Model;
  ask: Ask;
}

function SoftSide({ side, model, state, ask }: SideProps & { state: LiveState | null }) {
  const reading = state && !isLost(model, side) ? softness(state, side) : null;
  return (
    <>
      <SoftNumber
        side={side}
        softness={reading}
        why={state && whyNoSoftness(model, side)}
        ask={ask}
      />
      {model.state?.line_valr_bw_s && (
        <LineLabel side={side} above={reading !== null && isLoud(reading)} />
      )}
    </>
  );
}

/** The whole foot is the button that says why nothing is drawn on it. */
function WhyFoot({ side, model, ask }: SideProps) {
  const why = whyNoPlace(model, side);
  if (why === null) return null;
  return (
    <button
      type="button"
      class={`bare foot-why ${side === "left" ? "L" : "R"}`}
      aria-label={`${text[side]}: ${text.why}`}
      onClick={() => ask(why)}
    />
  );
}

function SeeRun({ session }: { session: string }) {
  if (!document.body.dataset.history) return null;
  return (
    <a class="btn see" href={`/runs/${encodeURIComponent(session)}`}>
      {text.seeRun}
    </a>
  );
}
