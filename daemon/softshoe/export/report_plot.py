"""Curves of a run as paths of SVG: x from 0 to 1000 is the run, y from 0 to 100 the panel."""

import math
from collections.abc import Sequence

from msgspec import Struct

WIDTH, HEIGHT = 1000.0, 100.0
_MARGIN = 0.08
_GRID = 4
_LABELS_APART = 15.0

Value = float | None


class Curve(Struct, frozen=True):
    """``values`` are of stretches of equal length; None is a gap."""

    kind: str
    values: Sequence[Value]


class Drawn(Struct, frozen=True):
    """A curve's path, what of it lies above the line, and where its name stands."""

    kind: str
    path: str
    above: str
    label_y: float
    last: float


class Panel(Struct, frozen=True, kw_only=True):
    """One set of axes. ``grid`` has the height and the text of each line; ``line_y`` is the
    height of the runner's own line."""

    kind: str
    title: str
    unit: str
    digits: int
    curves: tuple[Drawn, ...]
    grid: tuple[tuple[float, str], ...]
    line_y: float | None


def draw(
    kind: str,
    title: str,
    unit: str,
    curves: Sequence[Curve],
    *,
    least_span: float,
    digits: int = 0,
    line: float | None = None,
) -> Panel | None:
    """The panel, or None when nothing of it is known. It spans at least ``least_span``."""
    known = [value for curve in curves for value in curve.values if value is not None]
    if not known:
        return None
    low, high = _limits([*known, *([] if line is None else [line])], least_span)
    drawn = [
        _drawn(curve, low, high, line)
        for curve in curves
        if any(value is not None for value in curve.values)
    ]
    return Panel(
        kind=kind,
        title=title,
        unit=unit,
        digits=digits,
        curves=_names_apart(drawn),
        grid=tuple((_y(value, low, high), f"{value:g}") for value in _ticks(low, high)),
        line_y=None if line is None else _y(line, low, high),
    )


def _limits(values: Sequence[float], least_span: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    middle, half = (low + high) / 2, max(high - low, least_span) / 2 * (1 + 2 * _MARGIN)
    return middle - half, middle + half


def _ticks(low: float, high: float) -> tuple[float, ...]:
    """At most four round values between the limits."""
    rough = (high - low) / _GRID
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * each for each in (1, 2, 5, 10) if size * each >= rough)
    first = math.ceil(low / step)
    return tuple(number * step for number in range(first, math.floor(high / step) + 1))


def _y(value: float, low: float, high: float) -> float:
    return round(HEIGHT * (high - value) / (high - low), 1)


def _drawn(curve: Curve, low: float, high: float, line: float | None) -> Drawn:
    width = WIDTH / len(curve.values)
    points = [
        None if value is None else (round((place + 0.5) * width, 1), _y(value, low, high))
        for place, value in enumerate(curve.values)
    ]
    last = next(value for value in reversed(curve.values) if value is not None)
    above = "" if line is None else _above(points, _y(line, low, high))
    return Drawn(curve.kind, _path(points), above, _y(last, low, high), last)


def _runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The points between gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is not None:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """A point alone is a short stroke, or nobody would see it."""
    return "".join(
        f"M{_joined(run)}" if len(run) > 1 else f"M{_joined(run)}h2" for run in _runs(points)
    )


def _above(points: Sequence[tuple[float, float] | None], line_y: float) -> str:
    """The area between the curve and the line below it."""
    areas = []
    for run in _runs(points):
        cut = [(x, min(y, line_y)) for x, y in run]
        if any(y < line_y for _, y in cut):
            areas.append(f"M{_joined([(run[0][0], line_y), *cut, (run[-1][0], line_y)])}Z")
    return "".join(areas)


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{x:g} {y:g}" for x, y in points)


def _names_apart(curves: Sequence[Drawn]) -> tuple[Drawn, ...]:
    """Two names at the ends of their curves must not cover each other."""
    if len(curves) != 2:
        return tuple(curves)
    upper, lower = sorted(curves, key=lambda curve: curve.label_y)
    push = max(0.0, _LABELS_APART - (lower.label_y - upper.label_y)) / 2
    moved = {upper.kind: upper.label_y - push, lower.kind: lower.label_y + push}
    return tuple(
        Drawn(curve.kind, curve.path, curve.above, moved[curve.kind], curve.last)
        for curve in curves
    )
