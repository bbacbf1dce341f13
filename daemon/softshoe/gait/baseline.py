"""What a track reads while nothing touches it: start rule, then the flights.

metrics: the zero of a real deck drifts, so it is taken anew from every accepted flight.
"""

from collections import deque

import numpy as np

from softshoe.events import Array

START_WINDOW_S = 1.5
START_MEDIAN_S = 0.040
START_SIGMA_N = 8.0
LOOK_EVERY_S = 0.020
"""So that 40 ms of the shortest flight are found."""


class Baseline:
    """The quiet level of a track: ``level`` of the filtered total, ``zero`` of each raw channel.

    Start rule, until the first accepted flight: the smallest 40 ms median of the last 1.5 s.
    """

    def __init__(self, channels: int, start_sigma: float) -> None:
        self.level = 0.0
        self.zero = np.zeros(channels)
        self.zero_index = 0.0
        self.sigma = self._start_sigma = start_sigma
        self.settled = False
        looks = round(START_WINDOW_S / LOOK_EVERY_S)
        self._levels: deque[float] = deque(maxlen=looks)
        self._zeros: deque[Array] = deque(maxlen=looks)

    def look(self, total: Array, rows: Array, end: int) -> None:
        """The last 40 ms, up to index ``end``, of the filtered total and of the raw channels."""
        self._levels.append(float(median(total)))
        self._zeros.append(median(rows))
        self.level = min(self._levels)
        self.zero = self._zeros[self._levels.index(self.level)]
        self.zero_index = float(end)

    def settle(self, total: Array, rows: Array, start: int) -> None:
        """Take the middle half of an accepted flight that began at index ``start``."""
        quarter = len(total) // 4
        middle = slice(quarter, len(total) - quarter)
        self.level = float(median(total[middle]))
        self.sigma = float(np.std(total[middle]))
        self.zero = median(rows[middle])
        self.zero_index = start + (len(total) - 1) / 2.0
        self.settled = True
        self._levels.clear()
        self._zeros.clear()

    def unsettle(self) -> None:
        """Go back to the start rule: a shifted zero would otherwise end detection for ever."""
        self.settled = False
        self.sigma = self._start_sigma


def median(values: Array) -> Array:
    """Median of each column. (`numpy.median` takes ten times as long on so few rows.)"""
    ordered = np.sort(values, axis=0)
    half = len(values) // 2
    middle: Array = 0.5 * (ordered[half] + ordered[~half])
    return middle
