"""The offline reference itself, against published and marker-based values."""

import numpy as np
import pytest
from tests.recordings.oracle_deck import Reference, spring_mass
from tests.recordings.trials import CROSSES_THE_MIDLINE, DRIFT, GOLDEN, TRIALS, Trials

GOLDEN_TOLERANCE = {
    "contact_ms": 0.01,
    "flight_ms": 0.01,
    "cadence_spm": 0.01,
    "duty_factor": 0.001,
    "active_peak_bw": 0.001,
    "impact_peak_bw": 0.001,
    "valr_bw_s": 0.01,
    "vilr_bw_s": 0.01,
    "impulse_bw_s": 0.001,
    "vertical_oscillation_mm": 0.05,
    "step_width_mm": 0.3,
    "reach_ahead_mm": 1.0,
    "reach_behind_mm": 2.0,
    "cop_travel_mm": 2.5,
    "strike_index_pct": 1.0,
}
GOLDEN_INSOLE_TOLERANCE = {
    "contact_ms": 0.4,
    "flight_ms": 0.4,
    "strike_index_pct": 0.2,
    "onset_ms": 0.3,
    "forefoot_share_pct": 0.1,
    "hallux_share_pct": 0.1,
    "medial_share_pct": 0.15,
    "heel_off_pct": 0.2,
}


@pytest.mark.parametrize("stem", GOLDEN)
def test_reproduces_the_golden_means(trials: Trials, stem: str) -> None:
    reference, golden = trials.reference(stem), trials.golden[stem]
    assert len(reference) == float(golden["n"])
    assert reference.body_weight_n == pytest.approx(float(golden["bw_n"]), rel=1e-4)
    for metric, tolerance in GOLDEN_TOLERANCE.items():
        assert reference.mean(metric) == pytest.approx(float(golden[metric]), abs=tolerance), metric


@pytest.mark.parametrize("stem", GOLDEN)
def test_reach_and_width_agree_with_markers(trials: Trials, stem: str) -> None:
    """Markers know nothing of the force: the reach is between their limits of agreement."""
    reference, golden = trials.reference(stem), trials.golden[stem]
    assert -30 < reference.mean("reach_ahead_mm") - float(golden["mk_ahead_cop_mm"]) < 23
    assert reference.mean("step_width_mm") == pytest.approx(
        float(golden["mk_step_width_mt_mm"]), abs=13
    )


@pytest.mark.parametrize("stem", GOLDEN)
def test_reproduces_the_golden_insole_means(trials: Trials, stem: str) -> None:
    reference, golden = trials.reference(f"{stem}_insole"), trials.golden_insole[stem]
    assert len(reference) == float(golden["n"])
    for metric, tolerance in GOLDEN_INSOLE_TOLERANCE.items():
        column = "strike_index_10_20_pct" if metric == "strike_index_pct" else metric
        assert reference.mean(metric) == pytest.approx(float(golden[column]), abs=tolerance), metric


@pytest.mark.parametrize("stem", TRIALS)
def test_finds_the_contact_that_markers_timed_and_its_side(trials: Trials, stem: str) -> None:
    reference, known = trials.reference(stem), trials.first_sides[stem]
    error_s = np.abs(reference.steps["t_s"] - float(known["t_ic_s"]))
    assert error_s.min() < 0.001
    expected = 0 if stem in CROSSES_THE_MIDLINE else 1 if known["side"] == "left" else -1
    assert reference.sides[error_s.argmin()] == expected


@pytest.mark.parametrize("stem", TRIALS)
def test_is_the_same_from_four_corners(trials: Trials, stem: str) -> None:
    """The corners are rounded to 10 mN and share out the force where there is no place."""
    deck, corners = trials.reference(stem), trials.reference(f"{stem}_4cell")
    assert np.array_equal(deck.sides, corners.sides)
    assert corners.steps["t_s"] == pytest.approx(deck.steps["t_s"], abs=0.001)
    assert corners.mean("reach_ahead_mm") == pytest.approx(deck.mean("reach_ahead_mm"), abs=1)


def test_drift_leaves_the_published_values(trials: Trials) -> None:
    reference = trials.reference(DRIFT)
    contact = reference.steps["contact_ms"]
    assert (len(reference), contact.mean()) == (77, pytest.approx(276.5, abs=0.1))
    assert contact.std() == pytest.approx(5.2, abs=0.1)
    assert reference.mean("flight_ms") == pytest.approx(106.1, abs=0.1)
    assert reference.mean("cadence_spm") == pytest.approx(156.8, abs=0.1)
    assert reference.mean("active_peak_bw") == pytest.approx(2.262, abs=0.002)
    assert reference.mean("valr_bw_s") == pytest.approx(28.8, abs=0.1)
    assert reference.mean("vilr_bw_s") == pytest.approx(42.3, abs=0.1)


def test_spring_mass_of_the_worked_example() -> None:
    example = spring_mass(np.array([0.25]), np.array([0.10]), 70, 3.0, 0.90)
    assert example["fmax_bw"] * 70 * 9.80665 == pytest.approx(1509.616, abs=0.001)
    assert example["com_drop_mm"] == pytest.approx(59.9535, abs=0.0001)
    assert example["vertical_stiffness_kn_m"] == pytest.approx(25.1798, abs=0.0001)
    assert example["leg_compression_mm"] == pytest.approx(141.8001, abs=0.0001)
    assert example["leg_stiffness_kn_m"] == pytest.approx(10.6461, abs=0.0001)


def test_means_use_the_method_of_most_steps() -> None:
    mostly = Reference(700.0, np.zeros(3), {"has_peak": np.array([1.0, 1.0, 0.0])})
    rarely = Reference(700.0, np.zeros(3), {"has_peak": np.array([0.0, 1.0, 0.0])})
    assert (mostly.method, rarely.method) == ("peak", "stance13")
