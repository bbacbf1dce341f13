"""Butterworth low-pass filters: causal for the stream, zero-lag for a contact's own samples.

Coefficients in closed form (bilinear transform), so that scipy is not needed at run time; scipy is
the oracle of the tests.
"""

import math

import numpy as np
from numpy.typing import NDArray

from softshoe.calibrations import Resonance
from softshoe.events import Array
from softshoe.gait.resonance import undoing

_SQRT2 = math.sqrt(2.0)
_DECAY_S = 0.06
"""After this long a 50 Hz filter has forgotten an impulse to less than 1e-6."""


def cutoff_hz(rate_hz: float) -> float:
    """The low-pass cut-off for a sampling rate: 50 Hz, or less where the rate cannot carry it."""
    return min(50.0, 0.3 * rate_hz)


def butterworth2(cutoff_hz: float, rate_hz: float) -> tuple[Array, Array]:
    """Coefficients ``b`` and ``a`` (3 each, a[0] = 1) of a 2nd-order Butterworth low-pass."""
    k = math.tan(math.pi * cutoff_hz / rate_hz)
    norm = 1.0 / (1.0 + _SQRT2 * k + k * k)
    gain = k * k * norm
    b = np.array([gain, 2.0 * gain, gain])
    a = np.array([1.0, 2.0 * (k * k - 1.0) * norm, (1.0 - _SQRT2 * k + k * k) * norm])
    return b, a


def corrected_cutoff_hz(cutoff_hz: float, rate_hz: float) -> float:
    """Cut-off of a filter that has its -3 dB at ``cutoff_hz`` when run forwards and backwards."""
    shrink = (_SQRT2 - 1.0) ** 0.25
    return math.atan(math.tan(math.pi * cutoff_hz / rate_hz) / shrink) * rate_hz / math.pi


def impulse_response(b: Array, a: Array, samples: int) -> Array:
    """First ``samples`` of what a biquad answers to a single one."""
    response = np.zeros(samples)
    for i in range(samples):
        value = b[i] if i < 3 else 0.0
        for back in (1, 2):
            if i >= back:
                value -= a[back] * response[i - back]
        response[i] = value
    return response


class CausalLowPass:
    """2nd-order low-pass of one signal in hops of a fixed length, its state carried between them.

    One matrix maps (state, samples) to (filtered, new state). Starts in the steady state of the
    first sample, so an offset makes no swing.
    """

    def __init__(self, cutoff_hz: float, rate_hz: float, hop: int) -> None:
        b, a = butterworth2(cutoff_hz, rate_hz)
        transition = np.array([[-a[1], 1.0], [-a[2], 0.0]])
        gain_in = np.array([b[1] - a[1] * b[0], b[2] - a[2] * b[0]])
        self._steady = np.linalg.solve(np.eye(2) - transition, gain_in)
        self._map = _hop_matrix(transition, gain_in, impulse_response(b, a, hop))
        self._input = np.zeros(hop + 2)
        self._output = np.zeros(hop + 2)
        self._started = False

    def feed(self, samples: Array) -> Array:
        """Filter exactly one hop; the result is overwritten by the next."""
        if not self._started:
            self._input[:2] = self._steady * samples[0]
            self._started = True
        self._input[2:] = samples
        np.dot(self._map, self._input, out=self._output)
        self._input[:2] = self._output[-2:]
        return self._output[:-2]


def _hop_matrix(transition: Array, gain_in: Array, response: Array) -> Array:
    """(hop + 2, hop + 2): filtered samples, then the state, from the state, then the samples."""
    hop = len(response)
    matrix = np.zeros((hop + 2, hop + 2))
    power = np.eye(2)
    for i in range(hop):
        matrix[i, :2] = power[0]
        matrix[i, 2 : i + 3] = response[: i + 1][::-1]
        matrix[hop:, hop + 1 - i] = power @ gain_in
        power = power @ transition
    matrix[hop:, :2] = power
    return matrix


class ZeroLag:
    """4th-order zero-lag low-pass: a 2nd-order Butterworth forwards and backwards.

    Done as one convolution with its symmetric impulse response, which is the same to 1e-4 and
    needs no state. Beyond the ends of the samples the end values are held. With ``ringing``, what
    a deck's resonance has made of the force is undone in the same pass.
    """

    def __init__(self, cutoff_hz: float, rate_hz: float, ringing: Resonance | None = None) -> None:
        b, a = butterworth2(corrected_cutoff_hz(cutoff_hz, rate_hz), rate_hz)
        self._half = math.ceil(_DECAY_S * 50.0 / cutoff_hz * rate_hz)
        response = impulse_response(b, a, self._half + 1)
        kernel = np.correlate(response, response, "full")
        self._kernel = kernel / kernel.sum()
        self._rate_hz = rate_hz
        self._ringing = ringing
        self._spectra: dict[int, NDArray[np.complex128]] = {}

    def apply(self, samples: Array) -> Array:
        """Filter each column of (n, channels), or (n,) samples; same shape."""
        columns = samples.reshape(len(samples), -1)
        size = 1 << (len(columns) + 2 * self._half - 1).bit_length()
        padded = np.empty((size, columns.shape[1]))
        padded[: self._half] = columns[0]
        padded[self._half : self._half + len(columns)] = columns
        padded[self._half + len(columns) :] = columns[-1]
        spectrum = np.fft.rfft(padded, axis=0) * self._spectrum(size)
        filtered: Array = np.fft.irfft(spectrum, size, axis=0)
        return filtered[2 * self._half : 2 * self._half + len(columns)].reshape(samples.shape)

    def _spectrum(self, size: int) -> NDArray[np.complex128]:
        if size not in self._spectra:
            spectrum = np.fft.rfft(self._kernel, size)
            if self._ringing:
                each_hz: Array = np.arange(len(spectrum)) * self._rate_hz / size
                spectrum *= undoing(self._ringing, each_hz)
            self._spectra[size] = spectrum[:, None]
        return self._spectra[size]
