"""The last seconds of a signal, by absolute sample index."""

import numpy as np

from softshoe.events import Array


class Tape:
    """Keeps at least ``keep`` rows of (n, channels) behind its end; older ones go.

    Rows are written ahead of the end and become part of the past hop by hop, so that what is seen
    does not depend on how many came at once.
    """

    def __init__(self, channels: int, keep: int) -> None:
        self._rows = np.zeros((2 * keep, channels))
        self._keep = keep
        self._written = 0
        self._first = 0
        self.end = 0
        """Index after the last row that has been taken."""

    @property
    def first(self) -> int:
        """Index of the oldest row that is still here."""
        return self._first

    @property
    def ahead(self) -> int:
        """How many rows are written and not yet taken."""
        return self._first + self._written - self.end

    def write(self, rows: Array) -> None:
        """Add rows ahead of the end."""
        if self._written + len(rows) > len(self._rows):
            self._make_room(len(rows))
        self._rows[self._written : self._written + len(rows)] = rows
        self._written += len(rows)

    def take(self, count: int) -> Array:
        """Move the end over the next ``count`` rows; a view of them, to mend in place."""
        start = self.end - self._first
        self.end += count
        return self._rows[start : start + count]

    def cut(self, start: int, end: int) -> Array:
        """A view of rows [start, end), clipped to what is here and taken."""
        low = max(start - self._first, 0)
        return self._rows[low : max(min(end, self.end) - self._first, low)]

    def _make_room(self, count: int) -> None:
        drop = max(self.end - self._keep - self._first, 0)
        kept = self._rows[drop : self._written]
        if len(kept) + count > len(self._rows):
            grown = np.zeros((2 * (len(kept) + count), self._rows.shape[1]))
            grown[: len(kept)] = kept
            self._rows = grown
        else:
            self._rows[: len(kept)] = kept
        self._first += drop
        self._written = len(kept)
