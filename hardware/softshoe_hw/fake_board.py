"""A board that is none: it speaks as one does, remembers what it was told, and fails to order.

Its samples are rows of counts at its own rate, played over and over from ``now_s`` on. Time comes
with each call, so that it may run on any clock.
"""

from collections.abc import Callable
from math import floor

import numpy as np
from numpy.typing import NDArray

from softshoe_hw.frames import decode, encode
from softshoe_hw.messages import (
    WRAP,
    AskHello,
    Hello,
    Message,
    Pulse,
    Samples,
    Start,
    Status,
    Stop,
)

Counts = NDArray[np.int64]
_HELLO_EVERY_S = 5.0
_STATUS_EVERY_S = 1.0


class FakeBoard:
    """Call `hear` with what comes in and `say` often; faults are plain attributes and methods."""

    def __init__(
        self, hello: Hello, counts: Counts, now_s: float, rows: int = 5, drift_ppm: float = 0.0
    ) -> None:
        self.hello = hello
        self.told: list[Message] = []
        """Everything that it was told, oldest first."""
        self.status = Status()
        self.silent = False
        self.haste = 1.0
        """How many samples it takes when told to take one; from the next START on."""
        self.index_from = self.clock_from_us = 0
        """What its counters begin with: with large ones they wrap soon."""
        self.change: Callable[[bytes], bytes] = lambda frame: frame
        """What happens to each of its frames on the way."""
        self._counts = counts
        self._world_s = now_s
        self._rows = rows
        self._pace = 1 + drift_ppm * 1e-6
        self._pulses = 0
        self.reset(now_s)

    def reset(self, now_s: float) -> None:
        """As switched off and on: its clock begins anew and it waits for START."""
        self._on_s = self._hello_s = self._status_s = now_s
        self._remainder = b""
        self._out: list[bytes] = []
        self._sequence = 0
        self._rate_hz = self.hello.rate_hz
        self._started_s: float | None = None
        self._index = 0
        self._send(self.hello)

    def hear(self, data: bytes, now_s: float) -> None:
        decoded = decode(data, self._remainder)
        self._remainder = decoded.remainder
        for frame in decoded.frames:
            self.told.append(frame.message)
            self._obey(frame.message, now_s)

    def say(self, now_s: float) -> bytes:
        """What it has sent by ``now_s``."""
        if self._started_s is None and now_s - self._hello_s >= _HELLO_EVERY_S:
            self._hello_s = now_s
            self._send(self.hello)
        if now_s - self._status_s >= _STATUS_EVERY_S:
            self._status_s = now_s
            self._send(self.status)
        if self._started_s is not None:
            self._sample(now_s, self._started_s)
        said, self._out = b"".join(self._out), []
        return b"" if self.silent else said

    def pulse(self, at_s: float) -> None:
        """The belt's roller goes round."""
        self._pulses += 1
        self._send(Pulse(self._device_us(at_s), self._pulses))

    def skip(self, samples: int) -> None:
        """Lose samples before they are sent."""
        self._index += samples

    def send_raw(self, data: bytes) -> None:
        self._out.append(data)

    def _obey(self, message: Message, now_s: float) -> None:
        match message:
            case AskHello():
                self._send(self.hello)
            case Start(rate_hz=rate_hz):
                self._rate_hz = self.haste * (rate_hz or self.hello.rate_hz)
                self._started_s, self._index = now_s, 0
            case Stop():
                self._started_s = None
            case _:
                pass  # not meant for boards

    def _sample(self, now_s: float, started_s: float) -> None:
        taken = floor((now_s - started_s) * self._pace * self._rate_hz)
        while taken - self._index >= self._rows:
            first_s = started_s + self._index / (self._rate_hz * self._pace)
            index = (self.index_from + self._index) % WRAP
            values = self._values(first_s)
            self._send(Samples(index, self._device_us(first_s), values, self._is_wide))
            self._index += self._rows

    @property
    def _is_wide(self) -> bool:
        return self.hello.bits > 16

    def _values(self, first_s: float) -> Counts:
        """What the world shows then, whenever sampling began: straight lines between its rows."""
        every = self.hello.rate_hz / (self._rate_hz * self._pace)
        place = (first_s - self._world_s) * self.hello.rate_hz + every * np.arange(self._rows)
        before = np.floor(place).astype(np.int64)
        share = (place - before)[:, None]
        rows = len(self._counts)
        shown = (
            self._counts[before % rows] * (1 - share) + self._counts[(before + 1) % rows] * share
        )
        counts: Counts = np.rint(shown).astype(np.int64)
        return counts

    def _device_us(self, at_s: float) -> int:
        return round(self.clock_from_us + (at_s - self._on_s) * self._pace * 1e6) % WRAP

    def _send(self, message: Message) -> None:
        self._out.append(self.change(encode(message, self._sequence)))
        self._sequence = (self._sequence + 1) % 256
