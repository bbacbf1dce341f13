"""A clock that only goes on when somebody waits."""

import threading
from datetime import UTC, datetime


class FakeClock:
    """A Clock; `stop_event` waits by moving it, and remembers for how long."""

    def __init__(self, now_s: float = 100.0) -> None:
        self.now_s = now_s

    def monotonic_s(self) -> float:
        return self.now_s

    def wall(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)

    def synced(self) -> bool:
        return True

    def boot(self) -> str:
        return "boot"


class WaitingEvent(threading.Event):
    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.waits.append(round(timeout, 9))
        self._clock.now_s += timeout
        return self.is_set()
