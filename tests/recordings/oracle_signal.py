"""Whole-record signal arithmetic of the offline reference: filter, crossings, windows, integrals.

The reference shares nothing with the product: it sees the whole record at once and uses scipy.
Positions are sample numbers, fractional where a level is crossed between two samples.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

Array = NDArray[np.float64]
Indices = NDArray[np.intp]


def cutoff_hz(rate_hz: float) -> float:
    return min(50.0, 0.3 * rate_hz)


def zero_lag_lowpass(x: Array, rate_hz: float) -> Array:
    """4th order, zero lag: 2nd order both ways, the cut-off moved so that the pair has -3 dB."""
    correction = (np.sqrt(2) - 1) ** 0.25
    warped = np.tan(np.pi * cutoff_hz(rate_hz) / rate_hz) / correction
    sos = butter(2, np.arctan(warped) * rate_hz / np.pi, fs=rate_hz, output="sos")
    return np.asarray(sosfiltfilt(sos, x, axis=0, padlen=int(0.2 * rate_hz)))


def crossings(x: Array, level: float) -> tuple[Array, Array]:
    """Interpolated positions where x rises to ``level``, and where it falls below it."""
    above = x >= level
    edges = np.flatnonzero(above[1:] != above[:-1])
    position = edges + (level - x[edges]) / (x[edges + 1] - x[edges])
    return position[~above[edges]], position[above[edges]]


def samples_between(first: float, last: float) -> Indices:
    return np.arange(np.ceil(first), np.floor(last) + 1).astype(np.intp)


def value_at(x: Array, position: float) -> float:
    return float(np.interp(position, np.arange(len(x)), x))


def integral(x: Array, first: float, last: float) -> float:
    """Trapezoids over samples, with interpolated ends; in units of x times samples."""
    inside = samples_between(first, last)
    positions = np.concatenate([[first], inside, [last]])
    ends = value_at(x, first), value_at(x, last)
    return float(np.trapezoid(np.concatenate([[ends[0]], x[inside], [ends[1]]]), positions))


def middle_half(first: float, last: float) -> Indices:
    quarter = (last - first) / 4
    return samples_between(first + quarter, last - quarter)


def baseline(x: Array, off: Array, on: Array) -> Array:
    """Line through the medians of the middle halves of the unloaded spans off[i] .. on[i]."""
    medians = [np.median(x[middle_half(a, b)], axis=0) for a, b in zip(off, on, strict=True)]
    where = np.arange(len(x))
    columns = np.atleast_2d(np.array(medians).T)
    lines = [np.interp(where, (off + on) / 2, column) for column in columns]
    return np.stack(lines, axis=-1).reshape(x.shape)
