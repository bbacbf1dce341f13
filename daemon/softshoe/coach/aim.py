"""What a runner aims for at one speed: metric, leg, and the target that it comes to."""

from collections.abc import Iterable
from statistics import fmean

from msgspec import Struct

from softshoe.coach.baseline import measure_of
from softshoe.coach.signals import Signal, signal_of
from softshoe.coach.speeds import same_speed
from softshoe.coaching import Baseline, History, Leg, Measure, Skill, Target

REFERENCE_RUNS = 3


class Aim(Struct, frozen=True):
    """How a skill is measured at one speed."""

    signal: Signal
    side: Leg | None
    baseline: Measure
    """Of today."""
    target: float


def take_aim(skill: Skill, today: Baseline, history: History) -> Aim | None:
    """The target rests on the runner's first three baselines at this speed, or on today's where
    that asks for less: so it stays while the runner learns, and a hard day is no harder.

    None when there is nothing to gain: a goal that was reached before.
    """
    signal = signal_of(skill, today.metric)
    alike = [
        baseline
        for baseline in (*_comparable(history, today), today)
        if baseline.metric == today.metric and same_speed(baseline.belt_m_s, today.belt_m_s)
    ]
    side = alike[0].side
    now = measure_of(today, side)
    if now is None:
        side, now = None, today.all
    known = [measure for one in alike if (measure := measure_of(one, side))]
    reference = fmean(measure.mean for measure in known[:REFERENCE_RUNS])
    if signal.goal is not None and signal.reaches(reference, signal.goal):
        return None
    wanted = wanted_target(history.targets, today)
    target = signal.easier(signal.target(reference), signal.target(now.mean))
    return Aim(signal, side, now, target if wanted is None else wanted)


def _comparable(history: History, today: Baseline) -> tuple[Baseline, ...]:
    """Nobody knows whether unknown speeds of two days are the same."""
    return () if today.belt_m_s is None else history.baselines


def wanted_target(targets: Iterable[Target], today: Baseline) -> float | None:
    """What runner or coach wanted last, at this speed."""
    wanted = [
        target.value
        for target in targets
        if target.metric == today.metric and same_speed(today.belt_m_s, target.belt_m_s)
    ]
    return wanted[-1] if wanted else None
