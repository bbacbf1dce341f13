"""How large a change must be before it is one: the rule is stated and measured in README.md."""

from math import hypot, sqrt

from softshoe.coach.signals import Signal
from softshoe.coaching import Change, Measure

STEPS_IN_STEP = 2.0
"""A mean of steps varies so many times as much (variance) as if steps were independent."""
RUN_DEVIATIONS = 2.8
"""Within a run, chance alone goes so far in about one run of 400, one way."""
DAY_DEVIATIONS = 2.5
"""Between days; chance goes so far, one way and ever, with about 3 of 100 runners in 30 runs."""


def standard_error(measure: Measure) -> float:
    """Of the mean, in the metric's unit."""
    return measure.sd * sqrt(STEPS_IN_STEP / measure.n)


def run_noise(signal: Signal, before: Measure, after: Measure) -> float:
    """What two means of one run differ by without a reason: steps, and drift within a run."""
    drift_sd = signal.drift_sd(before.mean)
    sd = hypot(standard_error(before), standard_error(after), drift_sd)
    return RUN_DEVIATIONS * sd


def day_noise(day_sd: float, first: int, late: int) -> float:
    """What means over so many days differ by without a reason."""
    return DAY_DEVIATIONS * day_sd * sqrt(1 / first + 1 / late)


def judge(signal: Signal, change: float, noise: float) -> Change:
    """The word for a change; inside its noise there is none."""
    if abs(change) <= noise:
        return "same"
    return "better" if signal.sign * change > 0 else "worse"
