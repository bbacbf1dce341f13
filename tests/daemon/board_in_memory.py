"""Boards that answer from memory, and a clock that goes on by being waited for.

A board in its place on a fake wire: the doctor's way through decoder, clock and watches is real,
the time that it takes is not.
"""

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from softshoe.errors import SourceLost
from softshoe_hw.frames import decode, encode
from softshoe_hw.messages import AskHello, Hello, Message, Samples, Start, Status

Signal = Callable[[NDArray[np.int64], np.random.Generator], NDArray[np.int64]]
"""Sample indices to (rows, channels) counts."""


class ThreadsClock:
    """Each thread has its own time, which `pass_time` moves."""

    def __init__(self) -> None:
        self._own = threading.local()

    def monotonic_s(self) -> float:
        return getattr(self._own, "now_s", 100.0)

    def pass_time(self, seconds: float) -> None:
        self._own.now_s = self.monotonic_s() + seconds

    def wall(self) -> datetime:
        return datetime(2026, 12, 1, 18, 30, tzinfo=UTC)

    def synced(self) -> bool:
        return True

    def boot(self) -> str:
        return "boot"


class BoardInMemory:
    """An open port with a board behind it, which samples 0.1 % slower than it says."""

    def __init__(self, hello: Hello, signal: Signal, clock: ThreadsClock, **faults: int) -> None:
        self.closed = False
        self._hello, self._signal, self._clock, self._faults = hello, signal, clock, faults
        self._late = random.Random(1)
        self._noise = np.random.default_rng(1)
        self._to_say: list[Message] = []
        self._sequence = self._next = 0
        self._began_s: float | None = None

    def read(self) -> bytes:
        self._clock.pass_time(0.01 + self._late.uniform(0, 0.002))
        if self._began_s is not None:
            self._sample(self._began_s)
        said, self._to_say = self._to_say, []
        return b"".join(self._framed(message) for message in said)

    def write(self, data: bytes) -> None:
        for frame in decode(data).frames:
            if isinstance(frame.message, AskHello):
                self._to_say.append(self._hello)
            elif isinstance(frame.message, Start):
                self._began_s, self._next = self._clock.monotonic_s(), 0
            else:
                self._began_s = None

    def close(self) -> None:
        self.closed = True

    def _sample(self, began_s: float) -> None:
        rate_hz = self._hello.rate_hz * 0.999
        due = int((self._clock.monotonic_s() - began_s) * rate_hz)
        rows = np.arange(self._next, due)
        if len(rows):
            values = self._signal(rows, self._noise)
            device_us = round(1e6 * self._next / self._hello.rate_hz)
            if not self._is_lost(due):
                wide = self._hello.bits > 16
                self._to_say.append(Samples(self._next, device_us, values, wide))
            if self._faults.get("overruns"):
                self._to_say.append(Status(overruns=self._faults["overruns"]))
        self._next = due

    def _is_lost(self, due: int) -> bool:
        return due > 500 and self._faults.get("lost", 0) > 0 and self._faults.pop("lost") > 0

    def _framed(self, message: Message) -> bytes:
        self._sequence += 1
        frame = encode(message, self._sequence)
        damaged = self._faults.get("damaged_every", 0)
        return b"\x05" + frame if damaged and self._sequence % damaged == 0 else frame


def silent(clock: ThreadsClock, said: bytes = b"") -> "NobodyThere":
    return NobodyThere(clock, said)


class NobodyThere:
    """An open port on which nothing speaks the protocol."""

    def __init__(self, clock: ThreadsClock, said: bytes) -> None:
        self._clock = clock
        self._said = said

    def read(self) -> bytes:
        self._clock.pass_time(0.05)
        return self._said

    def write(self, data: bytes) -> None:
        pass

    def close(self) -> None:
        pass


def refuses(port: str) -> SourceLost:
    return SourceLost(f"{port} cannot be opened: another program has it open")


def insole(side: str, **changes: object) -> Hello:
    values = {
        "board": "insole-avr",
        "id": f"insole-{side}",
        "fw": "1.0.0",
        "rate_hz": 500,
        "bits": 10,
        "vref_mv": 5000,
        "channels": tuple(f"{side[0]}{number}" for number in range(1, 9)),
    }
    return Hello(**(values | changes))


def deck(**changes: object) -> Hello:
    values = {"board": "deck-ads131m04", "id": "deck", "fw": "1.0.0", "rate_hz": 1000, "bits": 24}
    return Hello(**(values | {"channels": ("fl", "fr", "rl", "rr")} | changes))


def at_rest(level: float = 40.0, noise: float = 0.6, **channels: float) -> Signal:
    """Nobody steps on it; ``channels`` names those with another noise, by place: c0, c1, …"""

    def signal(rows: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
        count = 8 if level < 1024 else 4
        sd = np.full(count, noise)
        for name, other in channels.items():
            sd[int(name[1:])] = other
        return np.rint(level + sd * random.standard_normal((len(rows), count))).astype(np.int64)

    return signal
