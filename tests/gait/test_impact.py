"""The impact peak's prominence against scipy, and loading rates of straight lines."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

from softshoe.gait.impact import active_peak, measure_impact, measure_loading, prominence
from softshoe.gait.trace import Trace

RATE_HZ = 1000.0


def trace(force: np.ndarray, ic: float, to: float) -> Trace:
    return Trace(RATE_HZ, force, force[:, None], ic, to)


@given(st.lists(st.floats(-10, 10), min_size=3, max_size=40, unique=True))
def test_prominence_is_scipys(values: list[float]) -> None:
    force = np.array(values)
    peaks = signal.argrelmax(force)[0]
    expected = signal.peak_prominences(force, peaks)[0]
    found = [prominence(force, int(peak)) for peak in peaks]
    np.testing.assert_allclose(found, expected)


def test_loading_of_a_straight_rise() -> None:
    force = np.concatenate((np.zeros(50), np.linspace(0, 2, 41), np.full(200, 2.0)))
    loading = measure_loading(force, trace(force, 51.0, 280.0), 1.5)
    assert loading is not None
    assert loading.valr_bw_s == pytest.approx(2 / 0.040)
    assert loading.vilr_bw_s == pytest.approx(2 / 0.040)


def test_no_loading_without_a_rise() -> None:
    force = np.full(200, 2.0)
    assert measure_loading(force, trace(force, 10.0, 190.0), 1.5) is None


def test_a_hard_impact_above_the_active_peak_is_still_an_impact() -> None:
    at = np.arange(300.0)
    force = 2.6 * np.exp(-0.5 * ((at - 80) / 9) ** 2) + 2.2 * np.exp(-0.5 * ((at - 160) / 40) ** 2)
    contact = trace(force, 50.0, 260.0)
    impact = measure_impact(force, contact, active_peak(force, contact))
    assert impact.method == "peak"
    assert impact.time_ms == pytest.approx(30.0, abs=2.0)
