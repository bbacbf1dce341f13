"""Impact peak and loading rates, over 20-80 % of magnitude (Schmida 2022)."""

import math

import numpy as np
from msgspec import Struct

from softshoe.events import Array, ImpactMethod
from softshoe.gait.trace import Trace, crossing, slope, value_at

EARLIEST_S = 0.005
LATEST_FRACTION = 0.30
BEFORE_ACTIVE_S = 0.010
PROMINENCE_BW = 0.02
STANCE_FRACTION = 0.13
ACTIVE_FROM_FRACTION = 0.25
LEAD_S = 0.020


class Loading(Struct, frozen=True):
    """Average and largest rise of force up to an impact force, BW/s."""

    valr_bw_s: float
    vilr_bw_s: float


class Impact(Struct, frozen=True):
    """What the landing was like; ``method`` says which force stands for the impact."""

    method: ImpactMethod
    impact_bw: float
    time_ms: float
    impact13_bw: float
    loading: Loading | None
    loading13: Loading | None


def active_peak(force: Array, trace: Trace) -> int:
    """Index of the largest force in the later three quarters of contact."""
    span = trace.between(ACTIVE_FROM_FRACTION, 1.0)
    return int(span.start + np.argmax(force[span]))


def measure_impact(force: Array, trace: Trace, active: int) -> Impact:
    """``force`` (n,) in body weights, zero-lag filtered, with its active peak's index."""
    at13 = trace.at_fraction(STANCE_FRACTION)
    impact13 = value_at(force, at13)
    loading13 = measure_loading(force, trace, impact13)
    peak = find_impact_peak(force, trace, active)
    if peak is None:
        time_ms = 1000.0 * (at13 - trace.ic) / trace.rate_hz
        return Impact("stance13", impact13, time_ms, impact13, loading13, loading13)
    value = float(force[peak])
    time_ms = 1000.0 * (peak - trace.ic) / trace.rate_hz
    loading = measure_loading(force, trace, value)
    return Impact("peak", value, time_ms, impact13, loading, loading13)


def find_impact_peak(force: Array, trace: Trace, active: int) -> int | None:
    """First local maximum of enough prominence in the window where impacts are."""
    last = min(
        trace.ic + LATEST_FRACTION * (trace.to - trace.ic),
        active - BEFORE_ACTIVE_S * trace.rate_hz,
    )
    inside = trace.inside
    for index in range(math.ceil(trace.ic + EARLIEST_S * trace.rate_hz), math.floor(last) + 1):
        if (
            force[index - 1] < force[index] >= force[index + 1]
            and prominence(force[inside], index - inside.start) >= PROMINENCE_BW
        ):
            return index
    return None


def prominence(values: Array, peak: int) -> float:
    """How far one must go down from a peak before going up to a higher one, on the better side."""
    height = values[peak]
    higher_left = np.flatnonzero(values[:peak] > height)
    higher_right = np.flatnonzero(values[peak + 1 :] > height)
    left = higher_left[-1] if len(higher_left) else 0
    right = peak + 1 + higher_right[0] if len(higher_right) else len(values)
    base = max(values[left : peak + 1].min(), values[peak:right].min())
    return float(height - base)


def measure_loading(force: Array, trace: Trace, impact: float) -> Loading | None:
    """Rise between the first crossings of 20 and 80 % of the impact force; None without them."""
    start = max(0, math.floor(trace.ic - LEAD_S * trace.rate_hz))
    low = _first_rise(force, start, 0.2 * impact)
    high = None if low is None else _first_rise(force, math.floor(low), 0.8 * impact)
    if low is None or high is None or high <= low:
        return None
    valr = 0.6 * impact / (high - low) * trace.rate_hz
    first = max(math.floor(low), 1)
    rise = slope(force, first, min(math.ceil(high) + 2, len(force) - 1))
    whole = rise[math.ceil(low) - first : math.floor(high) - first + 1]
    ends = [value_at(rise, low - first), value_at(rise, high - first)]
    return Loading(valr, max(*whole.tolist(), *ends) * trace.rate_hz)


def _first_rise(force: Array, start: int, level: float) -> float | None:
    above = np.flatnonzero(force[start:] >= level)
    if not len(above) or above[0] == 0:
        return None
    return crossing(force, start + int(above[0]) - 1, level)
