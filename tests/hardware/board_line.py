"""The host's side of a simulated board's serial line, for tests of the firmware."""

import os
import select
import time
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from softshoe.events import Array
from softshoe_hw.frames import Frame, decode, encode
from softshoe_hw.messages import Message, Samples

GIVES_UP_AFTER_S = 30.0
"""Without one more of what is waited for."""


class Line:
    """Talks with a board by its port; keeps all frames, and counts what was damaged."""

    def __init__(self, port: str) -> None:
        self.frames: list[Frame] = []
        self.damaged = 0
        self.refused: list[str] = []
        self._file = os.open(port, os.O_RDWR | os.O_NOCTTY)
        self._remainder = b""
        self._said = 0

    def say(self, *messages: Message) -> None:
        for message in messages:
            self.write(encode(message, self._said))
            self._said += 1

    def write(self, data: bytes) -> None:
        os.write(self._file, data)

    def hear(self, enough: int, kind: type[Message] = Samples) -> list[Message]:
        """All messages of a kind since the line was opened, once there are enough of them."""
        heard, until_s = self.of(kind), time.monotonic() + GIVES_UP_AFTER_S
        while len(heard) < enough:
            left_s = until_s - time.monotonic()
            assert left_s > 0, f"only {len(heard)} of {enough} {kind.__name__}"
            if select.select([self._file], [], [], left_s)[0]:
                self._read()
            before, heard = len(heard), self.of(kind)
            if len(heard) > before:
                until_s = time.monotonic() + GIVES_UP_AFTER_S
        return heard

    def of(self, kind: type[Message]) -> list[Message]:
        return [frame.message for frame in self.frames if isinstance(frame.message, kind)]

    def close(self) -> None:
        os.close(self._file)

    @property
    def missing(self) -> int:
        """Frames that did not come, by their numbers."""
        numbers = [frame.sequence for frame in self.frames]
        return int(((np.diff(numbers) - 1) % 256).sum())

    def _read(self) -> None:
        decoded = decode(os.read(self._file, 65_536), self._remainder)
        self._remainder = decoded.remainder
        self.frames += decoded.frames
        self.damaged += decoded.damaged
        self.refused += decoded.refused


class Rows(Struct, frozen=True, eq=False):
    """All samples of some frames, one under the other."""

    index: NDArray[np.int64]
    device_s: Array
    values: NDArray[np.int64]


def rows_of(frames: list[Samples], rate_hz: float) -> Rows:
    return Rows(
        np.concatenate([each.index + np.arange(len(each.values)) for each in frames]),
        np.concatenate(
            [each.device_us / 1e6 + np.arange(len(each.values)) / rate_hz for each in frames]
        ),
        np.concatenate([each.values for each in frames]).astype(np.int64),
    )


class Feed(Struct, frozen=True, eq=False):
    """Counts that follow each other every ``period_s``, each held until the next."""

    path: Path
    counts: NDArray[np.int64]
    period_s: float

    def at(self, t_s: Array) -> NDArray[np.int64]:
        """Counts at times, (rows, channels) each."""
        row = np.clip((t_s / self.period_s).astype(np.int64), 0, len(self.counts) - 1)
        return self.counts[row, np.arange(self.counts.shape[1])]


def write_feed(path: Path, counts: NDArray[np.int64], millivolts: Array, period_s: float) -> Feed:
    t_s = period_s * np.arange(len(counts))
    np.column_stack((t_s, millivolts)).tofile(path)
    return Feed(path, counts, period_s)
