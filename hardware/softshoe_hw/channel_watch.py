"""Channels that cannot be right: at the end of their range, or never moving while others do."""

from collections import deque

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from softshoe.events import Array

_WINDOW_S = 2.0
_STUCK_WINDOWS = 5
_FEWEST_SATURATED = 3
_MOVES = 0.1  # of the range: somebody runs


class _Range(Struct, frozen=True, eq=False):
    """Of each channel in one window."""

    low: Array
    high: Array


class ChannelWatch:
    """Looks at every sample, says every two seconds."""

    def __init__(self, channels: tuple[str, ...], lowest: float, highest: float, rate_hz: float):
        self.saturated: tuple[str, ...] = ()
        self.stuck: tuple[str, ...] = ()
        self._channels = channels
        self._lowest, self._highest = lowest, highest
        self._rows = round(_WINDOW_S * rate_hz)
        self._ranges: deque[_Range] = deque(maxlen=_STUCK_WINDOWS)
        self._low: Array
        self._high: Array
        self._at_end: NDArray[np.int64]
        self._seen: int
        self._begin()

    def feed(self, values: Array) -> None:
        """(rows, channels) of counts; NaN is a missing one."""
        self._low = np.fmin(self._low, np.fmin.reduce(values))
        self._high = np.fmax(self._high, np.fmax.reduce(values))
        self._at_end += (values >= self._highest).sum(axis=0)
        if self._lowest < 0:
            self._at_end += (values <= self._lowest).sum(axis=0)
        self._seen += len(values)
        if self._seen >= self._rows:
            self._judge()
            self._begin()

    def _begin(self) -> None:
        count = len(self._channels)
        self._low, self._high = np.full(count, np.inf), np.full(count, -np.inf)
        self._at_end = np.zeros(count, np.int64)
        self._seen = 0

    def _judge(self) -> None:
        self.saturated = self._named(self._at_end >= _FEWEST_SATURATED)
        self._ranges.append(_Range(self._low, self._high))
        spread = np.max([one.high for one in self._ranges], axis=0) - np.min(
            [one.low for one in self._ranges], axis=0
        )
        others_move = spread.max() > _MOVES * (self._highest - self._lowest)
        long_enough = len(self._ranges) == _STUCK_WINDOWS
        self.stuck = self._named(spread <= 0) if others_move and long_enough else ()

    def _named(self, wrong: NDArray[np.bool_]) -> tuple[str, ...]:
        return tuple(name for name, is_so in zip(self._channels, wrong, strict=True) if is_so)
