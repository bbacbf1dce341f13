"""Product against reference: which step is which, and how far apart their values are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tests.recordings.oracle_deck import Reference
from tests.recordings.oracle_signal import Array, Indices

from softshoe.events import Step

NEAR_S = 0.03
BY_METHOD = frozenset({"impact_peak_bw", "impact_time_ms", "valr_bw_s", "vilr_bw_s"})


def column(steps: Sequence[Step], metric: str) -> Array:
    """One metric of all steps; NaN where it is not known."""
    values = [getattr(step, metric) for step in steps]
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def signs(steps: Sequence[Step]) -> Array:
    """+1 left, -1 right, 0 not known."""
    return np.array([{"left": 1.0, "right": -1.0}.get(step.side or "", 0.0) for step in steps])


@dataclass(frozen=True)
class Comparison:
    """Steps that both saw: positions among the product's steps, and in the reference."""

    steps: Sequence[Step]
    reference: Reference
    mine: Indices
    theirs: Indices

    @property
    def lost(self) -> list[int]:
        """Steps of the reference that the product did not see."""
        return sorted(set(range(len(self.reference))) - set(self.theirs.tolist()))

    @property
    def invented(self) -> list[int]:
        return sorted(set(range(len(self.steps))) - set(self.mine.tolist()))

    def expected(self, metric: str) -> Array:
        return self.reference.steps[metric][self.theirs]

    def found(self, metric: str) -> Array:
        return column(self.steps, metric)[self.mine]

    def error(self, metric: str) -> Array:
        """Product minus reference, only where both know it by the same impact method."""
        error = self.found(metric) - self.expected(metric)
        if metric in BY_METHOD:
            error = error[self.same_method]
        return error[np.isfinite(error)]

    def error_pct(self, metric: str) -> Array:
        ratio = 100 * (self.found(metric) / self.expected(metric) - 1)
        if metric in BY_METHOD:
            ratio = ratio[self.same_method]
        return ratio[np.isfinite(ratio)]

    @property
    def same_method(self) -> Array:
        peak = self.reference.steps["has_peak"][self.theirs] > 0
        mine = np.array([step.impact_method == "peak" for step in self.steps], dtype=bool)
        return np.asarray(mine[self.mine] == peak)


def compare(steps: Sequence[Step], reference: Reference) -> Comparison:
    """Pair steps whose initial contacts lie within 30 ms of each other."""
    mine, theirs = column(steps, "t_s"), reference.steps["t_s"]
    apart = np.abs(mine[:, None] - theirs[None, :])
    nearest = apart.argmin(axis=1) if len(mine) else np.array([], dtype=np.intp)
    near = np.flatnonzero(apart[np.arange(len(mine)), nearest] < NEAR_S)
    return Comparison(steps, reference, near, nearest[near])
