"""Which contacts are steps, and when running begins."""

import math

from softshoe.events import Side

CONTACT_S = (0.10, 0.45)
PEAK_BW = (1.2, 10.0)
SHORTEST_STEP_S = 0.25
LONGEST_STEP_S = 0.60
RUNNING_FROM = 3
FORGET_S = 2.0
WALK_AFTER_LONG = 3


class Chain:
    """Judges contacts in the order of time.

    A long period never rejects a contact: after a missed contact or a pause nothing would be
    accepted again. It starts a new chain, and after 2 s running must begin again.
    """

    def __init__(self) -> None:
        self.running = False
        self.last_s = -math.inf
        self._streak = 0
        self._broken = False
        self._long = 0
        self._foot: Side | None = None

    def objection(
        self, ic_s: float, contact_s: float, peak: float, weight: float | None, mean_load: float
    ) -> str | None:
        """Why a contact is no step, or None. Until weight is known the load of late stands in."""
        if contact_s < CONTACT_S[0]:
            return "too_short"
        if contact_s > CONTACT_S[1]:
            return "too_long"
        if peak < PEAK_BW[0] * (weight or mean_load):
            return "too_weak"
        if weight and peak > PEAK_BW[1] * weight:
            return "too_strong"
        if -FORGET_S < ic_s - self.last_s < SHORTEST_STEP_S:  # else the source's clock began anew
            return "too_soon"
        return None

    def accept(self, ic_s: float, steps: int, foot: Side | None = None) -> bool:
        """Take a good contact, ``steps`` usual step times after the one accepted before it.

        True when that one is its neighbour. (A fast runner's two steps fit into 0.6 s: the limit
        alone would join the contacts on both sides of a missed one.) Twice the same ``foot``, where
        that is known, is a stride: the other one is not seen, and nobody walks for that.
        """
        period = ic_s - self.last_s
        stride = foot is not None and foot == self._foot
        self._foot = foot
        chained = period <= LONGEST_STEP_S and steps == 1 and not stride and not self._broken
        step_s = period / 2 if stride else period
        self._long = self._long + 1 if LONGEST_STEP_S < step_s <= FORGET_S else 0
        if period > FORGET_S:
            self.running = False
        self._streak = self._streak + 1 if chained else 1
        self._broken = False
        self.running = self.running or self._streak >= RUNNING_FROM
        self.last_s = ic_s
        return chained

    def reject(self) -> None:
        """Something came between: the next good contact has no neighbour before it."""
        self._broken = True

    def stop(self) -> None:
        """The runner walks or has gone."""
        self.running, self._streak, self._long = False, 0, 0

    @property
    def strides_like_walking(self) -> bool:
        return self._long >= WALK_AFTER_LONG
