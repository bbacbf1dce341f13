"""What waits to be written, and when its time has come."""

from collections import deque

from softshoe.events import Session, Step
from softshoe.store.journal import Storable

COMMIT_EVERY_S = 1.0
COMMIT_ROWS = 64
BOUND = 4096  # ten minutes of running and walking


class Batch:
    """Events not yet on disk, oldest first; when they are too many the oldest goes, counted."""

    def __init__(self) -> None:
        self._events: deque[Storable] = deque()
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._events)

    def add(self, event: Storable) -> None:
        """Keep what is stored; of steps only the final ones."""
        if isinstance(event, Step) and event.moment != "final":
            return
        if len(self._events) >= BOUND:
            self._events.popleft()
            self.dropped += 1
        self._events.append(event)

    def waiting(self) -> tuple[Storable, ...]:
        return tuple(self._events)

    def written(self, count: int) -> None:
        """The oldest ``count`` are on disk."""
        for _ in range(count):
            self._events.popleft()

    def due(self, since_commit_s: float) -> bool:
        """Once a second, or with 64 rows, or when a session has ended."""
        if not self._events:
            return False
        full = len(self._events) >= COMMIT_ROWS
        return full or since_commit_s >= COMMIT_EVERY_S or any(map(_ends, self._events))


def _ends(event: Storable) -> bool:
    return isinstance(event, Session) and event.state != "open"
