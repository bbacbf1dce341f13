"""A board that only prints lines of ``t_ms,c1,…,cN``: for people who bring their own sketch.

It says nothing of itself and cannot be spoken to. Lines have no number, so what is lost on the way
cannot be seen; its stream says so (``counted`` is false), and its steps' quality.
"""

from collections.abc import Iterable, Iterator
from math import inf, isfinite, nan

import numpy as np
from msgspec import Struct

from softshoe.events import SampleBlock
from softshoe.rigs import Stream
from softshoe_hw.link_quality import LinkQuality
from softshoe_hw.messages import WRAP, Hello, Samples, Status
from softshoe_hw.sampling import Sampling

LARGEST_LINE = 1024
_ROUNDED_US = 1500
"""A clock that shows whole milliseconds is off by up to one; the samples are not."""
_LARGEST = 2**31


class _Line(Struct, frozen=True):
    """When it was, on the board's clock, and its counts."""

    t_us: int
    counts: list[float]


class CsvBoard:
    """The same to a listener as a `Board`; ``hello`` is what the configuration says of it."""

    def __init__(self, hello: Hello) -> None:
        self.hello = hello
        self.status = Status()
        self.quality = LinkQuality()
        self.sampling: Sampling | None = None
        self.heard_s = -inf
        self._remainder = b""
        self._in_step = False
        self._index = 0
        self._sample_us = 1e6 / hello.rate_hz
        self._next_us = nan

    @property
    def trouble(self) -> str | None:
        return self.sampling.trouble if self.sampling else None

    def start(self, stream: Stream, first_segment: int, now_s: float) -> None:
        self.sampling = Sampling(stream, self.hello.bits, first_segment)
        self.heard_s = now_s

    def receive(self, data: bytes, now_s: float) -> Iterator[SampleBlock]:
        """What these bytes hold. Of the first line the beginning may be missing: it is not used."""
        *lines, rest = (self._remainder + data).split(b"\n")
        self._remainder = rest[: LARGEST_LINE + 1]
        if lines and not self._in_step:
            lines, self._in_step = lines[1:], True
        read = [line for text in lines if (line := self._read(text))]
        no_end = len(self._remainder) > LARGEST_LINE
        self.quality.feed(len(read), len(lines) - len(read) + no_end, now_s)
        if self.sampling and read:
            self.heard_s = now_s
            for samples in self._together(read):
                yield from self.sampling.feed(samples, now_s)

    def say(self, now_s: float) -> bytes:
        """Nothing: it does not listen."""
        return b""

    def last_words(self) -> bytes:
        return b""

    def _read(self, text: bytes) -> _Line | None:
        """None for a line that is not one of numbers."""
        try:
            t_ms, *counts = map(float, text.split(b","))
        except ValueError:
            return None
        if len(counts) != len(self.hello.channels) or not isfinite(t_ms):
            return None
        if not all(abs(count) < _LARGEST for count in counts):
            return None
        return _Line(round(t_ms * 1000) % WRAP, counts)

    def _together(self, lines: Iterable[_Line]) -> Iterator[Samples]:
        """Lines that follow each other evenly, as one."""
        block: list[_Line] = []
        for line in lines:
            late_us = (line.t_us - self._next_us + WRAP / 2) % WRAP - WRAP / 2
            if not abs(late_us) <= _ROUNDED_US:
                yield from self._samples(block)
                block, self._next_us = [], line.t_us
            block.append(line)
            self._next_us = (self._next_us + self._sample_us) % WRAP
        yield from self._samples(block)

    def _samples(self, lines: list[_Line]) -> Iterator[Samples]:
        if not lines:
            return
        first_us = round(self._next_us - len(lines) * self._sample_us) % WRAP
        values = np.rint([line.counts for line in lines]).astype(np.int64)
        yield Samples(self._index % WRAP, first_us, values)
        self._index += len(lines)
