"""All sensor boards of a treadmill as one source, wherever they are plugged in."""

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from softshoe.clock import Clock
from softshoe.events import BoardReport, SourceItem, Tick
from softshoe.intake import Intake
from softshoe.rigs import Conditions, Rig
from softshoe.settings import BoardSettings
from softshoe_hw.belt_speed import BeltSpeed
from softshoe_hw.board import Board
from softshoe_hw.board_reader import BoardReader, Link
from softshoe_hw.board_reports import Reporter, report_on
from softshoe_hw.board_streams import hello_of
from softshoe_hw.csv_board import CsvBoard
from softshoe_hw.devices import serial_devices
from softshoe_hw.port_search import PortSearch
from softshoe_hw.seats import Seats
from softshoe_hw.serial_link import SerialLink
from softshoe_hw.talk import Talk

_BLOCKS_WAITING = 3000  # 10 s of three boards: a machine that is held up catches up
_WAIT_S = 0.05
_TICK_EVERY_S = 0.05
_LATEST_S = 0.05
"""Samples that come later than this after they were taken are not waited for."""
_LOOK_EVERY_S = 0.5
_ANSWERS_WITHIN_S = 2.0
_STOPS_WITHIN_S = 1.0

OpenLink = Callable[[str, int], Link]


class BoardsSource:
    """A Source whose boards may come and go. `meet` comes first: it fixes the rig."""

    def __init__(
        self,
        boards: Sequence[BoardSettings],
        clock: Clock,
        mm_per_pulse: float | None = None,
        find_devices: Callable[[], Sequence[str]] = serial_devices,
        open_link: OpenLink = SerialLink,
        begin: Callable[[BoardReader], None] | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._clock = clock
        self._mm_per_pulse = mm_per_pulse
        self._find_devices = find_devices
        self._open_link = open_link
        self._begin = begin or self._in_thread
        self._stop = stop or threading.Event()
        self._threads: list[threading.Thread] = []
        self._readers: list[BoardReader] = []
        self._arrived = Intake(_BLOCKS_WAITING)
        self._seats = Seats(boards)
        self._named = {board.port: board for board in boards if board.port}
        self._search = PortSearch(self._named)
        self._reporter = Reporter()
        self._looked_s = self._ticked_s = float("-inf")

    @property
    def name(self) -> str:
        return "boards"

    @property
    def rig(self) -> Rig:
        rig = self._seats.rig
        assert rig, "the boards have not been met"
        return rig

    @property
    def conditions(self) -> Conditions:
        return Conditions()

    def meet(self, within_s: float = _ANSWERS_WITHIN_S) -> None:
        """Wait for the boards to say who they are; who comes later must fit in."""
        until_s = self._clock.monotonic_s() + within_s
        while not self._seats.filled and self._clock.monotonic_s() < until_s:
            self._look(self._clock.monotonic_s())
            self._stop.wait(_WAIT_S)
        self._seats.fix()

    def blocks(self) -> Iterator[SourceItem | BoardReport]:
        while not self._stop.is_set():
            yield from self.step(_WAIT_S)

    def step(self, wait_s: float) -> Iterator[SourceItem | BoardReport]:
        """What has come; waits up to ``wait_s`` for the first."""
        for arrived in self._arrived.take(wait_s):
            yield arrived.item
        now_s = self._clock.monotonic_s()
        self._look(now_s)
        if now_s - self._ticked_s >= _TICK_EVERY_S:
            self._ticked_s = now_s
            yield from self._reports(now_s)
            yield Tick(now_s - _LATEST_S)

    def close(self) -> None:
        self._stop.set()
        for reader in self._readers:
            reader.close()
        for thread in self._threads:
            thread.join(_STOPS_WITHIN_S)

    # --- ports -------------------------------------------------------------------------------

    def _look(self, now_s: float) -> None:
        """Who ended, and who is to be tried."""
        for reader in [reader for reader in self._readers if reader.ended]:
            self._readers.remove(reader)
            tell = self._search.gone if reader.had_board else self._search.failed
            tell(reader.port, reader.ended or "", now_s)
        if now_s - self._looked_s >= _LOOK_EVERY_S:
            self._looked_s = now_s
            for port in self._search.due(self._plugged(), now_s):
                self._read(port)

    def _plugged(self) -> Sequence[str]:
        """Ports are only tried while a board is missing that may be at any of them."""
        anywhere = [seat for seat in self._seats.all if not seat.board.port]
        busy = [reader.port for reader in self._readers]
        if all(seat.talks for seat in anywhere):
            return busy
        named = {str(Path(port).resolve()) for port in self._named}
        return [*busy, *(port for port in self._find_devices() if port not in named)]

    def _read(self, port: str) -> None:
        board = self._named.get(port)
        reader = BoardReader(
            port=port,
            talk=_talk(board),
            open_link=partial(self._open_link, port, board.baud if board else self._baud()),
            seats=self._seats,
            arrived=self._arrived,
            clock=self._clock,
            belt=BeltSpeed(self._mm_per_pulse) if self._mm_per_pulse else None,
            patient=board is not None,
        )
        self._readers.append(reader)
        self._begin(reader)

    def _baud(self) -> int:
        """Of a board that may be anywhere: the one that is missing."""
        anywhere = [seat for seat in self._seats.all if not seat.board.port]
        missing = [seat for seat in anywhere if not seat.talks]
        return (missing or anywhere)[0].board.baud

    def _in_thread(self, reader: BoardReader) -> None:
        thread = threading.Thread(target=reader.run, name=f"reader {reader.port}", daemon=True)
        self._threads = [*(one for one in self._threads if one.is_alive()), thread]
        thread.start()

    # --- health ------------------------------------------------------------------------------

    def _reports(self, now_s: float) -> Iterator[BoardReport]:
        for seat in self._seats.all:
            report = report_on(seat, self._about_ports(seat.board.port), now_s)
            if self._reporter.is_news(report):
                yield report

    def _about_ports(self, named: str) -> list[str]:
        """Why a board is not found at the port that is named, or at any of the others."""
        silent = {reader.port: reader.silence for reader in self._readers if reader.silence}
        why = {**self._search.why, **silent}
        return [text for port, text in why.items() if text and (named or port) == port]


def _talk(board: BoardSettings | None) -> Talk:
    return CsvBoard(hello_of(board)) if board and board.format == "csv" else Board()
