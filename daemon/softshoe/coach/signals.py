"""Which number of a step measures a skill, which way is better, and what to aim for.

A signal serves where its rig and its sampling rate give the number; the first that does is taken.
"""

from typing import Literal

from msgspec import Struct

from softshoe.coaching import Metric, Skill
from softshoe.events import Step


class Signal(Struct, frozen=True, kw_only=True):
    """One metric as a measure of a skill."""

    metric: Metric
    better: Literal["less", "more"]
    factor: float = 1.0
    """The target as a share of the baseline."""
    goal: float | None = None
    """Or the target itself, in the metric's unit. Whoever is there already needs no measuring."""
    limit: float | None = None
    """What no runner can pass; a target goes at most half of the way there."""
    drift_share: float = 0.0
    drift: float = 0.0
    """What warming up and tiring alone change within a run (SD): share of the baseline, and unit.
    Our own choice."""

    @property
    def sign(self) -> float:
        """+1 when more is better."""
        return 1.0 if self.better == "more" else -1.0

    def of(self, step: Step) -> float | None:
        value: float | None = getattr(step, self.metric)
        return value

    def reaches(self, value: float, target: float) -> bool:
        return bool(self.sign * (value - target) >= 0)

    def target(self, baseline: float) -> float:
        """What a runner with this baseline aims for."""
        if self.goal is not None:
            return self.goal
        wanted = self.factor * baseline
        return wanted if self.limit is None else min(wanted, (baseline + self.limit) / 2)

    def easier(self, one: float, other: float) -> float:
        """Of two targets the one that asks for less."""
        return min(one, other) if self.better == "more" else max(one, other)

    def drift_sd(self, baseline: float) -> float:
        return self.drift + self.drift_share * abs(baseline)


SIGNALS: dict[Skill, tuple[Signal, ...]] = {
    "straight": (Signal(metric="step_width_mm", better="more", goal=20.0, drift=3.0),),
    "tall": (),
    "soft": (Signal(metric="valr13_bw_s", better="less", factor=0.80, drift_share=0.02),),
    "close": (
        Signal(metric="reach_ahead_mm", better="less", factor=0.90, drift_share=0.01),
        Signal(metric="step_ms", better="less", factor=0.95, drift_share=0.005),
    ),
    "push": (
        Signal(metric="reach_behind_mm", better="more", factor=1.05, drift_share=0.01),
        Signal(
            metric="forefoot_share_pct",
            better="more",
            factor=1.05,
            limit=100.0,
            drift_share=0.01,
        ),
        Signal(metric="push_impulse_bw_s", better="more", factor=1.05, drift_share=0.015),
    ),
}


def signal_of(skill: Skill, metric: Metric) -> Signal:
    """The signal of that metric; StopIteration for one that does not measure the skill."""
    return next(signal for signal in SIGNALS[skill] if signal.metric == metric)
