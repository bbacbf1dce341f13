"""The live stream: server-sent events with a steady beat, resumable by event id."""

import threading
from collections import Counter
from collections.abc import Iterator

from softshoe_web.live import Live

BEAT_S = 0.5  # also how soon the seat of a screen that left is free again
RETRY = b"retry: 1000\n\n"  # how long a browser waits, in ms, before it comes back


class Seats:
    """How many streams are open, in all and from one address. Each holds a thread of the server."""

    def __init__(self, total: int, per_address: int) -> None:
        self.total = total
        self.per_address = per_address
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def taken(self) -> int:
        with self._lock:
            return self._taken.total()

    def take(self, address: str) -> bool:
        """False when all are taken, or all of this address."""
        with self._lock:
            free = self._taken.total() < self.total
            free = free and self._taken[address] < self.per_address
            self._taken[address] += free
            return free

    def leave(self, address: str) -> None:
        with self._lock:
            self._taken[address] -= 1
            self._taken = +self._taken


def stream(live: Live, last_event_id: str) -> Iterator[bytes]:
    """Frames from ``last_event_id`` on; a snapshot first when that is not possible.

    A reader who falls more than the kept frames behind gets a new snapshot instead of the past.
    """
    yield RETRY
    cursor = live.cursor_of(last_event_id)
    while not live.ended:
        if cursor is None:
            first, cursor = live.start()
            yield first
        batch = live.after(cursor, BEAT_S)
        yield b"".join((*batch.frames, live.beat()))
        cursor = None if batch.missed else batch.cursor
