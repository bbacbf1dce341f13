"""The bounded queue between the sources' threads and the pipeline's.

When it is full the oldest block of samples goes and is counted: a sensor cannot wait. A recording
can, so with ``patient`` its thread waits instead and nothing is lost.
"""

import threading
from collections import deque

from msgspec import Struct

from softshoe.events import SampleBlock, SourceItem

_WAIT_S = 0.1


class Arrived(Struct, frozen=True, eq=False):
    """What a source gave, and when, in seconds of the process's monotonic clock."""

    monotonic_s: float
    item: SourceItem


class Intake:
    """Filled by any number of threads, emptied by one."""

    def __init__(self, bound: int, *, patient: bool = False) -> None:
        self.dropped = 0
        self._bound = bound
        self._patient = patient
        self._items: deque[Arrived] = deque()
        self._changed = threading.Condition()

    def put(self, arrived: Arrived, stop: threading.Event) -> None:
        with self._changed:
            while self._patient and len(self._items) >= self._bound and not stop.is_set():
                self._changed.wait(_WAIT_S)
            if len(self._items) >= self._bound:
                self._drop()
            self._items.append(arrived)
            self._changed.notify_all()

    def _drop(self) -> None:
        """Let the oldest block go; the belt's speed is kept, for it holds until the next one."""
        for place, arrived in enumerate(self._items):
            if isinstance(arrived.item, SampleBlock):
                del self._items[place]
                break
        else:
            self._items.popleft()
        self.dropped += 1

    def take(self, timeout_s: float) -> list[Arrived]:
        """Everything that waits, oldest first; empty after ``timeout_s`` without anything."""
        with self._changed:
            if not self._items:
                self._changed.wait(timeout_s)
            items = list(self._items)
            self._items.clear()
            self._changed.notify_all()
            return items
