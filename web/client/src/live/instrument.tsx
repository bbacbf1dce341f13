// The live instrument: dial, four corners, the skill in focus and its cue.
import type { LiveState, Side } from "../messages";
import { text } from "../strings";
import type { Settings } from "../tablet/settings";
import { reading } from "./corners";
import { CueSlab, Skill, TimeLeft } from "./cue";
import { Dial } from "./dial";
import { lineOf } from "./line";
import { isLost, type Model } from "./model";
import { cueNow, type Moment } from "./moment";
import { type Ask, Balance, CornerNumber, LineLabel, SoftNumber } from "./numbers";
import { whyNoBalance, whyNoPlace, whyNoSoftness } from "./reasons";
import { isLoud, softness } from "./softness";

const SIDES = ["left", "right"] as const;

interface InstrumentProps {
  model: Model;
  moment: Moment;
  settings: Settings;
  ask: Ask;
}

export function Instrument({ model, moment, settings, ask }: InstrumentProps) {
  const { mode } = moment;
  const running = mode === "running";
  const state = running ? model.state : null;
  const noBalance = running ? whyNoBalance(model) : null;
  return (
    <>
      <Skill focus={model.focus} mode={mode} />
      <CueSlab cue={cueNow(model, moment)} phase={moment.cue} />
      <Dial model={model} moment={moment} />
      {running && SIDES.map((side) => <WhyFoot key={side} side={side} model={model} ask={ask} />)}
      <TimeLeft focus={model.focus} mode={mode} />
      {SIDES.map((side) => (
        <SoftSide
          key={side}
          side={side}
          model={model}
          state={state}
          cued={moment.cue !== "gone"}
          ask={ask}
        />
      ))}
      <Balance value={noBalance ? null : (state?.balance_pct ?? null)} why={noBalance} ask={ask} />
      {SIDES.map((side) => (
        <CornerNumber
          key={side}
          place={side}
          corner={settings[side]}
          reading={reading(settings[side], model.state, mode, settings.units)}
          ask={ask}
        />
      ))}
    </>
  );
}

interface SideProps {
  side: Side;
  model: Model;
  ask: Ask;
}

interface SoftSideProps extends SideProps {
  state: LiveState | null;
  cued: boolean;
}

function SoftSide({ side, model, state, cued, ask }: SoftSideProps) {
  const line = lineOf(model);
  const measured = state !== null && !isLost(model, side);
  const why = state && whyNoSoftness(model, side);
  const soft = measured ? softness(state, side, line?.valr_bw_s ?? null) : null;
  return (
    <>
      <SoftNumber side={side} softness={soft} why={why} cued={cued} ask={ask} />
      {line && (
        <LineLabel
          side={side}
          above={soft !== null && isLoud(soft)}
          is_target={line.is_target}
          cued={cued}
        />
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
