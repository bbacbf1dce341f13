"""Missing samples: short gaps are bridged, longer ones are marked, and all are counted."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from softshoe.events import Array

BRIDGE_S = 0.020
"""The longest gap that a straight line may stand in for."""
ABSURD = 1e9
"""No force (N) and no moment (N mm) is larger: such a sample is as good as missing."""


class Gap(Struct, frozen=True):
    """Rows [start, end) that were not measured; ``bridged`` when a straight line stands there."""

    start: int
    end: int
    bridged: bool


class GapBridge:
    """Bridges gaps of up to 20 ms linearly; rows of a longer gap stay NaN.

    A gap at the end of the rows so far is held back until it is known how long it is.
    """

    def __init__(self, rate_hz: float) -> None:
        self._longest = int(BRIDGE_S * rate_hz + 1e-9)
        self._held = 0
        self._last: Array | None = None
        self._long = False

    def feed(self, rows: Array) -> tuple[Array, list[Gap]]:
        """(n, channels) with NaN in; out without short gaps, and where in them the gaps are."""
        if not self._held and np.abs(rows).max() <= ABSURD:
            self._last, self._long = rows[-1], False
            return rows, []
        rows = np.concatenate((np.full((self._held, rows.shape[1]), np.nan), rows))
        sane = np.abs(rows) <= ABSURD  # NaN is not
        return self._resolve(np.where(sane, rows, np.nan), ~np.logical_and.reduce(sane, axis=1))

    def _resolve(self, rows: Array, bad: NDArray[np.bool_]) -> tuple[Array, list[Gap]]:
        gaps: list[Gap] = []
        self._held = 0
        for start, end in _runs(bad):
            if start > 0:
                self._last, self._long = rows[start - 1], False
            self._long = self._long or end - start > self._longest or self._last is None
            if not self._long and end == len(rows):
                self._held = end - start
                return rows[:start], gaps
            if not self._long and self._last is not None:
                share = np.arange(1, end - start + 1)[:, None] / (end - start + 1)
                rows[start:end] = self._last + share * (rows[end] - self._last)
            gaps.append(Gap(start, end, bridged=not self._long))
        if not bad[-1]:
            self._last, self._long = rows[-1], False
        return rows, gaps


def _runs(bad: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open index ranges in which ``bad`` holds."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], bad, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
