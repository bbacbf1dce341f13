"""A picture of a recording: its force, with contacts, sides and peaks. Imports matplotlib."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from softshoe.events import Side, Step
from softshoe.export.replace import replacing
from softshoe.export.trace import Trace

_SIDE_COLOURS: dict[Side, str] = {"left": "#2a7f9e", "right": "#c46a00", "unknown": "#9a9a9a"}
_ROW_S = 5.0
_MOST_ROWS = 12


def write_plot(
    traces: Sequence[Trace], steps: Sequence[Step], body_weight_n: float | None, path: Path
) -> None:
    """Draw rows of five seconds (longer ones when there would be more than twelve) as a PNG."""
    start_s, end_s = float(traces[0].t_s[0]), float(traces[0].t_s[-1])
    row_s = max(_ROW_S, (end_s - start_s) / _MOST_ROWS)
    edges = np.arange(start_s, max(end_s, start_s + row_s), row_s)
    figure = Figure(figsize=(14, 1 + 2 * len(edges)), layout="constrained")
    FigureCanvasAgg(figure)
    for axes, left_s in zip(
        np.ravel(figure.subplots(len(edges), squeeze=False)), edges, strict=True
    ):
        _draw_traces(axes, traces, left_s, left_s + row_s)
        _draw_steps(axes, steps, body_weight_n, left_s, left_s + row_s)
        axes.set_xlim(left_s, left_s + row_s)
    _draw_legend(figure, traces)
    with replacing(path) as draft:
        figure.savefig(draft, format="png", dpi=100)


def _draw_traces(axes: Axes, traces: Sequence[Trace], from_s: float, to_s: float) -> None:
    for trace in traces:
        shown = (trace.t_s >= from_s) & (trace.t_s <= to_s)
        colour = _SIDE_COLOURS[trace.side] if trace.side else "#222222"
        axes.plot(trace.t_s[shown], trace.force[shown], color=colour, linewidth=0.9)


def _draw_steps(
    axes: Axes, steps: Sequence[Step], body_weight_n: float | None, from_s: float, to_s: float
) -> None:
    for step in steps:
        end_s = step.t_s + (step.contact_ms or 0) / 1000
        if step.t_s >= to_s or end_s <= from_s:
            continue
        colour = _SIDE_COLOURS[step.side or "unknown"]
        axes.axvspan(step.t_s, end_s, color=colour, alpha=0.18, lw=0)
        if body_weight_n is not None:
            _draw_impact_peak(axes, step, body_weight_n)
            _draw_active_peak(axes, step, body_weight_n)


def _draw_impact_peak(axes: Axes, step: Step, body_weight_n: float) -> None:
    if step.impact_peak_bw is not None and step.impact_time_ms is not None:
        peak_s = step.t_s + step.impact_time_ms / 1000
        axes.plot(peak_s, step.impact_peak_bw * body_weight_n, "v", color="#b00020", ms=5)


def _draw_active_peak(axes: Axes, step: Step, body_weight_n: float) -> None:
    if step.active_peak_bw is not None and step.active_time_pct is not None and step.contact_ms:
        peak_s = step.t_s + step.contact_ms / 1000 * step.active_time_pct / 100
        axes.plot(peak_s, step.active_peak_bw * body_weight_n, "^", color="#222222", ms=5)


def _draw_legend(figure: Figure, traces: Sequence[Trace]) -> None:
    handles = [Patch(color=colour, alpha=0.4, label=side) for side, colour in _SIDE_COLOURS.items()]
    figure.legend(handles=handles, loc="outside upper right", ncols=3, frameon=False)
    figure.supylabel(traces[0].label)
    figure.supxlabel("seconds of the recording   (▼ impact peak, ▲ active peak)")
