"""The simulator's force is the published model's, and its truth that of the definitions."""

import numpy as np
import pytest

from softshoe_hw.simulator.truth_body import bounce, spring
from softshoe_hw.simulator.truth_curve import Curve
from softshoe_hw.simulator.truth_loading import loading
from softshoe_hw.simulator.two_mass import GRAVITY_M_S2, TwoMass
from softshoe_hw.simulator.weight_bearing import DoubleHump, HalfWeight
from softshoe_hw.simulator.zero_lag import FINE_HZ, zero_lag

REFERENCE = TwoMass(mass_kg=70, contact_s=0.25, flight_s=0.10, leg_stop_m_s=1.10, leg_stop_s=0.030)


@pytest.mark.parametrize("leg_stop_m_s", [0.2, 1.1, 2.5])
@pytest.mark.parametrize(("contact_s", "flight_s"), [(0.25, 0.10), (0.18, 0.13), (0.30, 0.06)])
def test_mean_force_over_a_step_is_body_weight(
    contact_s: float, flight_s: float, leg_stop_m_s: float
) -> None:
    load = TwoMass(70, contact_s, flight_s, leg_stop_m_s, 0.03)
    t_s = np.linspace(-0.1, contact_s + 0.1, 20_001)
    impulse_ns = np.trapezoid(load.force_n(t_s), t_s)
    assert impulse_ns == pytest.approx(70 * GRAVITY_M_S2 * (contact_s + flight_s), rel=1e-6)
    assert (load.force_n(t_s)[(t_s < 0) | (t_s > contact_s)] == 0).all()


def test_published_values_of_the_reference_step() -> None:
    curve = Curve(REFERENCE, filtered=True)
    truth = loading(curve)
    assert 1000 * curve.contact_s == pytest.approx(230.5, abs=0.3)
    assert truth["impact_method"] == "peak"
    assert truth["impact_peak_bw"] == pytest.approx(1.253, abs=0.004)
    assert truth["valr_bw_s"] == pytest.approx(50.1, rel=0.01)
    assert truth["vilr_bw_s"] == pytest.approx(54.2, rel=0.01)
    assert truth["active_peak_bw"] == pytest.approx(2.618, abs=0.001)


def test_bare_truth_leaves_the_filter_out() -> None:
    bare = loading(Curve(REFERENCE, filtered=False))
    smooth = loading(Curve(REFERENCE, filtered=True))
    assert 0 < bare["vilr_bw_s"] - smooth["vilr_bw_s"] < 2
    assert bare["impulse_bw_s"] == pytest.approx(smooth["impulse_bw_s"], rel=1e-3)


def test_the_filter_halves_power_at_50_hz_without_delay() -> None:
    t_s = np.arange(20_000) / FINE_HZ
    tones = np.sin(2 * np.pi * np.outer(t_s, (2.0, 50.0, 200.0)))
    through = zero_lag(tones)
    gain = np.sqrt((through**2).mean(axis=0) / (tones**2).mean(axis=0))
    np.testing.assert_allclose(gain, (1.0, np.sqrt(0.5), 1 / 107.2), rtol=1e-2)
    shift = np.einsum("ij,ij->j", through, np.roll(tones, 7, axis=0) - np.roll(tones, -7, axis=0))
    np.testing.assert_allclose(shift, 0, atol=1e-6)


def test_a_landing_without_a_peak_is_measured_at_13_percent_of_stance() -> None:
    soft = TwoMass(70, 0.25, 0.10, leg_stop_m_s=0.8, leg_stop_s=0.045)
    truth = loading(Curve(soft, filtered=True))
    assert truth["impact_method"] == "stance13"
    assert truth["impact_peak_bw"] == truth["impact13_bw"]
    assert truth["valr_bw_s"] == truth["valr13_bw_s"]


def test_the_body_comes_back_to_where_it_was() -> None:
    curve = Curve(REFERENCE, filtered=True)
    truth = bounce(curve, curve, apart_s=REFERENCE.step_s)
    flight_s = REFERENCE.step_s - curve.contact_s
    falls_mm = 1000 * GRAVITY_M_S2 * flight_s**2 / 8
    assert falls_mm < truth["vertical_oscillation_mm"] < falls_mm + 90
    assert truth["push_impulse_bw_s"] == pytest.approx(flight_s / 2, rel=0.1)


def test_spring_of_the_worked_example() -> None:
    curve = Curve(REFERENCE, filtered=True)
    curve.ic_s, curve.to_s = 0.0, 0.25
    truth = spring(curve, flight_s=0.10, belt_m_s=3.0, height_mm=900 / 0.53)
    assert truth["fmax_bw"] * 70 * GRAVITY_M_S2 == pytest.approx(1509.616, abs=0.01)
    assert truth["com_drop_mm"] == pytest.approx(59.9535, abs=1e-3)
    assert truth["vertical_stiffness_kn_m"] == pytest.approx(25.1798, abs=1e-3)
    assert truth["leg_compression_mm"] == pytest.approx(141.8001, abs=1e-3)
    assert truth["leg_stiffness_kn_m"] == pytest.approx(10.6461, abs=1e-3)


def test_walking_feet_carry_body_weight_and_never_leave_the_ground() -> None:
    load = DoubleHump(70, stride_s=1.1)
    t_s = np.linspace(0, 11, 11_000, endpoint=False)
    both = sum(load.force_n((t_s - first) % 1.1) for first in (0, 0.55))
    assert np.mean(both) == pytest.approx(70 * GRAVITY_M_S2, rel=1e-3)
    assert np.min(both) > 0.45 * np.mean(both)


def test_two_standing_feet_are_body_weight() -> None:
    force = HalfWeight(70, 5.0).force_n(np.array([-0.1, 0.0, 1.0, 4.0, 5.0, 5.1]))
    np.testing.assert_allclose(2 * force, [0, 0, 686.4655, 686.4655, 0, 0], atol=1e-9)
