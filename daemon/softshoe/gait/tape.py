"""The last seconds of a signal, by absolute sample index."""

import numpy as np

from softshoe.events import Array


class Tape:
    """Keeps at least ``keep`` rows of (n, channels); older ones go."""

    def __init__(self, channels: int, keep: int) -> None:
        self._rows = np.zeros((2 * keep, channels))
        self._keep = keep
        self._used = 0
        self._first = 0

    @property
    def first(self) -> int:
        """Index of the oldest row that is still here."""
        return self._first

    @property
    def end(self) -> int:
        """Index that the next row will get."""
        return self._first + self._used

    def append(self, rows: Array) -> None:
        if self._used + len(rows) > len(self._rows):
            self._rows[: self._keep] = self._rows[self._used - self._keep : self._used]
            self._first += self._used - self._keep
            self._used = self._keep
        self._rows[self._used : self._used + len(rows)] = rows
        self._used += len(rows)

    def cut(self, start: int, end: int) -> Array:
        """A view of rows [start, end), clipped to what is here."""
        low = max(start - self._first, 0)
        return self._rows[low : max(end - self._first, low)]
