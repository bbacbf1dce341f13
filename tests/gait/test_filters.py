"""The filters against scipy, which is not there at run time."""

import numpy as np
import pytest
from scipy import signal

from softshoe.gait.filters import (
    CausalLowPass,
    ZeroLag,
    butterworth2,
    corrected_cutoff_hz,
    cutoff_hz,
)

RATES_HZ = (100.0, 200.0, 300.0, 500.0, 1000.0)


def walk(samples: int) -> np.ndarray:
    return 300.0 + 10.0 * np.cumsum(np.random.default_rng(1).normal(size=samples))


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_coefficients(rate_hz: float) -> None:
    b, a = butterworth2(cutoff_hz(rate_hz), rate_hz)
    expected_b, expected_a = signal.butter(2, cutoff_hz(rate_hz), fs=rate_hz)
    np.testing.assert_allclose(b, expected_b, rtol=1e-12)
    np.testing.assert_allclose(a, expected_a, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_causal_filter_in_hops_is_lfilter(rate_hz: float) -> None:
    hop, fc = max(1, round(rate_hz / 100)), cutoff_hz(rate_hz)
    samples = walk(100 * hop)
    low_pass = CausalLowPass(fc, rate_hz, hop)
    hops = [low_pass.feed(samples[i : i + hop]).copy() for i in range(0, len(samples), hop)]
    b, a = signal.butter(2, fc, fs=rate_hz)
    expected, _ = signal.lfilter(b, a, samples, zi=signal.lfilter_zi(b, a) * samples[0])
    np.testing.assert_allclose(np.concatenate(hops), expected, atol=1e-9)


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_zero_lag_filter_is_filtfilt(rate_hz: float) -> None:
    fc = cutoff_hz(rate_hz)
    samples = walk(2000)
    b, a = signal.butter(2, corrected_cutoff_hz(fc, rate_hz), fs=rate_hz)
    expected = signal.filtfilt(b, a, samples)
    inner = slice(200, -200)
    found = ZeroLag(fc, rate_hz).apply(samples)
    np.testing.assert_allclose(found[inner], expected[inner], atol=0.1 if rate_hz < 200 else 1e-2)


def test_columns_are_filtered_alike() -> None:
    samples = walk(400)
    low_pass = ZeroLag(50.0, 500.0)
    both = low_pass.apply(np.stack([samples, -samples], axis=1))
    np.testing.assert_allclose(both[:, 0], low_pass.apply(samples), atol=1e-9)
    np.testing.assert_allclose(both[:, 1], -both[:, 0], atol=1e-9)


@pytest.mark.parametrize("rate_hz", [300.0, 1000.0])
def test_both_passes_together_have_the_cutoff(rate_hz: float) -> None:
    b, a = butterworth2(corrected_cutoff_hz(50.0, rate_hz), rate_hz)
    _, once = signal.freqz(b, a, worN=[50.0], fs=rate_hz)
    assert abs(once[0]) ** 2 == pytest.approx(np.sqrt(0.5), rel=1e-9)
