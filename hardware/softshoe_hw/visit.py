"""A short visit to whatever is on a port: who answers, and what its samples are like."""

from collections.abc import Callable, Iterator
from math import inf
from typing import Protocol

import numpy as np
from msgspec import Struct

from softshoe.clock import Clock
from softshoe.errors import SourceLost
from softshoe.events import SampleBlock, SourceHealth
from softshoe.rigs import Stream
from softshoe.watch import StreamWatch
from softshoe_hw.board import Board
from softshoe_hw.board_streams import role_of
from softshoe_hw.channel_signs import ChannelSigns, channel_signs
from softshoe_hw.messages import Hello

ANSWERS_WITHIN_S = 4.0
"""A board that was reset by opening its port needs 2 s for its bootloader."""


class Link(Protocol):
    """An open port."""

    def read(self) -> bytes:
        """What has come; waits a moment for it."""
        ...

    def write(self, data: bytes) -> None: ...

    def close(self) -> None: ...


OpenLink = Callable[[str, int], Link]


class Seen(Struct, frozen=True, kw_only=True):
    """A board, and how its samples came."""

    hello: Hello
    stream: Stream
    health: SourceHealth
    bad_frames: int
    overruns: int
    channels: tuple[ChannelSigns, ...]


class Visit(Struct, frozen=True):
    """What was found on a port; ``why``: what is wrong with it."""

    port: str
    why: str | None
    seen: Seen | None = None


def visit(port: str, baud: int, open_link: OpenLink, clock: Clock, seconds: float) -> Visit:
    """Ask who is there; if a board answers, listen to it for so long."""
    try:
        link = open_link(port, baud)
    except SourceLost as lost:
        return Visit(port, str(lost))
    try:
        return _Talk(link, clock).visit(port, seconds)
    except SourceLost as lost:
        return Visit(port, str(lost))
    finally:
        link.close()


class _Talk:
    """With one board, on an open port."""

    def __init__(self, link: Link, clock: Clock) -> None:
        self._link = link
        self._clock = clock
        self._board = Board()

    def visit(self, port: str, seconds: float) -> Visit:
        hello = self._ask()
        if hello is None:
            return Visit(port, self._silence())
        role = role_of(hello)
        if role is None:
            channels = ", ".join(hello.channels)
            return Visit(port, f"{hello.id} has channels that fit no rig: {channels}")
        stream = Stream(role, hello.rate_hz, hello.channels, "counts", board=hello.id)
        seen = self._look(hello, stream, seconds)
        silent = None if seen.channels else "it says who it is, but not a sample"
        return Visit(port, self._board.trouble or silent, seen)

    def _ask(self) -> Hello | None:
        until_s = self._clock.monotonic_s() + ANSWERS_WITHIN_S
        for _ in self._heard(until_s):
            pass
        return self._board.hello

    def _silence(self) -> str:
        if self._board.refused:
            return f"a board that cannot be understood: {self._board.refused}"
        if self._board.quality.bad:
            return "no frame arrives whole: check the cable and the baud rate"
        return "nothing that speaks softshoe's protocol answers"

    def _look(self, hello: Hello, stream: Stream, seconds: float) -> Seen:
        watch, blocks = StreamWatch(stream), []
        start_s = self._clock.monotonic_s()
        self._board.start(stream, 0, start_s)
        for block in self._heard(start_s + seconds):
            watch.see(block, self._clock.monotonic_s())
            blocks.append(block.values)
        self._link.write(self._board.last_words())
        values = np.concatenate([np.empty((0, len(stream.channels))), *blocks])
        return Seen(
            hello=hello,
            stream=stream,
            health=watch.health(self._clock.monotonic_s()),
            bad_frames=self._board.quality.bad,
            overruns=self._board.status.overruns,
            channels=channel_signs(stream.channels, values, hello.bits, stream.rate_hz),
        )

    def _heard(self, until_s: float) -> Iterator[SampleBlock]:
        """Blocks until then; before the board has its place, until it says who it is."""
        now_s = -inf
        while now_s < until_s and (self._board.sampling or not self._board.hello):
            now_s = self._clock.monotonic_s()
            said = self._board.say(now_s)
            if said:
                self._link.write(said)
            for item in self._board.receive(self._link.read(), self._clock.monotonic_s()):
                if isinstance(item, SampleBlock):
                    yield item
