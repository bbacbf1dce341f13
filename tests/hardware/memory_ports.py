"""Ports made of memory with fake boards behind them, and a source that looks at them.

Everything goes on under one clock, in one thread, whenever `pass_time` is called.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from tests.hardware.fake_time import FakeClock, WaitingEvent

from softshoe.errors import SourceLost
from softshoe.events import BoardReport, SampleBlock, SourceItem
from softshoe.settings import BoardSettings
from softshoe_hw.board_reader import BoardReader
from softshoe_hw.boards_source import BoardsSource
from softshoe_hw.fake_board import FakeBoard

STEP_S = 0.01


class Ports:
    """What is plugged in where."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.boards: dict[str, FakeBoard] = {}
        self.opened: list[tuple[str, int]] = []
        self.late_s: Callable[[], float] = lambda: 0.0
        """How long what is sent now is under way."""
        self.step_s: Callable[[], float] = lambda: STEP_S
        """How long until somebody looks again."""

    def plug(self, port: str, board: FakeBoard) -> None:
        self.boards[port] = board

    def unplug(self, port: str) -> None:
        del self.boards[port]

    def find(self) -> Sequence[str]:
        return tuple(self.boards)

    def open(self, port: str, baud: int) -> "MemoryLink":
        if port not in self.boards:
            raise SourceLost(f"{port} cannot be opened: it is not there")
        self.opened.append((port, baud))
        return MemoryLink(self, port, self.boards[port])


class MemoryLink:
    """An open port: what the board says comes in order, after some time."""

    def __init__(self, ports: Ports, port: str, board: FakeBoard) -> None:
        self.closed = False
        self._ports, self._port, self._board = ports, port, board
        self._under_way: deque[tuple[float, bytes]] = deque()

    def read(self) -> bytes:
        now_s = self._still_there()
        said = self._board.say(now_s)
        if said:
            self._under_way.append((now_s + self._ports.late_s(), said))
        arrived = []
        while self._under_way and self._under_way[0][0] <= now_s:
            arrived.append(self._under_way.popleft()[1])
        return b"".join(arrived)

    def write(self, data: bytes) -> None:
        self._board.hear(data, self._still_there())

    def close(self) -> None:
        self.closed = True

    def _still_there(self) -> float:
        if self._ports.boards.get(self._port) is not self._board:
            raise SourceLost(f"{self._port} went away: unplugged")
        return self._ports.clock.now_s


class _Turning(WaitingEvent):
    """While somebody waits for it, the readers go on."""

    def __init__(self, clock: FakeClock, turn: Callable[[], None]) -> None:
        super().__init__(clock)
        self._turn = turn

    def wait(self, timeout: float | None = None) -> bool:
        stopped = super().wait(timeout)
        self._turn()
        return stopped


class Treadmill:
    """A source of fake boards, step by step."""

    def __init__(
        self,
        *boards: BoardSettings,
        ports: Ports | None = None,
        mm_per_pulse: float | None = None,
    ) -> None:
        self.ports = ports or Ports(FakeClock())
        self.clock = self.ports.clock
        self.readers: list[BoardReader] = []
        self.source = BoardsSource(
            boards,
            self.clock,
            mm_per_pulse,
            self.ports.find,
            self.ports.open,
            self.readers.append,
            _Turning(self.clock, self._turn),
        )

    def pass_time(self, seconds: float) -> list[SourceItem | BoardReport]:
        """What the source gives meanwhile."""
        return list(self.items(seconds))

    def hold_up(self, seconds: float) -> None:
        """Only the readers go on."""
        until_s = self.clock.now_s + seconds
        while self.clock.now_s < until_s:
            self.clock.now_s += STEP_S
            self._turn()

    def items(self, seconds: float) -> Iterator[SourceItem | BoardReport]:
        """The same, while the clock stands at the moment of each."""
        until_s = self.clock.now_s + seconds
        while self.clock.now_s < until_s - STEP_S / 2:
            self.clock.now_s += self.ports.step_s()
            self._turn()
            yield from self.source.step(0.0)

    def _turn(self) -> None:
        self.readers[:] = [reader for reader in self.readers if reader.turn()]


def blocks_of(items: Sequence[object], stream: str) -> list[SampleBlock]:
    return [item for item in items if isinstance(item, SampleBlock) and item.stream == stream]


def reports_of(items: Sequence[object], stream: str) -> list[BoardReport]:
    return [item for item in items if isinstance(item, BoardReport) and item.stream == stream]
