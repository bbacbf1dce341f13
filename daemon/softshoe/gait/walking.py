"""Walking gate: while a foot is always down there are no running steps.

Force is looked at above the stored zero of the empty deck, never above the moving baseline, which
would hide the load that never leaves.
"""

import math
from collections import deque

import numpy as np

from softshoe.events import Array

WINDOW_S = 1.5
LOADED_RATIO = 0.4
UNSTEADY = 0.04
BOTH_SHARE = 0.10
LEAST_STANCE_S = 0.4
STAND_S = 5.0
STAND_SD = 0.02
STAND_LEAST_N = 200.0
CADENCE_S = 8.0
LEAST_CADENCE_S = 3.0
CADENCE_SIGMA_S = 0.07
CADENCE_LEAST_SWING = 0.05


class Recent:
    """The last ``length`` values or more, oldest first. A list: one value comes every hop."""

    def __init__(self, length: int) -> None:
        self.values: list[float] = []
        self._length = length

    def append(self, value: float) -> None:
        self.values.append(value)
        if len(self.values) > 4 * self._length:
            del self.values[: -self._length]


class LoadWatch:
    """How the load on the belt went lately, from one mean and one minimum a hop of 10 ms."""

    def __init__(self, hop_s: float) -> None:
        self._hop_s = hop_s
        self._window = round(WINDOW_S / hop_s)
        self._means = Recent(round(CADENCE_S / hop_s))
        self._least = Recent(self._window)

    def feed(self, mean: float, minimum: float) -> None:
        self._means.append(mean)
        self._least.append(minimum)

    def _last(self, seconds: float) -> Array:
        """Means of hops over so many seconds, or as many as there were."""
        return np.array(self._means.values[-round(seconds / self._hop_s) :])

    @property
    def mean(self) -> float:
        """Mean over the last 1.5 s."""
        recent = self._means.values[-self._window :]
        return sum(recent) / len(recent) if recent else 0.0

    def never_leaves(self, empty: float) -> bool:
        """Whether the least load of 1.5 s is above 0.4 of the mean, and the load moves."""
        if len(self._least.values) < self._window:
            return False
        mean = self.mean - empty
        least = min(self._least.values[-self._window :]) - empty
        if mean <= STAND_LEAST_N or least <= LOADED_RATIO * mean:
            return False
        return float(self._last(WINDOW_S).std()) > UNSTEADY * mean

    def standing(self, empty: float) -> float | None:
        """The mean force of a quiet stand of 5 s, or None."""
        means = self._last(STAND_S) - empty
        if len(means) < round(STAND_S / self._hop_s):
            return None
        mean = float(means.mean())
        quiet = float(means.std()) < STAND_SD * mean
        return mean if quiet and mean > STAND_LEAST_N else None

    def walking_cadence_spm(self) -> float | None:
        """Steps a minute from the force's peaks: with both feet on one deck there is one a step."""
        return peak_cadence_spm(self._last(CADENCE_S), self._hop_s)


def peak_cadence_spm(load: Array, hop_s: float) -> float | None:
    """Mean distance of the peaks of a smoothed load, as steps a minute; None below three.

    Distances far from their median are left out: a peak was missed there, or the walker turned.
    """
    if len(load) * hop_s < LEAST_CADENCE_S:
        return None
    reach = math.ceil(3.0 * CADENCE_SIGMA_S / hop_s)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) * hop_s / CADENCE_SIGMA_S) ** 2)
    smooth = np.convolve(load, bell / bell.sum(), "valid")
    centre = 0.5 * float(smooth.max() + smooth.min())
    if smooth.max() - smooth.min() < CADENCE_LEAST_SWING * centre:
        return None
    peaks = np.flatnonzero(
        (smooth[1:-1] > smooth[:-2]) & (smooth[1:-1] >= smooth[2:]) & (smooth[1:-1] > centre)
    )
    if len(peaks) < 3:
        return None
    apart = np.diff(peaks) * hop_s
    usual = np.abs(apart / np.median(apart) - 1.0) < 0.25
    return 60.0 / float(apart[usual].mean()) if usual.any() else None


class BothLoaded:
    """For insoles: walking has both feet down for part of every step, running never."""

    def __init__(self, hop_s: float) -> None:
        self._window = round(WINDOW_S / hop_s)
        self._both = Recent(self._window)

    def feed(self, both: bool) -> None:
        self._both.append(float(both))

    @property
    def walking(self) -> bool:
        """Both down for a tenth of the last 1.5 s, but not all of it (that is standing)."""
        both = self._both.values[-self._window :]
        return len(both) == self._window and BOTH_SHARE < sum(both) / self._window < 1.0


class StanceWatch:
    """Cadence and stance times of a walk from when each foot came down and went up."""

    def __init__(self) -> None:
        self._downs: deque[float] = deque(maxlen=9)
        self._down_s: dict[int, float] = {}
        self._stances: dict[int, deque[float]] = {0: deque(maxlen=8), 1: deque(maxlen=8)}

    def feed(self, time_s: float, foot: int, down: bool) -> None:
        """One foot (0 left, 1 right) came down or went up. A shorter stance is not a step."""
        if down:
            self._down_s[foot] = time_s
            return
        down_s = self._down_s.pop(foot, time_s)
        if time_s - down_s >= LEAST_STANCE_S:
            self._downs.append(down_s)
            self._stances[foot].append(time_s - down_s)

    def cadence_spm(self) -> float | None:
        """From the times of the last nine landings of either foot."""
        if len(self._downs) < 3:
            return None
        downs = sorted(self._downs)
        return 60.0 * (len(downs) - 1) / (downs[-1] - downs[0])

    def means_ms(self) -> tuple[float | None, float | None]:
        """Mean stance of the last eight steps of the left and of the right foot."""
        left, right = (
            1000.0 * sum(stances) / len(stances) if stances else None
            for stances in (self._stances[0], self._stances[1])
        )
        return left, right
