"""Values of one metric, step after step, of each leg and of all."""

from statistics import fmean, stdev

from softshoe.coaching import Leg, Measure

LEAST_STEPS = 20


class Sample:
    """Grows by the step; what a step does not know is left out."""

    def __init__(self) -> None:
        self._all: list[float] = []
        self._legs: dict[str, list[float]] = {"left": [], "right": []}

    def add(self, value: float | None, side: str | None) -> None:
        if value is None:
            return
        self._all.append(value)
        if side in self._legs:
            self._legs[side].append(value)

    @property
    def n(self) -> int:
        return len(self._all)

    def measure(self, side: Leg | None = None) -> Measure | None:
        """Of one leg or of all steps; None with fewer than 20."""
        values = self._legs[side] if side else self._all
        if len(values) < LEAST_STEPS:
            return None
        return Measure(fmean(values), stdev(values), len(values))
