"""Which foot is which on a deck: the places of neighbouring contacts alternate from side to side.

A contact's parity follows from the time since the last one over the usual step time, so that a
missed contact does not swap the feet. The side of a parity is decided by evidence, and is unknown
rather than wrong.
"""

import math
from collections import deque
from statistics import median
from typing import Literal

from softshoe.events import Side

Parity = Literal[0, 1]
NEEDED = 10
REMEMBERED = 60
CERTAINTY = 3.0
CORRELATION = 1.63
LEAST_MM = 15.0
USUAL_STEPS = 8
FORGET_S = 2.0


class Parities:
    """Numbers contacts 0, 1, 0, 1 … through missed ones; a long pause begins anew."""

    def __init__(self) -> None:
        self.parity: Parity = 0
        self._last_s = -math.inf
        self._step_s: deque[float] = deque(maxlen=USUAL_STEPS)

    def steps_since_last(self, initial_contact_s: float) -> int:
        """How many steps lie between the last contact and this one; 0 after a long pause."""
        elapsed = initial_contact_s - self._last_s
        if not 0.0 <= elapsed <= FORGET_S:
            return 0
        usual = median(self._step_s) if self._step_s else elapsed
        return max(1, round(elapsed / usual))

    def expected(self, initial_contact_s: float) -> Parity:
        """The parity of a contact that begins at this time."""
        steps = self.steps_since_last(initial_contact_s)
        return self.parity if steps % 2 == 0 else _other(self.parity)

    def feed(self, initial_contact_s: float) -> int:
        """Take an accepted contact; its parity is in ``parity``. Returns `steps_since_last`."""
        steps = self.steps_since_last(initial_contact_s)
        if steps == 0:
            self._step_s.clear()
        if steps == 1:
            self._step_s.append(initial_contact_s - self._last_s)
        self.parity = 0 if steps == 0 else self.expected(initial_contact_s)
        self._last_s = initial_contact_s
        return steps


def _other(parity: Parity) -> Parity:
    return 1 if parity == 0 else 0


class SideEvidence:
    """How far contacts lie to the left of their two neighbours, signed by parity."""

    def __init__(self) -> None:
        self._signed_mm: list[float] = []
        self._even_is_left: bool | None = None

    def feed(self, parity: Parity, left_of_neighbours_mm: float) -> None:
        """Decide from the last contacts, and again when these say the opposite."""
        self._signed_mm.append(left_of_neighbours_mm if parity == 0 else -left_of_neighbours_mm)
        verdict = decide(self._signed_mm[-REMEMBERED:])
        if verdict is not None:
            self._even_is_left = verdict

    def decide_whole(self) -> None:
        """For a finished recording: label the whole chain at once when its evidence suffices."""
        verdict = decide(self._signed_mm)
        if verdict is not None:
            self._even_is_left = verdict

    def side(self, parity: Parity) -> Side:
        if self._even_is_left is None:
            return "unknown"
        return "left" if self._even_is_left == (parity == 0) else "right"


def decide(signed_mm: list[float]) -> bool | None:
    """True: even contacts are left; False: right; None: the evidence does not suffice."""
    count = len(signed_mm)
    if count < NEEDED:
        return None
    centre = sum(signed_mm) / count
    spread = math.sqrt(sum((value - centre) ** 2 for value in signed_mm) / (count - 1))
    error = CORRELATION * spread / math.sqrt(count)
    if abs(centre) < LEAST_MM or abs(centre) < CERTAINTY * error:
        return None
    return centre > 0.0
