"""A skill over many runs: what un-cued running has become, and when a skill is the runner's own."""

from collections.abc import Sequence
from itertools import takewhile
from math import sqrt
from statistics import fmean

from msgspec.structs import replace

from softshoe.coach.aim import REFERENCE_RUNS
from softshoe.coach.noise import day_noise, judge
from softshoe.coach.signals import signal_of
from softshoe.coach.speeds import same_speed
from softshoe.coaching import FocusResult, Measure, Skill, Trend

LATE_RUNS = 8
LEAST_LATE_RUNS = 5
RETAINED_RUNS = 3
RATED_RUNS = 4
GOOD_RATING = 4


def trend(skill: Skill, results: Sequence[FocusResult]) -> Trend:
    """Over the focus runs of a skill, oldest first, at the speed of the last of them.

    Without a known speed runs of different days are not compared.
    """
    mine = [result for result in results if result.skill == skill]
    if not mine:
        return Trend(skill=skill, belt_m_s=None, runs=0, practised_s=0.0)
    last = mine[-1]
    found = Trend(
        skill=skill,
        belt_m_s=last.belt_m_s,
        runs=len(mine),
        practised_s=sum(result.focus_s for result in mine),
        metric=last.metric,
    )
    if last.metric is None:
        return replace(found, yours=_rated_well(mine))
    return _measured(found, [result for result in mine if _is_like(result, last)])


def _is_like(result: FocusResult, last: FocusResult) -> bool:
    same = result.metric == last.metric and result.side == last.side
    return same and same_speed(result.belt_m_s, last.belt_m_s)


def _rated_well(results: Sequence[FocusResult]) -> bool:
    """By the runner's own word, where nothing else measures it."""
    ratings = [result.rating or 0 for result in results[-RATED_RUNS:]]
    return len(ratings) == RATED_RUNS and min(ratings) >= GOOD_RATING


def _measured(found: Trend, results: Sequence[FocusResult]) -> Trend:
    """First un-cued minutes against late ones; a day's noise is taken as that of steps."""
    kept = [result.retained for result in reversed(results)]
    found = replace(found, retained_in_a_row=len(list(takewhile(bool, kept))))
    baselines = [result.baseline for result in results if result.baseline]
    first, late = baselines[:REFERENCE_RUNS], baselines[REFERENCE_RUNS:][-LATE_RUNS:]
    if found.metric is None or found.belt_m_s is None or len(late) < LEAST_LATE_RUNS:
        return found
    signal = signal_of(found.skill, found.metric)
    was, now = fmean(one.mean for one in first), fmean(one.mean for one in late)
    noise = day_noise(_day_sd(first), len(first), len(late))
    learned = judge(signal, now - was, noise)
    return replace(
        found,
        first=was,
        late=now,
        change=now - was,
        noise=noise,
        learned=learned,
        yours=learned == "better" and found.retained_in_a_row >= RETAINED_RUNS,
    )


def _day_sd(measures: Sequence[Measure]) -> float:
    return sqrt(fmean(measure.sd**2 for measure in measures))
