"""Stage 1: when a foot comes down and goes up, on the causal stream. Stage 2 is trace.py."""

import math

from msgspec import Struct

ON_S = 0.005
OFF_S = 0.008


class Levels(Struct, frozen=True):
    """Where contact begins and ends, above the baseline, in the track's unit."""

    on: float
    off: float


def newton_levels(sigma: float) -> Levels:
    """For force in newtons: T_on = 6 sigma of the flight, within 50-100 N; off at 0.6 of it."""
    on = min(100.0, max(50.0, 6.0 * sigma))
    return Levels(on, 0.6 * on)


def relative_levels(peak: float, sigma: float) -> Levels:
    """For uncalibrated pressure: on at 5 %, off at 3 % of the usual contact peak."""
    floor = 5.0 * sigma
    return Levels(max(0.05 * peak, floor), max(0.03 * peak, 0.6 * floor))


class Transition(Struct, frozen=True):
    """A foot came down (``on``) or went up: the first sample on the other side of the level."""

    on: bool
    index: int


class ContactDetector:
    """Above the on level for 5 ms begins a contact, below the off level for 8 ms ends it."""

    def __init__(self, rate_hz: float) -> None:
        self.loaded = False
        self._needed = {
            False: max(1, math.ceil(ON_S * rate_hz)),
            True: max(1, math.ceil(OFF_S * rate_hz)),
        }
        self._run = 0

    def feed(
        self, force: list[float], first_index: int, baseline: float, levels: Levels
    ) -> list[Transition]:
        """One hop of filtered force; ``levels`` stand above ``baseline``."""
        on, off = baseline + levels.on, baseline + levels.off
        if min(force) >= off if self.loaded else max(force) <= on:
            self._run = 0
            return []
        return self._scan(force, first_index, on, off)

    def _scan(
        self, force: list[float], first_index: int, on: float, off: float
    ) -> list[Transition]:
        transitions = []
        for offset, value in enumerate(force):
            crossed = value < off if self.loaded else value > on
            self._run = self._run + 1 if crossed else 0
            if self._run == self._needed[self.loaded]:
                index = first_index + offset - self._run + 1
                self.loaded, self._run = not self.loaded, 0
                transitions.append(Transition(self.loaded, index))
        return transitions
