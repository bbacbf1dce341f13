"""Reads one port until it goes away: bytes to its board, what the board gives to the queue."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from softshoe.clock import Clock
from softshoe.errors import SoftshoeError, SourceLost
from softshoe.events import Belt, SampleBlock
from softshoe.intake import Arrived, Intake
from softshoe_hw.belt_speed import BeltSpeed
from softshoe_hw.board_reports import POOR
from softshoe_hw.seats import Seat, Seats
from softshoe_hw.talk import RollerPulse, Talk

_log = logging.getLogger(__name__)
_ANSWERS_WITHIN_S = 3.0
_SILENT_S = 3.0


class Link(Protocol):
    """An open port; any of these may raise SourceLost."""

    def read(self) -> bytes: ...

    def write(self, data: bytes) -> None: ...

    def close(self) -> None: ...


class BoardReader:
    """`run` is a thread's work; the rest may be asked from outside."""

    def __init__(
        self,
        port: str,
        talk: Talk,
        open_link: Callable[[], Link],
        seats: Seats,
        arrived: Intake,
        clock: Clock,
        belt: BeltSpeed | None,
        patient: bool,
    ) -> None:
        self.port = port
        self.ended: str | None = None
        """Why it ended, once it has."""
        self._talk = talk
        self._open_link = open_link
        self._seats = seats
        self._arrived = arrived
        self._clock = clock
        self._belt = belt
        self._patient = patient
        self._link: Link | None = None
        self._seat: Seat | None = None
        self._stop = threading.Event()
        self._opened_s = clock.monotonic_s()

    def run(self) -> None:
        try:
            while self.turn():
                pass
        except Exception as error:  # noqa: BLE001  a thread's root: the port is tried again
            _log.exception("reading %s failed", self.port)
            self._end(f"{self.port}: {type(error).__name__}")

    def turn(self) -> bool:
        """Read and answer once; False when that is over."""
        try:
            if self._link is None:
                self._link = self._open_link()
            self._hear(self._link.read())
            self._answer(self._link)
        except SoftshoeError as error:
            self._end(str(error))
        else:
            if self._stop.is_set():
                self._end("stopped")
        return self.ended is None

    def close(self) -> None:
        self._stop.set()

    @property
    def had_board(self) -> bool:
        return self._seat is not None

    @property
    def silence(self) -> str | None:
        """What may be wrong while no board has said who it is."""
        if self._talk.hello:
            return None
        if self._talk.quality.is_poor:
            return f"{self.port}: {POOR}"
        if self._is_late:
            return f"no board answers at {self.port}: check the cable and the baud rate"
        return None

    @property
    def _is_late(self) -> bool:
        return self._clock.monotonic_s() - self._opened_s > _ANSWERS_WITHIN_S

    def _hear(self, data: bytes) -> None:
        now_s = self._clock.monotonic_s()
        for item in self._talk.receive(data, now_s):
            if isinstance(item, RollerPulse):
                self._put(self._belt.pulse(item.t_s, item.pulses) if self._belt else None, now_s)
            elif self._seat and self._seat.talk is self._talk:
                self._put(item, now_s)
        if self._belt:
            self._put(self._belt.silence(now_s), now_s)
        self._take_place(now_s)

    def _put(self, item: SampleBlock | Belt | None, now_s: float) -> None:
        if item is not None:
            self._arrived.put(Arrived(now_s, item), self._stop)

    def _take_place(self, now_s: float) -> None:
        if self._seat is None and self._talk.hello:
            self._seat = self._seats.claim(self.port, self._talk, now_s)
        if self._seat is None:
            if self.silence and not self._patient:
                raise SourceLost(self.silence)
            return
        if self._seat.talks.get(self.port) is not self._talk:
            raise SourceLost(f"{self.port} fell silent; its board is elsewhere")
        if self._seat.question and self._is_silent(now_s):
            raise SourceLost(f"{self.port} fell silent")
        if self._talk.sampling is None and self._seat.stream:
            self._talk.start(self._seat.stream, self._seat.next_segment, now_s)

    def _is_silent(self, now_s: float) -> bool:
        """Then it takes no place from a board that speaks."""
        return self._talk.sampling is not None and now_s - self._talk.heard_s > _SILENT_S

    def _answer(self, link: Link) -> None:
        words = self._talk.say(self._clock.monotonic_s())
        if words:
            link.write(words)

    def _end(self, why: str) -> None:
        self._seats.leave(self.port, self._talk, why)
        if self._belt and self._belt.pulses:
            now_s = self._clock.monotonic_s()
            self._put(Belt(now_s, None), now_s)
        if self._link:
            with suppress(SourceLost):
                self._link.write(self._talk.last_words())
            self._link.close()
        self.ended = why
