"""Stage 2: one contact's own samples, free of drift, filtered without lag, its edges found.

Indices are (fractional) samples of the trace; `seconds` and the integrals take them as they are.
"""

import math

import numpy as np
from msgspec import Struct

from softshoe.events import Array
from softshoe.gait.filters import ZeroLag
from softshoe.gait.track import Quiet

PLACE_FLOOR_N = 150.0
PLACE_FLOOR_BW = 0.2


class Trace(Struct, frozen=True, eq=False):
    """A contact with what lies around it. ``force`` is (n,), ``channels`` (n, c)."""

    rate_hz: float
    force: Array
    channels: Array
    ic: float
    to: float

    @property
    def contact_s(self) -> float:
        return (self.to - self.ic) / self.rate_hz

    @property
    def inside(self) -> slice:
        """The whole samples between initial contact and toe-off."""
        return slice(math.ceil(self.ic), math.floor(self.to) + 1)

    def seconds(self) -> Array:
        """Time of each sample after initial contact."""
        return (np.arange(len(self.force), dtype=np.float64) - self.ic) / self.rate_hz

    def at_fraction(self, fraction: float) -> float:
        """The (fractional) index at a fraction of contact."""
        return self.ic + fraction * (self.to - self.ic)

    def between(self, start: float, end: float) -> slice:
        """Whole samples between two fractions of contact."""
        return slice(math.ceil(self.at_fraction(start)), math.floor(self.at_fraction(end)) + 1)


def remove_drift(rows: Array, start: int, before: Quiet, after: Quiet | None) -> Array:
    """Subtract the straight line between the zeros before and after; constant where one is missing.

    ``rows`` (n, channels) begin at index ``start``. A zero by the start rule is a guess that gives
    way to a flight's.
    """
    if after is None or after.index <= before.index:
        return rows - before.zero
    if not before.settled:
        return rows - after.zero
    share = (np.arange(start, start + len(rows)) - before.index) / (after.index - before.index)
    share = np.clip(share, 0.0, 1.0)[:, None]
    line: Array = before.zero + share * (after.zero - before.zero)
    return rows - line


def find_edges(force: Array, level: float, low: int, high: int) -> tuple[float, float] | None:
    """Interpolated crossings of ``level`` around the largest force in [low, high), or None.

    None when the force is not above the level, or is still above it at an end of the samples.
    """
    low, high = max(low, 0), min(high, len(force))
    if high <= low:
        return None
    peak = low + int(np.argmax(force[low:high]))
    below_before = np.flatnonzero(force[:peak] < level)
    below_after = np.flatnonzero(force[peak:] < level)
    if force[peak] < level or not len(below_before) or not len(below_after):
        return None
    return (
        crossing(force, int(below_before[-1]), level),
        crossing(force, peak + int(below_after[0]) - 1, level),
    )


def crossing(values: Array, index: int, level: float) -> float:
    """Where the line from sample ``index`` to the next passes ``level``."""
    first, second = float(values[index]), float(values[index + 1])
    return index + (level - first) / (second - first)


def value_at(values: Array, index: float) -> float:
    """Linear interpolation at a fractional index."""
    whole = int(index)
    share = index - whole
    if share == 0.0:
        return float(values[whole])
    return float(values[whole] + share * (values[whole + 1] - values[whole]))


def integral(values: Array, start: float, end: float, rate_hz: float) -> float:
    """Trapezoidal integral over time between two fractional indices, at least a sample apart."""
    first, last = math.ceil(start), math.floor(end)
    at_first, at_last = float(values[first]), float(values[last])
    whole = float(values[first : last + 1].sum()) - 0.5 * (at_first + at_last)
    before = 0.5 * (first - start) * (value_at(values, start) + at_first)
    after = 0.5 * (end - last) * (at_last + value_at(values, end))
    return (before + whole + after) / rate_hz


def slope(values: Array, start: int, stop: int) -> Array:
    """Central differences a sample at indices [start, stop), which lie inside the values."""
    central: Array = 0.5 * (values[start + 1 : stop + 1] - values[start - 1 : stop - 1])
    return central


def place_floor(body_weight: float | None) -> float:
    """A centre of pressure is only believed above this force (N)."""
    return max(PLACE_FLOOR_N, PLACE_FLOOR_BW * (body_weight or 0.0))


def filtered(rows: Array, zero_lag: ZeroLag, is_deck: bool) -> tuple[Array, Array]:
    """(force, channels) of drift-free rows after the zero-lag filter."""
    channels = zero_lag.apply(rows)
    return (channels[:, 0] if is_deck else channels.sum(axis=1)), channels
