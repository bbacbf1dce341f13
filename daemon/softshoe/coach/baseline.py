"""The first un-cued minute at a belt speed: which metric serves, which leg is worse."""

from math import hypot

from softshoe.coach.noise import RUN_DEVIATIONS, standard_error
from softshoe.coach.samples import Sample
from softshoe.coach.signals import SIGNALS, Signal, signal_of
from softshoe.coaching import Baseline, Leg, Measure, Skill
from softshoe.events import Step

BASELINE_S = 60.0
_KNOWN_SHARE = 0.5
_LEAST_DIFFERENCE_SHARE = 0.05


class BaselineMinute:
    """Collects un-cued running at one speed, over pauses and intervals, until there is a minute."""

    def __init__(self, skill: Skill, belt_m_s: float | None) -> None:
        self.belt_m_s = belt_m_s
        self.running_s = 0.0
        self._skill: Skill = skill
        self._steps = 0
        self._samples = {signal.metric: Sample() for signal in SIGNALS[skill]}

    @property
    def full(self) -> bool:
        """At once where nothing measures the skill."""
        return self.running_s >= BASELINE_S or not self._samples

    def pass_time(self, running_s: float) -> None:
        self.running_s += running_s

    def add(self, step: Step) -> None:
        self._steps += 1
        for signal in SIGNALS[self._skill]:
            self._samples[signal.metric].add(signal.of(step), step.side)

    def baseline(self) -> Baseline | None:
        """Of the first metric that at least half of the steps know; None when there is none."""
        for metric, sample in self._samples.items():
            whole = sample.measure()
            if whole and sample.n >= _KNOWN_SHARE * self._steps:
                left, right = sample.measure("left"), sample.measure("right")
                return Baseline(
                    metric=metric,
                    belt_m_s=self.belt_m_s,
                    side=worse_leg(signal_of(self._skill, metric), whole, left, right),
                    all=whole,
                    left=left,
                    right=right,
                )
        return None


def worse_leg(
    signal: Signal, whole: Measure, left: Measure | None, right: Measure | None
) -> Leg | None:
    """The leg that is worse by more than its noise and by 5 % of the mean; None when neither is."""
    if left is None or right is None:
        return None
    lead = signal.sign * (left.mean - right.mean)
    noise = RUN_DEVIATIONS * hypot(standard_error(left), standard_error(right))
    if abs(lead) <= max(noise, _LEAST_DIFFERENCE_SHARE * abs(whole.mean)):
        return None
    return "right" if lead > 0 else "left"


def measure_of(baseline: Baseline, side: Leg | None) -> Measure | None:
    """Of the leg that counts, or of all steps."""
    if side is None:
        return baseline.all
    return baseline.left if side == "left" else baseline.right
