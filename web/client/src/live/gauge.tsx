// A softness arc on the dial's flank: thin below the runner's line, a block above it.
import type { Side } from "../messages";
import { arc, dashes, degrees, SPAN_PCT } from "./geometry";
import { isLoud, type Softness } from "./softness";

export function Gauge({ side, softness }: { side: Side; softness: Softness | null }) {
  return (
    <g class="gauge" fill="none" data-gauge={side}>
      <path class="hair" d={arc(322, side)} />
      {softness && <Reading side={side} softness={softness} />}
    </g>
  );
}

function Reading({ side, softness }: { side: Side; softness: Softness }) {
  const { pct, spread_pct, has_line } = softness;
  const sign = side === "left" ? 1 : -1;
  const turn = `rotate(${(sign * degrees(pct)).toFixed(2)}deg)`;
  return (
    <>
      {has_line && (
        <Arc kind="quiet" width={16} side={side} from={-SPAN_PCT} to={Math.min(pct, 0)} />
      )}
      {isLoud(softness) && <Arc kind="over" width={52} side={side} from={0} to={pct} />}
      <Arc kind="band" width={5} side={side} from={pct - spread_pct} to={pct + spread_pct} />
      <path
        class="mean"
        d={side === "left" ? "M-296 0H-374" : "M296 0H374"}
        style={{ transform: turn }}
      />
    </>
  );
}

interface ArcProps {
  kind: "quiet" | "over" | "band";
  width: number;
  side: Side;
  from: number;
  to: number;
}

function Arc({ kind, width, side, from, to }: ArcProps) {
  return (
    <path
      class={kind}
      pathLength={2 * SPAN_PCT}
      d={arc(kind === "band" ? 364 : 322, side)}
      stroke-width={width}
      stroke-dasharray={dashes(from, to)}
    />
  );
}
