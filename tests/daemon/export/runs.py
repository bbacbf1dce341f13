"""Whole runs made by hand: steps that vary, a pause, a lap, and the session they add up to."""

import math
import threading
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from tests.daemon.examples import CONVENTIONS, HandClock, publish

from softshoe.coaching import FocusResult, Practised, Window
from softshoe.events import Session, Step
from softshoe.export.spans import Span
from softshoe.hub import Hub
from softshoe.means import asymmetry
from softshoe.store.writer import StoreWriter
from softshoe.totals import Totals

PAUSE_AFTER, PAUSE_S = 300, 20.0
LAP_S = 60.0
WINDOWS = (
    Span(180.0, 240.0, "land softly"),
    Span(400.0, 460.0, "land close"),
    Span(640.0, 700.0, "push back"),
)


def steps_of(count: int, session: str = "s1", **changes: object) -> list[Step]:
    """A run with a pause after 300 steps; odd steps are left, which is longer on the ground."""
    return [replace(_step(number, session), **changes) for number in range(1, count + 1)]


def _step(number: int, session: str) -> Step:
    left = number % 2 == 1
    wave = math.sin(number / 25)
    step_ms = 360.0 + 4 * wave
    return Step(
        moment="final",
        session=session,
        step=number,
        t_s=0.36 * (number - 1) + (PAUSE_S if number > PAUSE_AFTER else 0.0),
        side="left" if left else "right",
        contact_ms=(246.0 if left else 238.0) + 3 * wave,
        flight_ms=None if number == PAUSE_AFTER else 118.0,
        step_ms=None if number == PAUSE_AFTER else step_ms,
        cadence_spm=None if number == PAUSE_AFTER else 60_000 / step_ms,
        duty_factor=0.34,
        impact_method="peak",
        impact_peak_bw=1.5 + 0.1 * wave,
        impact13_bw=1.4,
        valr_bw_s=(58.0 if left else 63.0) + 5 * wave,
        valr13_bw_s=55.0,
        vilr_bw_s=70.0 + wave,
        active_peak_bw=2.5,
        reach_ahead_mm=220.0 + wave,
        reach_behind_mm=300.0,
        step_length_mm=1008.0,
        vertical_oscillation_mm=81.0 + wave,
        cop_path=((31.25, -4.5), (60.0, 0.125)),
        belt_m_s=2.8,
        place_quality="low",
        quality_reasons=("belt speed stated",),
    )


def session_of(steps: Sequence[Step], /, **changes: object) -> Session:
    """The session that such steps are of, as the daemon adds it up."""
    totals = Totals(3.0)
    for step in steps:
        totals.add(step)
    method = totals.vote.result
    left, right = (side.means(method) for side in totals.sides.values())
    values: dict[str, object] = {
        "session": steps[0].session,
        "device": "treadmill",
        "rig": "deck4",
        "state": "closed",
        "started_at": "2026-03-01T09:00:00.250Z",
        "started_monotonic_s": 4000.0,
        "conventions": replace(CONVENTIONS, impact_method=method, calibrations=("deck-7",)),
        "duration_s": totals.duration_s,
        "running_s": totals.running_s,
        "distance_m": totals.distance_m,
        "steps": totals.steps,
        "rejected": {"short": 2},
        "all": totals.all.means(method),
        "left": left,
        "right": right,
        "asymmetry": asymmetry(left, right),
        "laps_s": (LAP_S,),
    }
    return Session(**{**values, **changes})  # type: ignore[arg-type]


def practised_in(session: str) -> Practised:
    """A run with two windows of landing softly."""
    result = FocusResult(
        skill="soft",
        focus_run=1,
        planned_min=2,
        focus_s=16.0,
        counted_s=16.0,
        on_target_s=8.0,
        cues=1,
    )
    windows = (Window(4.0, 12.0), Window(20.0, 28.0))
    return Practised(session=session, runner="guest", result=result, windows=windows)


def stored(
    path: Path, *runs: tuple[Session, Sequence[Step]], practised: Sequence[Practised] = ()
) -> None:
    """Write runs to a database, as the daemon does."""
    hub, stop = Hub(), threading.Event()
    writer = StoreWriter(path, hub, HandClock())
    stop.set()
    try:
        for session, steps in runs:
            for first in range(0, len(steps), 1_000):
                publish(hub, *steps[first : first + 1_000])
                writer.run(stop)
            publish(hub, session)
            writer.run(stop)
        publish(hub, *practised)
        writer.run(stop)
    finally:
        writer.close()
