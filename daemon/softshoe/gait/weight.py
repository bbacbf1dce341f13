"""Body weight: the mean vertical force over whole steps is body weight exactly."""

from collections import deque
from typing import Literal

from softshoe.gait.vertical import G_M_S2
from softshoe.rigs import Conditions

FIRST_STEPS = 4
FROZEN_STEPS = 20
OTHER_PERSON = 0.05

Source = Literal["standing", "strides"]


class BodyWeight:
    """Known from a quiet stand or after 4 steps, refined until 20, then frozen for the session."""

    def __init__(self) -> None:
        self.value: float | None = None
        self.source: Source | None = None
        self._steps: list[tuple[float, float]] = []
        self._recent: deque[tuple[float, float]] = deque(maxlen=FROZEN_STEPS)
        self._off = 0
        self._all = (0.0, 0.0)

    def stand(self, force: float) -> None:
        """A quiet stand before the first step."""
        if self._all[1] == 0.0:
            self.value, self.source = force, "standing"

    def feed(self, impulse: float, step_s: float) -> None:
        """One step's integral of force, from contact to contact, and its duration."""
        self._recent.append((impulse, step_s))
        self._all = (self._all[0] + impulse, self._all[1] + step_s)
        self._watch()
        if self.source == "standing" or len(self._steps) >= FROZEN_STEPS:
            return
        self._steps.append((impulse, step_s))
        if len(self._steps) >= FIRST_STEPS:
            self.value, self.source = mean_force(self._steps), "strides"

    def _watch(self) -> None:
        """Count steps for which the running mean is another person's."""
        if self.value is None or len(self._recent) < FROZEN_STEPS:
            return
        off = abs(mean_force(list(self._recent)) / self.value - 1.0) > OTHER_PERSON
        self._off = self._off + 1 if off else 0

    def settle_on_all(self) -> None:
        """For a finished recording: the mean over every step there was."""
        if self._all[1] > 0.0:
            self.value, self.source = self._all[0] / self._all[1], "strides"
            self._recent = deque([self._all] * FROZEN_STEPS)

    def agrees_with(self, stated_n: float | None) -> bool:
        """Whether the last 20 steps weigh what the runner weighed standing, or has stated."""
        known_n = self.value if self.source == "standing" else stated_n
        if known_n is None or len(self._recent) < FROZEN_STEPS:
            return True
        return abs(mean_force(list(self._recent)) / known_n - 1.0) <= OTHER_PERSON

    @property
    def other_person(self) -> float | None:
        """The new weight, once 20 steps in a row say that somebody else runs."""
        return mean_force(list(self._recent)) if self._off >= FROZEN_STEPS else None


def mean_force(steps: list[tuple[float, float]]) -> float:
    """Sum of impulses over the sum of durations."""
    return sum(impulse for impulse, _ in steps) / sum(duration for _, duration in steps)


def stated_n(conditions: Conditions) -> float | None:
    """Body weight by the runner's own word."""
    if conditions.body_weight_n is not None:
        return conditions.body_weight_n
    mass = conditions.body_mass_kg
    return None if mass is None else mass * G_M_S2


def mass_kg(body_weight_n: float) -> float:
    return body_weight_n / G_M_S2
