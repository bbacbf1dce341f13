"""The filter that belongs to the metrics' definitions, on a fine grid of time.

The definitions filter the force with a zero-lag 4th-order Butterworth at 50 Hz. Here its effect
is applied as what it is, a factor for each frequency: two passes of a 2nd-order one whose cut-off
is raised so that both together lose 3 dB at 50 Hz give |H|² = 1 / (1 + (f/f′)⁴) with
f′ = 50 Hz / (√2 - 1)^¼. That is the limit for an infinite sampling rate, reached in another way
than any streaming code does.
"""

from math import ceil

import numpy as np

from softshoe.events import Array

FINE_HZ = 10_000.0
_PAD_S = 0.1
_CUTOFF_HZ = 50.0
_QUICK_ROWS = 512  # a Fourier transform of so many rows, or a few times as many, is quick


def fine_times(contact_s: float) -> Array:
    """Seconds after touching the ground, from a while before the contact to a while after it."""
    rows = _QUICK_ROWS * ceil((contact_s + 2 * _PAD_S) * FINE_HZ / _QUICK_ROWS)
    return np.arange(rows) / FINE_HZ - _PAD_S


def zero_lag(curves: Array) -> Array:
    """Low-pass of (rows, channels) on the fine grid; the curves must be at rest at both ends."""
    rows = len(curves)
    corrected_hz = _CUTOFF_HZ / (np.sqrt(2.0) - 1.0) ** 0.25
    frequencies_hz = np.fft.rfftfreq(rows, 1 / FINE_HZ)
    gain = 1.0 / (1.0 + (frequencies_hz / corrected_hz) ** 4)
    spectrum = np.fft.rfft(curves, axis=0) * gain[:, None]
    smoothed: Array = np.fft.irfft(spectrum, n=rows, axis=0)
    return smoothed
