"""A run on one page of HTML, for the screen and for paper: no script, nothing from elsewhere."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from msgspec import Struct

from softshoe.events import ImpactMethod, Session, Step
from softshoe.export.course import Course
from softshoe.export.report_plot import WIDTH, Curve, Panel, draw
from softshoe.export.report_words import (
    balance_text,
    conventions_in_words,
    means_rows,
    notes,
    number,
    rig_in_words,
    span_of_time,
    when,
)
from softshoe.export.spans import Span
from softshoe.export.summary import QualityCount

_TICK_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 240, 600, 1440)
_MOST_TICKS = 6


class Shade(Struct, frozen=True):
    """A focus window over the panels, in their own width."""

    x: float
    width: float
    name: str


def report_page(session: Session, steps: Iterable[Step], windows: Sequence[Span] = ()) -> str:
    """The page. ``steps`` come in order and are not kept; ``windows`` are shaded."""
    course, count = Course(session.duration_s), QualityCount()
    for step in count.counted(steps):
        course.add(step)
    return _template().render(
        session=session,
        when=when(session),
        rig=rig_in_words(session.rig),
        heroes=tuple(_heroes(session)),
        panels=tuple(_panels(course, session.conventions.impact_method)),
        shades=tuple(_shades(session, windows)),
        laps=tuple(_x(lap_s, session) for lap_s in session.laps_s if lap_s < session.duration_s),
        ticks=tuple(_ticks(session)),
        rows=tuple(means_rows(session)),
        conventions=tuple(conventions_in_words(session)),
        notes=tuple(notes(session, count)),
    )


@cache
def _template() -> Template:
    loader = PackageLoader("softshoe.export", "")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number
    return environment.get_template("report.html")


def _heroes(session: Session) -> Iterator[tuple[str, str, str]]:
    """The few numbers that come first: what, how much, in what."""
    yield "time", span_of_time(session.running_s), ""
    if session.distance_m is not None:
        yield "distance", number(session.distance_m / 1000, 2), "km"
    yield "cadence", number(session.all.cadence_spm), "steps/min"
    if session.all.valr_bw_s is not None:
        yield "softness", number(session.all.valr_bw_s, 1), "BW/s"
    for each in session.asymmetry:
        if each.metric == "contact_ms":
            yield "left / right, contact", balance_text(each.balance_pct), ""


def _panels(course: Course, method: ImpactMethod | None) -> Iterator[Panel]:
    parts = course.stretches
    sided = any(side.n for part in parts for side in part.sides.values())
    sides = ("left", "right") if sided else ("all",)
    valr = [Curve(side, [part.valr_bw_s(side, method) for part in parts]) for side in sides]
    cadence = [Curve("all", [part.cadence_spm for part in parts])]
    balance = [Curve("all", [part.balance_pct for part in parts])]
    line = course.line_valr_bw_s(method)
    drawn = (
        draw("soft", "softness", "VALR, BW/s", valr, least_span=10, line=line),
        draw("cadence", "cadence", "steps/min", cadence, least_span=8),
        draw("balance", "balance", "left share of contact, %", balance, least_span=2, digits=1),
    )
    return (panel for panel in drawn if panel)


def _shades(session: Session, windows: Sequence[Span]) -> Iterator[Shade]:
    for window in windows:
        from_s, to_s = max(0.0, window.from_s), min(window.to_s, session.duration_s)
        if from_s < to_s:
            x = _x(from_s, session)
            yield Shade(x, _x(to_s, session) - x, window.name)


def _x(moment_s: float, session: Session) -> float:
    return round(WIDTH * moment_s / (session.duration_s or 1.0), 1)


def _ticks(session: Session) -> Iterator[tuple[float, str]]:
    """Where on the axis which minute stands."""
    minutes = session.duration_s / 60
    apart = next((m for m in _TICK_MINUTES if minutes / m <= _MOST_TICKS), _TICK_MINUTES[-1])
    for minute in range(0, int(minutes) + 1, apart):
        yield (_x(minute * 60, session), str(minute)) if minute else (0.0, "0 min")
