"""Against guessing: five tries a minute, then ever longer waits. For everybody at once.

No address is trusted, so nobody gets tries of their own.
"""

import threading
from collections import deque
from collections.abc import Callable
from http import HTTPStatus
from math import ceil

from softshoe_web.problems import Problem

FREE = 5
FIRST_WAIT_S = 60.0
LONGEST_WAIT_S = 900.0
FORGOTTEN_S = 24 * 3600.0


class Throttle:
    """Counts a try before it is looked at, so that many at once are not a way around."""

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        self._monotonic_s = monotonic_s
        self._tries: deque[float] = deque()
        self._lock = threading.Lock()

    def count(self) -> float:
        """A try, for `forgive`; Problem, with the time to wait, when it is one too many."""
        with self._lock:
            now_s = self._monotonic_s()
            while self._tries and now_s - self._tries[0] > FORGOTTEN_S:
                self._tries.popleft()
            wait_s = self._next_s() - now_s
            if wait_s > 0:
                raise Problem(
                    HTTPStatus.TOO_MANY_REQUESTS, "Too many wrong tries: wait.", ceil(wait_s)
                )
            self._tries.append(now_s)
            return now_s

    def forgive(self, counted: float) -> None:
        """That one was right."""
        with self._lock:
            if counted in self._tries:
                self._tries.remove(counted)

    def _next_s(self) -> float:
        """When the next try may be made."""
        too_many = len(self._tries) - FREE
        if too_many < 0:
            return 0.0
        return self._tries[-1] + min(FIRST_WAIT_S * 2.0**too_many, LONGEST_WAIT_S)
