// One treadmill on the wall: the horizon with two stems, and the beam of balance.
import { tilt } from "../live/geometry";
import { isOver, type View } from "./view";
import { words } from "./words";

const LINE_Y = 40;
const UNITS_PER_PCT = 1.3;
const FLOOR_Y = 86;
const MOST_PCT = 28;

export function Tile({
  view,
  chosen,
  choose,
}: {
  view: View;
  chosen: boolean;
  choose: () => void;
}) {
  return (
    <button
      type="button"
      class={`t ${view.look} ${view.needs ? "needs" : ""} ${view.first ? "call" : ""}`}
      data-device={view.device}
      aria-pressed={chosen}
      aria-label={spoken(view)}
      onClick={choose}
    >
      <b class={view.label.length > 3 ? "long" : ""}>{view.label}</b>
      <span class="who">{view.who}</span>
      <Drawing view={view} />
      <span class="fo">
        <span>{view.text}</span>
        <span>{view.aside}</span>
      </span>
    </button>
  );
}

function Drawing({ view }: { view: View }) {
  const { look, has_line, balance_pct } = view;
  if (look === "off" || look === "free" || look === "done") return null;
  const line = look === "late" ? "line gone" : has_line ? "line" : "hair";
  return (
    <svg viewBox="0 0 148 112" aria-hidden="true">
      <path class={line} d={`M0 ${LINE_Y}H148`} />
      {look === "running" && <Stem x={46} pct={view.left} has_line={has_line} />}
      {look === "running" && <Stem x={102} pct={view.right} has_line={has_line} />}
      {look === "late" && <path class="line" d="M36 70H56M92 70H112" />}
      {balance_pct !== null && (
        <>
          <path
            class="beam-line"
            d="M-46 0H46"
            transform={`translate(74 106) rotate(${tilt(balance_pct).toFixed(1)})`}
          />
          <path class="beam-foot" d="M74 108l5 7h-10z" />
        </>
      )}
    </svg>
  );
}

function Stem({ x, pct, has_line }: { x: number; pct: number | null; has_line: boolean }) {
  if (pct === null) return <path class="line" d={`M${x - 10} 70H${x + 10}`} />;
  const top = LINE_Y - UNITS_PER_PCT * Math.min(Math.max(pct, -MOST_PCT), MOST_PCT);
  const block = has_line && isOver(pct);
  return (
    <>
      {has_line && (
        <path class="quiet" d={`M${x} ${FLOOR_Y}V${Math.max(top, LINE_Y).toFixed(1)}`} />
      )}
      {block && <path class="over" d={`M${x} ${LINE_Y}V${top.toFixed(1)}`} />}
      <path class="mean" d={`M${x - 20} ${top.toFixed(1)}H${x + 20}`} />
    </>
  );
}

function spoken(view: View): string {
  const needs = view.needs ? words.spoken.needs : "";
  return [view.device, view.who, view.text, needs].filter(Boolean).join(", ");
}
