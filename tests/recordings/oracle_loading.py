"""Impact, loading rates, active peak, impulse, push-off of one contact of a drift-free record."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import find_peaks
from tests.recordings.oracle_signal import Array, Indices, integral, samples_between, value_at

PROMINENCE_BW = 0.02
STANDARD_G = 9.80665


@dataclass(frozen=True)
class Stance:
    """One contact: the record's force in body weights, and where the contact lies in it."""

    force_bw: Array
    initial: float
    toe_off: float
    rate_hz: float

    def at(self, fraction: float) -> float:
        return self.initial + fraction * (self.toe_off - self.initial)

    def percent(self, position: float) -> float:
        return 100 * (position - self.initial) / (self.toe_off - self.initial)

    def ms_after_initial(self, position: float) -> float:
        return 1000 * (position - self.initial) / self.rate_hz

    @property
    def samples(self) -> Indices:
        return samples_between(self.initial, self.toe_off)

    @property
    def active(self) -> int:
        return int(self.samples[np.argmax(self.force_bw[self.samples])])


def impact_peak(stance: Stance) -> int | None:
    """Sample of the first clear local maximum before the active one, if there is one."""
    first = stance.initial + 0.005 * stance.rate_hz
    last = min(stance.at(0.30), stance.active - 0.010 * stance.rate_hz)
    peaks, _ = find_peaks(stance.force_bw[stance.samples], prominence=PROMINENCE_BW)
    inside = [int(p) for p in stance.samples[peaks] if first <= p <= last]
    return inside[0] if inside else None


def loading_rates(stance: Stance, impact_bw: float) -> tuple[float, float]:
    """Average and greatest slope between the first crossings of 20 and 80 % of the impact."""
    low, high = (_first_rise(stance, share * impact_bw) for share in (0.2, 0.8))
    slope = np.gradient(stance.force_bw) * stance.rate_hz
    inside = slope[samples_between(low, high)]
    greatest = max([value_at(slope, low), value_at(slope, high), *inside])
    return 0.6 * impact_bw * stance.rate_hz / (high - low), greatest


def _first_rise(stance: Stance, level_bw: float) -> float:
    """First rise after the flight, which may lie a little before the 50 N crossing."""
    start = max(0, int(stance.initial) - int(0.01 * stance.rate_hz))
    x = stance.force_bw[start : int(stance.toe_off) + 1]
    edge = int(np.flatnonzero((x[:-1] < level_bw) & (x[1:] >= level_bw))[0])
    return start + edge + float((level_bw - x[edge]) / (x[edge + 1] - x[edge]))


def unloading_bw_s(stance: Stance) -> float:
    slope = np.gradient(stance.force_bw) * stance.rate_hz
    return float(-slope[samples_between(stance.at(0.65), stance.toe_off)].min())


def loading(stance: Stance) -> dict[str, float]:
    """Everything that one contact's force tells, named as in the product."""
    peak = impact_peak(stance)
    at13 = value_at(stance.force_bw, stance.at(0.13))
    impact = at13 if peak is None else float(stance.force_bw[peak])
    valr, vilr = loading_rates(stance, impact)
    valr13, vilr13 = loading_rates(stance, at13)
    whole = integral(stance.force_bw, stance.initial, stance.toe_off)
    return {
        "has_peak": float(peak is not None),
        "impact_peak_bw": impact,
        "impact_time_ms": stance.ms_after_initial(stance.at(0.13) if peak is None else peak),
        "impact13_bw": at13,
        "valr_bw_s": valr,
        "vilr_bw_s": vilr,
        "valr13_bw_s": valr13,
        "vilr13_bw_s": vilr13,
        "active_peak_bw": float(stance.force_bw[stance.active]),
        "active_time_pct": stance.percent(stance.active),
        "impulse_bw_s": whole / stance.rate_hz,
        "unloading_bw_s": unloading_bw_s(stance),
    }


def bounce(stance: Stance, next_initial: float) -> dict[str, float]:
    """Rise and fall of the body over one step, periodic; and the push from its lowest point."""
    grid = np.linspace(stance.initial, next_initial, 4001)
    seconds = (next_initial - stance.initial) / stance.rate_hz / (len(grid) - 1)
    force = np.interp(grid, np.arange(len(stance.force_bw)), stance.force_bw)
    acceleration = STANDARD_G * (force - _mean(force))
    speed = _running_integral(acceleration) * seconds
    speed -= _mean(speed)
    height = _running_integral(speed) * seconds
    lowest = grid[int(np.argmin(height))]
    push = integral(stance.force_bw - 1.0, lowest, stance.toe_off) / stance.rate_hz
    return {
        "vertical_oscillation_mm": 1000 * float(np.ptp(height)),
        "push_impulse_bw_s": push,
    }


def _mean(x: Array) -> float:
    return float(np.trapezoid(x)) / (len(x) - 1)


def _running_integral(x: Array) -> Array:
    return np.concatenate([[0.0], np.cumsum((x[1:] + x[:-1]) / 2)])
