"""A runner made by hand: the gait events of a run, in numbers that are easy to add up."""

from collections.abc import Iterator
from itertools import count

from softshoe.events import Conventions, GaitEvent, Step, Tick
from softshoe.session import Sessions
from softshoe.settings import SessionSettings

STEP_S = 0.375
CONVENTIONS = Conventions(
    threshold_n=50.0,
    cutoff_hz=50.0,
    rate_hz=1000.0,
    impact_method=None,
    body_weight_n=700.0,
    body_weight_source="strides",
)


def final(number: int, t_s: float, **changes: object) -> Step:
    left = number % 2 == 1
    values = {
        "moment": "final",
        "side": "left" if left else "right",
        "contact_ms": 260.0 if left else 240.0,
        "flight_ms": 125.0,
        "step_ms": 1000 * STEP_S,
        "impact_method": "peak",
        "impact_peak_bw": 1.5,
        "valr_bw_s": 66.0 if left else 54.0,
        "vilr_bw_s": 80.0,
        "impact13_bw": 1.25,
        "valr13_bw_s": 44.0 if left else 36.0,
        "reach_ahead_mm": 200.0,
        "reach_behind_mm": 300.0,
        "belt_m_s": 3.0,
    } | changes
    return Step(step=number, t_s=t_s, **values)  # type: ignore[arg-type]


def running(first_s: float, steps: int, number: int = 1, **changes: object) -> Iterator[GaitEvent]:
    """Steps every 375 ms, with the ticks between them."""
    for each in range(steps):
        t_s = first_s + each * STEP_S
        yield final(number + each, t_s, **changes)
        yield from silence(t_s, STEP_S - 0.001)


def silence(from_s: float, seconds: float) -> Iterator[GaitEvent]:
    """A tick every 100 ms of data."""
    for tick in range(1, int(seconds * 10) + 1):
        yield Tick(from_s + tick / 10)


def sessions(**changes: object) -> Sessions:
    numbers = count(1)
    values = {
        "device": "treadmill",
        "rig": "deck4",
        "settings": SessionSettings(),
        "conventions": lambda: CONVENTIONS,
        "new_id": lambda: f"s{next(numbers)}",
    } | changes
    return Sessions(**values)  # type: ignore[arg-type]
