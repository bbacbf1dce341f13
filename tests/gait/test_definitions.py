"""Every number that the definitions print, and what they promise of each metric."""

import math

import numpy as np
import pytest
from tests.gait.two_mass_runner import FLIGHT_S, MASS_KG, measure, run

from softshoe.gait.balance import balance_pct, symmetry_angle_pct, symmetry_index_pct
from softshoe.gait.reach import deck_strike_index_pct, swing_balance_pct, symmetric_reach_mm
from softshoe.gait.settings import GaitSettings
from softshoe.gait.vertical import G_M_S2, measure_bounce, spring_mass


def test_the_two_mass_runner_has_its_printed_numbers() -> None:
    step = measure(run(12))[5]
    assert step.contact_ms == pytest.approx(230.5, abs=0.3)
    assert step.impact_method == "peak"
    assert step.impact_peak_bw == pytest.approx(1.253, abs=0.003)
    assert step.valr_bw_s == pytest.approx(50.1, abs=0.3)
    assert step.vilr_bw_s == pytest.approx(54.2, abs=0.3)
    assert step.active_peak_bw == pytest.approx(2.618, abs=0.002)
    assert step.step_ms == pytest.approx(350.0, abs=0.1)
    assert step.cadence_spm == pytest.approx(60_000 / 350, abs=0.1)
    assert step.timing_quality == step.loading_quality == "good"


def test_a_soft_landing_without_a_peak_is_kept() -> None:
    step = measure(run(12, impact=0.3))[5]
    assert step.impact_method == "stance13"
    assert step.impact_peak_bw == step.impact13_bw
    assert step.valr_bw_s == step.valr13_bw_s


@pytest.mark.parametrize("threshold_n", [5.0, 20.0, 100.0])
def test_loading_rate_does_not_depend_on_the_contact_threshold(threshold_n: float) -> None:
    usual = measure(run(12))[5]
    step = measure(run(12), settings=GaitSettings(contact_threshold_n=threshold_n))[5]
    assert step.contact_ms != pytest.approx(usual.contact_ms, abs=1.0)
    assert step.impact_method == "peak"
    assert step.valr_bw_s == pytest.approx(usual.valr_bw_s, rel=0.002)
    assert step.vilr_bw_s == pytest.approx(usual.vilr_bw_s, rel=0.002)


def test_asymmetry_of_110_and_100() -> None:
    assert symmetry_index_pct(110, 100) == pytest.approx(9.5238, abs=1e-4)
    assert balance_pct(110, 100) == pytest.approx(52.381, abs=1e-3)
    assert symmetry_angle_pct(110, 100) == pytest.approx(3.0292, abs=1e-4)
    assert symmetry_index_pct(100, 110) < 0 > symmetry_angle_pct(100, 110)


def test_spring_mass_example() -> None:
    spring = spring_mass(70.0, 0.25, 0.10, 3.0, 0.90)
    assert spring is not None
    assert spring.fmax_n == pytest.approx(1509.616, abs=1e-3)
    assert spring.com_drop_mm == pytest.approx(59.9535, abs=1e-4)
    assert spring.vertical_stiffness_kn_m == pytest.approx(25.1798, abs=1e-4)
    assert spring.leg_compression_mm == pytest.approx(141.8001, abs=1e-4)
    assert spring.leg_stiffness_kn_m == pytest.approx(10.6461, abs=1e-4)


def test_spring_mass_leaves_out_what_it_cannot_know() -> None:
    assert spring_mass(70.0, 0.25, 0.0, 3.0, 0.9) is None
    unknown_leg = spring_mass(70.0, 0.25, 0.10, 3.0, None)
    assert unknown_leg is not None
    assert unknown_leg.leg_stiffness_kn_m is None


def test_oscillation_of_a_known_movement() -> None:
    rate_hz, period_s, amplitude_m = 1000.0, 0.36, 0.04
    t = np.arange(round(3 * period_s * rate_hz)) / rate_hz
    omega = 2 * math.pi / period_s
    force = 1.0 - amplitude_m * omega**2 * np.cos(omega * t) / G_M_S2
    start, end = 100.25, 100.25 + period_s * rate_hz
    bounce = measure_bounce(force, start, end, rate_hz)
    assert bounce.oscillation_mm == pytest.approx(80.0, abs=0.1)
    assert bounce.lowest == pytest.approx(0.5 * period_s * rate_hz, abs=1.0)


def test_push_impulse_carries_the_body_into_flight() -> None:
    step = measure(run(12))[5]
    unseen_s = (350.0 - (step.contact_ms or 0) - 1000 * FLIGHT_S) / 1000  # below 50 N
    assert step.push_impulse_bw_s == pytest.approx(0.5 * (FLIGHT_S + unseen_s), abs=0.008)
    assert step.impulse_bw_s == pytest.approx(0.35, abs=0.001)


def test_places() -> None:
    assert deck_strike_index_pct(151.63) == pytest.approx(11.77, abs=0.01)
    assert symmetric_reach_mm(3.0, 0.25, 160.0) == pytest.approx(295.0)
    assert swing_balance_pct(300.0, 300.0) == 50.0


def test_weight_is_the_mean_force() -> None:
    steps = measure(run(24), whole=False)
    expected = MASS_KG * G_M_S2
    peak = max(run(24)) / expected
    assert steps[-1].active_peak_bw == pytest.approx(peak, rel=0.01)


@pytest.mark.parametrize(
    ("rate_hz", "loading", "timing"),
    [
        (1000.0, "good", "good"),
        (300.0, "low", "good"),
        (120.0, "none", "low"),
        (80.0, "none", "none"),
    ],
)
def test_what_a_sampling_rate_allows(rate_hz: float, loading: str, timing: str) -> None:
    steps = measure(run(24, rate_hz), rate_hz)
    assert len(steps) >= 22
    for step in steps:
        assert (step.loading_quality, step.timing_quality) == (loading, timing)
        assert (step.valr_bw_s is None) == (loading == "none")
        assert (step.impact_peak_bw is None) == (loading == "none")
        assert (step.contact_ms is None) == (timing == "none")
    assert steps[5].cadence_spm == pytest.approx(60_000 / 350, rel=0.02)
