// One foot: where this footfall landed, how the load rolled on, and the ten before it.
import { SOLE } from "../mark";
import type { Side } from "../messages";
import { place, rollPath } from "./geometry";
import { type Foot, type Hardness, hardness, type Landing } from "./trail";

const OLDEST_OPACITY = 0.28;

export interface SoleProps {
  side: Side;
  foot: Foot;
  line: number | null;
  method: "peak" | "stance13" | null;
  look: "whole" | "lost" | "held" | "off";
}

export function Sole({ side, foot, line, method, look }: SoleProps) {
  const mirror = side === "left" ? "translate(-163 -212)" : "translate(163 -212) scale(-1 1)";
  const marks = look === "whole" ? foot.landings.filter((landing) => landing.x_pct !== null) : [];
  const now = marks.at(-1);
  const before = marks.slice(0, -1);
  const fan = before.map(rollPath).join("");
  return (
    <g transform={mirror} data-foot={side}>
      <path class={`sole ${look}`} d={SOLE} />
      {fan && <path class="fan" d={fan} />}
      {now && <path class="roll" d={rollPath(now)} />}
      {before.map((landing, i) => (
        <Dot
          key={landing.t_s}
          landing={landing}
          look={LOOK[hardness(landing, line, method)]}
          opacity={fade(i, before.length)}
        />
      ))}
      {now && (
        <Dot
          key={`now ${now.t_s}`}
          landing={now}
          look={LOOK[hardness(now, line, method)]}
          current
        />
      )}
      {!now && (look === "whole" || look === "lost") && <path class="dash" d="M45 212H105" />}
    </g>
  );
}

type Look = "ring" | "disc" | "plain";

/** Soft is an open ring, hard a filled disc; what is neither is a plain ring. */
const LOOK: Record<Hardness, Look> = { soft: "ring", hard: "disc", unknown: "plain" };

interface DotProps {
  landing: Landing;
  look: Look;
  opacity?: number;
  current?: boolean;
}

function Dot({ landing, look, opacity = 1, current = false }: DotProps) {
  const [x, y] = place(landing.x_pct ?? 0, landing.y_mm);
  const radius = look === "disc" ? (current ? 26 : 7.5) : current ? 15 : 6;
  return (
    <circle
      class={`${look}${current ? " now" : ""}`}
      cx={x.toFixed(1)}
      cy={y.toFixed(1)}
      r={radius}
      opacity={opacity}
    />
  );
}

function fade(i: number, count: number): number {
  return OLDEST_OPACITY ** ((count - 1 - i) / 9);
}
