"""Two fake insole boards on real pseudo-terminals, with the whole service behind them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.daemon.parts import Collector, Running
from tests.hardware.fake_runner import LEFT, RIGHT, insole_board

from softshoe.clock import Clock
from softshoe.events import Health, LiveState, Session, SourceHealth, Step
from softshoe.hub import Hub
from softshoe_hw.boards_source import BoardsSource
from softshoe_hw.devices import serial_devices
from softshoe_hw.fake_port import FakePort


class PtyFeet:
    """Boards by name, and what came out of the hub."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.ports: dict[str, FakePort] = {}
        self.clock = clock
        self._began_s = clock.monotonic_s()
        self._by_id = folder / "serial" / "by-id"
        self.source = BoardsSource(
            (LEFT, RIGHT), clock, find_devices=partial(serial_devices, folder)
        )
        self._hub = Hub()
        self.seen = Collector(self._hub, Step, Session, LiveState, Health)

    def plug(self, name: str, side: str) -> None:
        """A board that has been in the same shoe all the time."""
        board = insole_board(side, self._began_s)
        board.reset(self.clock.monotonic_s())
        self.ports[name] = FakePort(board, self.clock)
        self.ports[name].plug(self._by_id / name)

    def unplug(self, name: str) -> None:
        self.ports.pop(name).unplug()

    @contextmanager
    def running(self) -> Iterator[Running]:
        """The boards met, the service at work."""
        self.source.meet()
        with Running(self._hub, self.source, self.seen, clock=self.clock) as running:
            yield running
        for name in list(self.ports):
            self.unplug(name)

    def health(self, stream: str) -> SourceHealth:
        told = self.seen.of(Health)
        return next(one for one in told[-1].sources if one.name == stream)

    def is_live(self, *streams: str) -> bool:
        told = self.seen.of(Health)
        return bool(told) and all(self.health(stream).state == "live" for stream in streams)

    def steps(self, side: str) -> list[Step]:
        return [step for step in self.seen.of(Step) if step.moment == "live" and step.side == side]
