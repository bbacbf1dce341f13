"""Where a contact's pressure truly is on the deck, relative to belt and body."""

from functools import cached_property

import numpy as np

from softshoe.events import Array
from softshoe_hw.simulator.footfall import Footfall
from softshoe_hw.simulator.sole import Shares
from softshoe_hw.simulator.truth_curve import Curve
from softshoe_hw.simulator.zero_lag import FINE_HZ

_VALID_N, _VALID_BW = 150.0, 0.2
_ENOUGH_ROWS = round(0.010 * FINE_HZ)


class Place:
    """The centre of pressure of one contact, mm, and what follows from it alone."""

    def __init__(self, footfall: Footfall, curve: Curve, shares: Shares) -> None:
        self._footfall = footfall
        self._curve = curve
        since_s = np.clip(curve.t_s, 0.0, footfall.load.contact_s)
        bare_n = footfall.load.force_n(curve.t_s)
        x_mm, y_mm = footfall.deck_x_mm(since_s), footfall.deck_y_mm(since_s, shares)
        moments = curve.seen(np.stack((bare_n * x_mm, bare_n * y_mm), axis=1))
        self.moment_x, moment_y = moments.T
        least_n = max(_VALID_N, _VALID_BW * curve.weight_n)
        self._valid = np.flatnonzero(curve.force_n > least_n)
        self._x_mm = self.moment_x[self._valid] / curve.force_n[self._valid]
        self._y_mm = moment_y[self._valid] / curve.force_n[self._valid]
        self._t_s = curve.t_s[self._valid]

    @cached_property
    def landing_x_mm(self) -> float:
        """10-20 ms after initial contact, carried back to it by the belt."""
        rows = self._window(self._curve.ic_s + 0.010, self._curve.ic_s + 0.020)
        return float(np.mean(self._on_belt_mm(rows))) - self._belt_mm_s * self._curve.ic_s

    @cached_property
    def leaving_x_mm(self) -> float:
        """The last 10 ms that count, carried forward to toe-off by the belt."""
        rows = slice(-_ENOUGH_ROWS, None)
        return float(np.mean(self._on_belt_mm(rows))) - self._belt_mm_s * self._curve.to_s

    @property
    def cop_travel_mm(self) -> float:
        """On the belt, from 10-20 ms to 45-55 % of contact."""
        ic_s, contact_s = self._curve.ic_s, self._curve.contact_s
        middle = self._window(ic_s + 0.45 * contact_s, ic_s + 0.55 * contact_s)
        at_middle_mm = float(np.mean(self._on_belt_mm(middle)))
        return at_middle_mm - self.landing_x_mm - self._belt_mm_s * ic_s

    @cached_property
    def mean_y_mm(self) -> float:
        """Over 20-80 % of contact."""
        ic_s, contact_s = self._curve.ic_s, self._curve.contact_s
        rows = self._window(ic_s + 0.2 * contact_s, ic_s + 0.8 * contact_s)
        return float(np.mean(self._y_mm[rows]))

    @property
    def on_sole_mm(self) -> float:
        """How far the pressure goes on the sole, from landing to leaving."""
        moved_mm = self._belt_mm_s * self._curve.contact_s
        return self.leaving_x_mm - self.landing_x_mm + moved_mm

    @cached_property
    def sums(self) -> tuple[float, float]:
        """ΣF·x and ΣF over the contact."""
        contact = self._curve.within(self._curve.ic_s, self._curve.to_s)
        return float(self.moment_x[contact].sum()), float(self._curve.force_n[contact].sum())

    @property
    def _belt_mm_s(self) -> float:
        return 1000 * self._footfall.belt_m_s

    def _on_belt_mm(self, rows: slice) -> Array:
        """Relative to a point of the belt that is at 0 when the foot touches the ground."""
        place_mm: Array = self._x_mm[rows] + self._belt_mm_s * self._t_s[rows]
        return place_mm

    def _window(self, start_s: float, end_s: float) -> slice:
        """Rows that count between two times; if these are too few, the first that do."""
        start, end = np.searchsorted(self._t_s, (start_s, end_s)).tolist()
        return slice(start, end) if end - start >= _ENOUGH_ROWS else slice(0, _ENOUGH_ROWS)
