"""A contact's force on the fine grid, and the moments that its metrics hang on."""

from functools import cached_property

import numpy as np

from softshoe.events import Array
from softshoe_hw.simulator.two_mass import GRAVITY_M_S2, TwoMass
from softshoe_hw.simulator.zero_lag import FINE_HZ, fine_times, zero_lag

_THRESHOLD_N = 50.0


class Curve:
    """Force over time after touching the ground; ``filtered`` as the definitions say, or bare."""

    def __init__(self, load: TwoMass, filtered: bool) -> None:
        self.load = load
        self.filtered = filtered
        self.t_s = fine_times(load.contact_s)
        self.force_n = self.seen(load.force_n(self.t_s)[:, None])[:, 0]
        self.weight_n = load.mass_kg * GRAVITY_M_S2
        peak = int(self.force_n.argmax())
        self.peak_s = float(self.t_s[peak])
        self.ic_s = self.rising(_THRESHOLD_N)
        self.to_s = self.last_falling(_THRESHOLD_N)

    def seen(self, curves: Array) -> Array:
        """What the definitions see of (rows, channels) on this grid."""
        return zero_lag(curves) if self.filtered else curves

    @property
    def contact_s(self) -> float:
        return self.to_s - self.ic_s

    @cached_property
    def slope_n_s(self) -> Array:
        return np.gradient(self.force_n, 1 / FINE_HZ)

    def at(self, t_s: float) -> float:
        return float(np.interp(t_s, self.t_s, self.force_n))

    def within(self, start_s: float, end_s: float) -> slice:
        """The rows from ``start_s`` to ``end_s``."""
        start, end = np.searchsorted(self.t_s, (start_s, end_s))
        return slice(int(start), int(end))

    def rising(self, level_n: float) -> float:
        """When the force first passes a level."""
        return crossing_s(self.t_s, self.force_n, level_n, int(np.argmax(self.force_n > level_n)))

    def last_falling(self, level_n: float) -> float:
        """When the force leaves a level for good."""
        last = len(self.force_n) - int(np.argmax(self.force_n[::-1] > level_n))
        return crossing_s(self.t_s, self.force_n, level_n, last)


def crossing_s(t_s: Array, curve: Array, level: float, after: int) -> float:
    """Where the curve passes ``level`` between row ``after`` - 1 and ``after``."""
    low, high = curve[after - 1], curve[after]
    share = (level - low) / (high - low)
    return float(t_s[after - 1] + share * (t_s[after] - t_s[after - 1]))
