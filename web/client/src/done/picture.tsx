// The run at a glance: softness, cadence and balance over time; the focus minutes are shaded.
import type { Window } from "../messages";
import type { Lines } from "../runs/lines";
import { lastKnown } from "../runs/smoothing";
import { text } from "../strings";
import { areaAbove, type Band, BOTTOM, band, pathOf, RIGHT, shades, TOP, ticks, x } from "./course";

interface PictureProps {
  lines: Lines;
  windows: Window[];
  /** The runner's own line, BW/s. */
  line: number | null;
}

export function Picture({ lines, windows, line }: PictureProps) {
  const { minutes, softness, cadence, balance } = lines;
  const feet = softness.map((foot) => foot.values);
  const soft = band(feet, 112, 58, 8, line ?? undefined);
  return (
    <svg class="line-up" viewBox="0 0 912 356" role="img" aria-label={text.after.picture}>
      <Shades minutes={minutes} windows={windows} />
      <text x="0" y="46">
        {text.after.softness}
      </text>
      {line !== null && <OwnLine minutes={minutes} softness={softness} soft={soft} />}
      {softness.map(({ name, values, dotted }) => (
        <path
          key={name}
          class={dotted ? "curve dotted" : "curve"}
          d={pathOf(minutes, values, soft)}
        />
      ))}
      <Ends softness={softness} soft={soft} line={line} />
      <One name={text.after.cadence} curve={cadence} minutes={minutes} middle={216} least={6} />
      <One
        name={text.balance}
        curve={balance}
        minutes={minutes}
        middle={290}
        least={3}
        level={50}
      />
      <path class="hair" d={`M0 ${BOTTOM}H${RIGHT}`} />
      {ticks(minutes).map((minute) => (
        <text
          key={minute}
          x={x(minutes, minute)}
          y="346"
          text-anchor={minute === 0 ? "start" : "middle"}
        >
          {minute === 0 ? `0 ${text.after.minute}` : minute}
        </text>
      ))}
    </svg>
  );
}

function Shades({ minutes, windows }: { minutes: number[]; windows: Window[] }) {
  return (
    <>
      {shades(minutes, windows).map((shade) => (
        <g key={shade.x}>
          <rect class="shade" {...shade} y={TOP} height={BOTTOM - TOP} />
          <text x={shade.x + shade.width / 2} y="12" text-anchor="middle">
            {text.after.focus}
          </text>
        </g>
      ))}
    </>
  );
}

interface OwnLineProps {
  minutes: number[];
  softness: Lines["softness"];
  soft: Band;
}

function OwnLine({ minutes, softness, soft }: OwnLineProps) {
  return (
    <>
      {softness.map(({ name, values }) => (
        <path key={name} class="loud-area" d={areaAbove(minutes, values, soft)} />
      ))}
      <path class="line" d={`M0 ${soft.middle}H${RIGHT}`} />
    </>
  );
}

const APART = 25;

interface EndsProps {
  softness: Lines["softness"];
  soft: Band;
  line: number | null;
}

/** Both feet are named where they end, above and below the line's own name. */
function Ends({ softness, soft, line }: EndsProps) {
  const lasts = softness.map((foot) => ({ name: foot.name, last: lastKnown(foot.values) }));
  const known = lasts.filter(({ last }) => last !== null);
  const louder = [...known].sort((a, b) => (b.last ?? 0) - (a.last ?? 0));
  return (
    <>
      {louder.map(({ name }, i) => (
        <text key={name} class="k end" x={RIGHT + 14} y={soft.middle + 7 + APART * (i ? 1 : -1)}>
          {name}
        </text>
      ))}
      {line !== null && known.length > 0 && (
        <text class="end" x={RIGHT + 14} y={soft.middle + 6}>
          {text.yourLine}
        </text>
      )}
    </>
  );
}

interface OneProps {
  name: string;
  curve: Lines["cadence"];
  minutes: number[];
  middle: number;
  least: number;
  level?: number;
}

/** A single line, named at its beginning; its last value stands at its end. */
function One({ name, curve, minutes, middle, least, level }: OneProps) {
  if (lastKnown(curve.values) === null) return null;
  const of = band([curve.values], middle, 22, least, level);
  return (
    <>
      <text x="0" y={middle - 24}>
        {name}
      </text>
      {level !== undefined && <path class="hair" d={`M0 ${middle}H${RIGHT}`} />}
      <path class="curve" d={pathOf(minutes, curve.values, of)} />
      <text class="k end" x={RIGHT + 14} y={middle + 7}>
        {curve.name}
      </text>
    </>
  );
}
