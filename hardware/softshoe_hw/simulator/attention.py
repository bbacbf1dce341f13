"""How the simulated runner answers a coach: softer after a cue, and then it slowly forgets.

What was heard, and when, is kept, so that the truth of the steps can be told again afterwards.
"""

import threading
from bisect import bisect_right
from math import exp

from softshoe.coaching import Cue
from softshoe.hub import Hub

_FORGETS_S = 60.0
_WAIT_S = 0.1


class Attention:
    """`hear` may be any thread's, `at` the one's that makes the steps, in their order."""

    def __init__(self) -> None:
        self._pending = threading.Event()
        self._heard_s: list[float] = []

    def hear(self) -> None:
        """A cue was shown: the next step is made with it in mind."""
        self._pending.set()

    def at(self, t_s: float) -> float:
        """1 just after a cue, a third a minute later, 0 before the first."""
        if self._pending.is_set():
            self._pending.clear()
            self._heard_s.append(t_s)
        heard = bisect_right(self._heard_s, t_s)
        return exp((self._heard_s[heard - 1] - t_s) / _FORGETS_S) if heard else 0.0


class Ears:
    """A sink: what the coach says reaches the simulated runner."""

    name = "ears"

    def __init__(self, attention: Attention, hub: Hub) -> None:
        self._attention = attention
        self._cues = hub.subscribe(self.name, (Cue,), 4)

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            for _ in self._cues.take(_WAIT_S):
                self._attention.hear()
