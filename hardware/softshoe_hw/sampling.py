"""From a board's frames of samples to blocks on the host's clock."""

from collections.abc import Iterator
from math import inf

import numpy as np
from numpy.typing import NDArray

from softshoe.events import Array, SampleBlock
from softshoe.rigs import Stream
from softshoe_hw.channel_watch import ChannelWatch, Span
from softshoe_hw.continuity import Continuity, Place
from softshoe_hw.device_clock import DeviceClock
from softshoe_hw.messages import Samples
from softshoe_hw.rate_watch import RateWatch

_BLOCK_S = 0.01


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
        self._waiting: list[SampleBlock] = []

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
        block = self._block(samples, place)
        if self._waiting and not _follows(self._waiting[-1], block):
            yield from self.flush()
        self._waiting.append(block)
        if sum(len(each.values) for each in self._waiting) >= _BLOCK_S * self.stream.rate_hz:
            yield from self.flush()

    def flush(self) -> Iterator[SampleBlock]:
        """What waits for more."""
        if not self._waiting:
            return
        first, values = self._waiting[0], [block.values for block in self._waiting]
        self._waiting = []
        if len(values) == 1:
            yield first
        else:
            yield SampleBlock(
                first.stream,
                first.first_index,
                first.first_s,
                np.concatenate(values),
                first.segment,
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

    def _block(self, samples: Samples, place: Place) -> SampleBlock:
        values = self._checked(samples)
        return SampleBlock(
            stream=self.stream.name,
            first_index=place.index,
            first_s=self.clock.host_s(samples.device_us),
            values=values,
            segment=self._first_segment + place.segment,
        )

    def _checked(self, samples: Samples) -> Array:
        """As floats; what cannot be measured is missing."""
        highest = 2 ** (self._bits - samples.wide) - 1
        lowest = -highest - 1 if samples.wide else -inf
        values: Array = samples.values.astype(np.float64)
        if self.watch is None:
            span = Span(lowest, highest)
            self.watch = ChannelWatch(self.stream.channels, span, self.stream.rate_hz)
        self.watch.feed(values)
        wrong: NDArray[np.bool_] = (values > highest) | (values < lowest) | self.watch.is_stuck
        if wrong.any():
            values[wrong] = np.nan
        return values


def _follows(before: SampleBlock, block: SampleBlock) -> bool:
    expected = before.first_index + len(before.values)
    return block.segment == before.segment and block.first_index == expected
