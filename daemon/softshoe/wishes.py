"""What people want of the run: put by any thread, taken by the pipeline's."""

import threading
from collections import deque

from softshoe.events import Wish

_BOUND = 64


class Wishes:
    """Few at a time. Each gets its time, on the source's clock, when it is taken."""

    def __init__(self) -> None:
        self._waiting: deque[Wish] = deque()
        self._lock = threading.Lock()
        self.belt_is_measured = False
        """Whether the source itself tells the belt's speed."""

    def put(self, wish: Wish) -> bool:
        """False when nobody has taken any for so long that there are too many."""
        with self._lock:
            if len(self._waiting) >= _BOUND:
                return False
            self._waiting.append(wish)
            return True

    def take(self) -> list[Wish]:
        """All that wait, in order."""
        with self._lock:
            wishes = list(self._waiting)
            self._waiting.clear()
            return wishes
