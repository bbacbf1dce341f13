"""From a board's frames of samples to blocks on the host's clock."""

from collections.abc import Iterator
from math import ceil, inf

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from softshoe.events import Array, SampleBlock
from softshoe.rigs import Stream
from softshoe_hw.channel_watch import ChannelWatch, Span
from softshoe_hw.continuity import Continuity, Place
from softshoe_hw.device_clock import DeviceClock
from softshoe_hw.messages import Samples
from softshoe_hw.rate_watch import RateWatch

_BLOCK_S = 0.01


class _Waiting(Struct):
    """Frames without a gap between them, and where and when the first begins."""

    place: Place
    first_s: float
    wide: bool
    frames: list[Samples]
    rows: int = 0


class Sampling:
    """One board's samples as those of ``stream``; ``bits`` says how large counts can be."""

    def __init__(self, stream: Stream, bits: int, first_segment: int) -> None:
        self.stream = stream
        self.trouble: str | None = None
        self.watch: ChannelWatch | None = None
        self.clock = DeviceClock()
        self._bits = bits
        self._first_segment = first_segment
        self._continuity = Continuity(stream.rate_hz)
        self._rate = RateWatch(stream.rate_hz)
        self._waiting: _Waiting | None = None
        self._block_rows = ceil(_BLOCK_S * stream.rate_hz)

    @property
    def next_segment(self) -> int:
        """The number of the segment that would come next."""
        return self._first_segment + self._continuity.segment + 1

    def begin(self) -> None:
        """The board was told to start."""
        self._continuity.begin()

    def feed(self, samples: Samples, now_s: float) -> Iterator[SampleBlock]:
        """Blocks of 10 ms or more without a gap within."""
        place = self._place(samples)
        if place is None:
            return
        self.clock.feed(self._end_us(samples), now_s)
        self.trouble = self._rate.trouble(self.clock.pace)
        if self.trouble:
            return
        if self._waiting and not _follows(self._waiting, place, samples):
            yield from self.flush()
        if self._waiting is None:
            first_s = self.clock.host_s(samples.device_us)
            self._waiting = _Waiting(place, first_s, samples.wide, [])
        self._waiting.frames.append(samples)
        self._waiting.rows += len(samples.values)
        if self._waiting.rows >= self._block_rows:
            yield from self.flush()

    def flush(self) -> Iterator[SampleBlock]:
        """What waits for more."""
        waiting, self._waiting = self._waiting, None
        if waiting:
            yield SampleBlock(
                stream=self.stream.name,
                first_index=waiting.place.index,
                first_s=waiting.first_s,
                values=self._checked(waiting),
                segment=self._first_segment + waiting.place.segment,
            )

    def _place(self, samples: Samples) -> Place | None:
        """Where they belong; clock and rate begin anew with a segment."""
        self.trouble = self._other_channels(samples)
        segment = self._continuity.segment
        place = None if self.trouble else self._continuity.place(samples)
        if place is None:
            return None
        if place.segment != segment:
            self.clock = DeviceClock()
            self._rate.begin()
        self._rate.feed(samples)
        return place

    def _other_channels(self, samples: Samples) -> str | None:
        channels, expected = samples.values.shape[1], len(self.stream.channels)
        if channels == expected:
            return None
        return f"it sends {channels} values a sample where {expected} channels belong"

    def _end_us(self, samples: Samples) -> int:
        """When its last row was taken: earlier it cannot have been sent."""
        rows = len(samples.values)
        return samples.device_us + round((rows - 1) * 1e6 / self.stream.rate_hz)

    def _checked(self, waiting: _Waiting) -> Array:
        """As floats; what cannot be measured is missing."""
        span = _span(self._bits, waiting.wide)
        values: Array = np.concatenate([each.values for each in waiting.frames], dtype=np.float64)
        if self.watch is None:
            self.watch = ChannelWatch(self.stream.channels, span, self.stream.rate_hz)
        lowest, highest = self.watch.feed(values)
        if lowest < span.lowest or highest > span.highest or self.watch.stuck:
            absurd: NDArray[np.bool_] = (values > span.highest) | (values < span.lowest)
            values[absurd | self.watch.is_stuck] = np.nan
        return values


def _span(bits: int, wide: bool) -> Span:
    """Wide values have a sign."""
    highest = 2.0 ** (bits - wide) - 1
    return Span(-highest - 1 if wide else -inf, highest)


def _follows(before: _Waiting, place: Place, samples: Samples) -> bool:
    expected = before.place.index + before.rows
    same = (before.place.segment, before.wide) == (place.segment, samples.wide)
    return same and place.index == expected
