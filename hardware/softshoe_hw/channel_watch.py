"""Channels that cannot be right: at the end of their range, or never moving while others do."""

from collections import deque
from math import isinf

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from softshoe.events import Array

_WINDOW_S = 2.0
_STUCK_WINDOWS = 5
_FEWEST_SATURATED = 3
_MOVES = 0.1  # of the range: somebody runs
_CELL_MOVES = 0.01  # cells use a part of it, and none that works is ever quite still
_UNPRESSED = 0.02  # of the range: a sensor that nothing presses reads nothing, and may not move


class Span(Struct, frozen=True):
    """What a converter can give; one that has no negative counts has no ``lowest``."""

    lowest: float
    highest: float

    @property
    def is_signed(self) -> bool:
        return not isinf(self.lowest)

    @property
    def width(self) -> float:
        return self.highest - (self.lowest if self.is_signed else 0.0)


class _Range(Struct, frozen=True, eq=False):
    """Of each channel in one window."""

    low: Array
    high: Array


class ChannelWatch:
    """Looks at every sample, says every two seconds."""

    def __init__(self, channels: tuple[str, ...], span: Span, rate_hz: float) -> None:
        self.saturated: tuple[str, ...] = ()
        """At an end of the range, or beyond it."""
        self.stuck: tuple[str, ...] = ()
        self.is_stuck = np.zeros(len(channels), bool)
        """The same, channel by channel."""
        self._channels = channels
        self._span = span
        self._rows = round(_WINDOW_S * rate_hz)
        self._ranges: deque[_Range] = deque(maxlen=_STUCK_WINDOWS)
        self._low: Array
        self._high: Array
        self._at_end: NDArray[np.int64]
        self._seen: int
        self._begin()

    def feed(self, values: Array) -> tuple[float, float]:
        """(rows, channels) of counts; the lowest and the highest of them."""
        low, high = values.min(axis=0), values.max(axis=0)
        self._low, self._high = np.minimum(self._low, low), np.maximum(self._high, high)
        lowest, highest = float(low.min()), float(high.max())
        if highest >= self._span.highest or lowest <= self._span.lowest:
            ends = (values >= self._span.highest) | (values <= self._span.lowest)
            self._at_end += ends.sum(axis=0)
        self._seen += len(values)
        if self._seen >= self._rows:
            self._judge()
            self._begin()
        return lowest, highest

    def _begin(self) -> None:
        count = len(self._channels)
        self._low, self._high = np.full(count, np.inf), np.full(count, -np.inf)
        self._at_end = np.zeros(count, np.int64)
        self._seen = 0

    def _judge(self) -> None:
        self.saturated = self._named(self._at_end >= _FEWEST_SATURATED)
        self._ranges.append(_Range(self._low, self._high))
        self.is_stuck = self._judge_stuck()
        self.stuck = self._named(self.is_stuck)

    def _judge_stuck(self) -> NDArray[np.bool_]:
        low = np.min([one.low for one in self._ranges], axis=0)
        high = np.max([one.high for one in self._ranges], axis=0)
        spread = np.minimum(high, self._span.highest) - low
        moves = _CELL_MOVES if self._span.is_signed else _MOVES
        if len(self._ranges) < _STUCK_WINDOWS or spread.max() <= moves * self._span.width:
            return np.zeros(len(self._channels), bool)
        stuck: NDArray[np.bool_] = high <= low
        if not self._span.is_signed:
            stuck &= high > _UNPRESSED * self._span.highest
        return stuck

    def _named(self, wrong: NDArray[np.bool_]) -> tuple[str, ...]:
        return tuple(name for name, is_so in zip(self._channels, wrong, strict=True) if is_so)
