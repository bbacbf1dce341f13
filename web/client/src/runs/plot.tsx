// One plot over the run: left solid, right dotted, each named at the end of its line.
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Window } from "../messages";
import { text } from "../strings";
import { lastKnown } from "./smoothing";

export interface Curve {
  name: string;
  values: (number | null)[];
  dotted?: boolean;
}

export interface PlotProps {
  title: string;
  minutes: number[];
  curves: Curve[];
  /** A value whose level is drawn as a hairline. */
  level?: number;
  /** The smallest height of the scale, so that noise does not look like change. */
  least: number;
  /** Stretches of the run in which a skill was minded. */
  shaded?: Window[];
}

export function Plot(props: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  // A run that is over does not change: drawn once.
  useEffect(() => {
    const place = box.current;
    if (!place) return;
    const plot = new uPlot(options(props, size(place)), columns(props), place);
    const watch = new ResizeObserver(() => plot.setSize(size(place)));
    watch.observe(place);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, []);
  const known = props.curves.some((curve) => curve.values.some((value) => value !== null));
  return (
    <figure class="plot" hidden={!known}>
      <figcaption>{props.title}</figcaption>
      <div ref={box} />
    </figure>
  );
}

const MINUTES = [1, 2, 5, 10, 15, 20, 30, 60, 120];

function columns({ minutes, curves }: PlotProps): uPlot.AlignedData {
  return [minutes, ...curves.map((curve) => curve.values)];
}

function size(place: HTMLElement): { width: number; height: number } {
  return { width: place.clientWidth, height: place.clientHeight };
}

function options(
  props: PlotProps,
  { width, height }: { width: number; height: number },
): uPlot.Options {
  const style = getComputedStyle(document.body);
  const [ink, label, rule, well] = ["--ink", "--ink-2", "--rule", "--well"].map((name) =>
    style.getPropertyValue(name),
  );
  const font = `${Math.max(13, Math.min(18, width / 60))}px ${style.fontFamily}`;
  const axis = { stroke: label ?? "", font, ticks: { show: false }, grid: { show: false } };
  return {
    width,
    height,
    padding: [8, 84, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: (_, low, high) => range(low, high, props) } },
    axes: [
      {
        ...axis,
        incrs: MINUTES,
        values: (_, splits) => splits.map((split, i) => minutesLabel(split, i)),
      },
      { ...axis, size: 56, splits: (_u, _i, low, high) => levels(low, high, props.level) },
    ],
    series: [
      {},
      ...props.curves.map((curve) => ({
        stroke: ink ?? "",
        width: 2.5,
        points: { show: false },
        ...(curve.dotted ? { dash: [2, 5] } : {}),
      })),
    ],
    hooks: {
      drawClear: [
        (plot) => shade(plot, props.shaded ?? [], well ?? ""),
        (plot) => drawLevel(plot, props.level, rule ?? ""),
      ],
      draw: [(plot) => nameEnds(plot, props, ink ?? "", font)],
    },
  };
}

/** Room above and below; an absurd scale (no value at all) never reaches the drawing. */
function range(
  low: number | null,
  high: number | null,
  { least, level }: PlotProps,
): uPlot.Range.MinMax {
  const bottom = Math.min(low ?? 0, level ?? Number.POSITIVE_INFINITY);
  const top = Math.max(high ?? 1, level ?? Number.NEGATIVE_INFINITY);
  const half = Math.max((top - bottom) * 0.6, least / 2);
  const middle = (top + bottom) / 2;
  return [middle - half, middle + half];
}

function levels(low: number, high: number, level: number | undefined): number[] {
  if (level !== undefined) return [level];
  const middle = (low + high) / 2;
  const part = (high - low) / 3;
  return [Math.round(middle - part), Math.round(middle + part)];
}

function minutesLabel(minutes: number, i: number): string {
  return i === 0 ? `${minutes} ${text.plots.minutes}` : `${minutes}`;
}

function shade(plot: uPlot, windows: Window[], colour: string): void {
  const { left, top, width, height } = plot.bbox;
  const within = (seconds: number) =>
    Math.min(Math.max(plot.valToPos(seconds / 60, "x", true), left), left + width);
  plot.ctx.fillStyle = colour;
  for (const { from_s, to_s } of windows) {
    const x = within(from_s);
    plot.ctx.fillRect(x, top, within(to_s) - x, height);
  }
}

function drawLevel(plot: uPlot, level: number | undefined, colour: string): void {
  if (level === undefined) return;
  const y = Math.round(plot.valToPos(level, "y", true));
  plot.ctx.fillStyle = colour;
  plot.ctx.fillRect(plot.bbox.left, y, plot.bbox.width, 2);
}

function nameEnds(plot: uPlot, { curves, minutes }: PlotProps, colour: string, font: string): void {
  const ratio = devicePixelRatio;
  const { ctx } = plot;
  ctx.save();
  ctx.font = font.replace(/^[\d.]+/, (px) => `${Number(px) * ratio}`);
  ctx.fillStyle = colour;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const x = plot.valToPos(minutes.at(-1) ?? 0, "x", true) + 10 * ratio;
  for (const { name, y } of apart(ends(plot, curves), 20 * ratio)) ctx.fillText(name, x, y);
  ctx.restore();
}

interface End {
  name: string;
  y: number;
}

function ends(plot: uPlot, curves: Curve[]): End[] {
  return curves.flatMap(({ name, values }) => {
    const last = lastKnown(values);
    return last === null ? [] : [{ name, y: plot.valToPos(last, "y", true) }];
  });
}

/** Two names never lie on each other. */
function apart(names: End[], gap: number): End[] {
  const sorted = [...names].sort((a, b) => a.y - b.y);
  const [first, second] = sorted;
  if (!first || !second || second.y - first.y >= gap) return sorted;
  const middle = (first.y + second.y) / 2;
  return [
    { ...first, y: middle - gap / 2 },
    { ...second, y: middle + gap / 2 },
  ];
}
