"""What the runner does, phase by phase, as footfalls and speeds of the belt."""

from collections.abc import Iterator
from itertools import chain, count, takewhile
from math import inf

import msgspec
import numpy as np
from msgspec import Struct

from softshoe.events import Belt
from softshoe_hw.simulator.attention import Attention
from softshoe_hw.simulator.footfall import Footfall
from softshoe_hw.simulator.parameters import Parameters, Phase, Runner
from softshoe_hw.simulator.placement import put_under
from softshoe_hw.simulator.running import Running
from softshoe_hw.simulator.sole import Shares
from softshoe_hw.simulator.weight_bearing import DoubleHump, HalfWeight

_FIRST_FOOT_AFTER_S = 0.3
_WALK_STRIDE_S = 1.1
_STAND_FOR_EVER_S = 1e6
_STEPS_STREAM, _DAY_STREAM = 1, 2


class TimedPhase(Struct, frozen=True):
    """A phase, its place in the schedule, and when it is on."""

    number: int
    phase: Phase
    start_s: float
    end_s: float


def timed_phases(schedule: tuple[Phase, ...]) -> Iterator[TimedPhase]:
    start_s = 0.0
    for number, phase in enumerate(schedule):
        end_s = inf if phase.duration_s is None else start_s + phase.duration_s
        yield TimedPhase(number, phase, start_s, end_s)
        start_s = end_s


def belts(schedule: tuple[Phase, ...]) -> Iterator[Belt]:
    """The belt's speed from the start of each phase on; it stands while nobody walks or runs."""
    for timed in timed_phases(schedule):
        moves = timed.phase.activity in ("walk", "run")
        yield Belt(timed.start_s, timed.phase.belt_m_s if moves else 0.0)


def refuse_impossible(parameters: Parameters) -> None:
    """InputError when the runner cannot run so, before any sample is made."""
    for timed in timed_phases(parameters.schedule):
        if timed.phase.activity == "run":
            _running(parameters, timed, Attention())


def footfalls(parameters: Parameters, attention: Attention | None = None) -> Iterator[Footfall]:
    """All of them in the order in which they touch the ground; none reaches over its phase."""
    phases = timed_phases(parameters.schedule)
    heard = attention or Attention()
    return chain.from_iterable(_of_phase(parameters, timed, heard) for timed in phases)


def _of_phase(
    parameters: Parameters, timed: TimedPhase, attention: Attention
) -> Iterator[Footfall]:
    unbounded = _unbounded(parameters, timed, attention)
    return takewhile(lambda footfall: footfall.end_s <= timed.end_s, unbounded)


def _unbounded(
    parameters: Parameters, timed: TimedPhase, attention: Attention
) -> Iterator[Footfall]:
    first_s = timed.start_s + _FIRST_FOOT_AFTER_S
    match timed.phase.activity:
        case "empty":
            return iter(())
        case "stand":
            end_s = min(timed.end_s, timed.start_s + _STAND_FOR_EVER_S)
            return _standing(parameters.runner, timed.start_s, end_s)
        case "walk":
            return _walking(parameters.runner, timed.phase.belt_m_s, first_s)
        case "run":
            return _running(parameters, timed, attention).footfalls(first_s)


def _running(parameters: Parameters, timed: TimedPhase, attention: Attention) -> Running:
    runner, seed = parameters.runner, parameters.seed
    return Running(
        runner,
        timed.phase.belt_m_s,
        day=np.random.default_rng([seed, _DAY_STREAM, runner.day]),
        steps=np.random.default_rng([seed, _STEPS_STREAM, timed.number]),
        attention=attention,
    )


def _standing(runner: Runner, start_s: float, end_s: float) -> Iterator[Footfall]:
    load = HalfWeight(runner.mass_kg, end_s - start_s)
    for side in ("left", "right"):
        footfall = Footfall(start_s, side, load, 0.0, 45.0, runner.insole_length_mm)
        yield put_under(footfall, Shares(), 0.0, 0.0, 150.0)


def _walking(runner: Runner, belt_m_s: float, start_s: float) -> Iterator[Footfall]:
    load = DoubleHump(runner.mass_kg, _WALK_STRIDE_S)
    standard = Footfall(0.0, "left", load, belt_m_s, 15.0, runner.insole_length_mm)
    placed = [
        put_under(msgspec.structs.replace(standard, side=side), Shares(), 0.0, 0.0, 100.0)
        for side in ("left", "right")
    ]
    for number in count():
        at_s = start_s + number * _WALK_STRIDE_S / 2
        yield msgspec.structs.replace(placed[number % 2], start_s=at_s)
