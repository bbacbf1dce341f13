"""The product on treadmill recordings, against the offline reference, in each step and the mean."""

import numpy as np
import pytest
from tests.recordings.comparison import signs
from tests.recordings.oracle_deck import Reference
from tests.recordings.oracle_signal import Array, Indices
from tests.recordings.product import Product
from tests.recordings.trials import CROSSES_THE_MIDLINE, DRIFT, GOLDEN, TRIALS, Trials

from softshoe.analysis import analyze
from softshoe.events import Means
from softshoe_hw.recording_source import RecordingSource

FORMS = [f"{stem}{form}" for stem in TRIALS for form in ("", "_4cell")]
MEAN_TOLERANCE = {
    "contact_ms": 2.0,
    "flight_ms": 2.0,
    "vertical_oscillation_mm": 1.0,
    "step_width_mm": 2.0,
    "reach_ahead_mm": 6.0,
    "reach_behind_mm": 6.0,
}
MEAN_TOLERANCE_PCT = {
    "active_peak_bw": 1.0,
    "impulse_bw_s": 1.0,
    "valr_bw_s": 3.0,
    "vilr_bw_s": 3.0,
}
CADENCE_SPM = 0.3
LOST_AT_THE_START = 2
LOST_AT_THE_END = 1


def reference_mean(reference: Reference, metric: str, seen: Indices) -> float:
    """As a session's means: over the steps that were seen, by one impact method."""
    values = reference.steps[metric][seen]
    if metric in ("valr_bw_s", "vilr_bw_s") and reference.method == "peak":
        values = values[reference.steps["has_peak"][seen] > 0]
    elif metric == "valr_bw_s":
        values = reference.steps["valr13_bw_s"][seen]
    return float(np.nanmean(values))


@pytest.mark.parametrize("stem", FORMS)
def test_sees_every_step_and_no_other(product: Product, stem: str) -> None:
    seen = product.comparison(stem)
    last = len(seen.reference) - LOST_AT_THE_END
    assert [step for step in seen.lost if LOST_AT_THE_START <= step < last] == []
    assert seen.invented == []


@pytest.mark.parametrize("stem", FORMS)
def test_every_step_is_right(product: Product, stem: str) -> None:
    seen = product.comparison(stem)
    for metric in ("contact_ms", "flight_ms"):
        assert np.percentile(np.abs(seen.error(metric)), 95) < 5, metric
    for metric in ("valr_bw_s", "vilr_bw_s"):
        assert np.percentile(np.abs(seen.error_pct(metric)), 95) < 8, metric
    assert seen.same_method.mean() > 0.9


@pytest.mark.parametrize("stem", FORMS)
def test_means_are_right(product: Product, stem: str) -> None:
    seen, means = product.comparison(stem), product.analysis(stem).session.all
    assert product.analysis(stem).session.conventions.impact_method == seen.reference.method
    sided = seen.reference.sides.any()
    for metric, tolerance in MEAN_TOLERANCE.items():
        if metric == "step_width_mm" and not sided:
            assert getattr(means, metric) is None
            continue
        expected = reference_mean(seen.reference, metric, seen.theirs)
        assert getattr(means, metric) == pytest.approx(expected, abs=tolerance), metric
    for metric, percent in MEAN_TOLERANCE_PCT.items():
        expected = reference_mean(seen.reference, metric, seen.theirs)
        assert getattr(means, metric) == pytest.approx(expected, rel=percent / 100), metric
    cadence = 60_000 / reference_mean(seen.reference, "step_ms", seen.theirs)
    assert means.cadence_spm == pytest.approx(cadence, abs=CADENCE_SPM)


@pytest.mark.parametrize("form", ["", "_4cell"])
@pytest.mark.parametrize("stem", GOLDEN)
def test_agrees_with_the_golden_means(
    product: Product, trials: Trials, stem: str, form: str
) -> None:
    session, golden = product.analysis(stem + form).session, trials.golden[stem]
    assert abs(session.steps - float(golden["n"])) <= LOST_AT_THE_START + LOST_AT_THE_END
    for metric, tolerance in MEAN_TOLERANCE.items():
        assert getattr(session.all, metric) == pytest.approx(
            float(golden[metric]), abs=tolerance
        ), metric
    for metric, percent in MEAN_TOLERANCE_PCT.items():
        assert getattr(session.all, metric) == pytest.approx(
            float(golden[metric]), rel=percent / 100
        ), metric
    assert session.all.cadence_spm == pytest.approx(float(golden["cadence_spm"]), abs=CADENCE_SPM)
    assert _ahead_of_markers(session.all, golden) == pytest.approx(-3.5, abs=26.5)


@pytest.mark.parametrize("stem", GOLDEN)
def test_live_knowledge_comes_close_to_golden(product: Product, trials: Trials, stem: str) -> None:
    """Body weight of twenty steps is 0.6 % off at most, and so is all that is counted in it."""
    source = RecordingSource(product.recording(stem), speed=None)
    session, golden = analyze(source, as_live=True).session, trials.golden[stem]
    assert session.conventions.body_weight_n == pytest.approx(float(golden["bw_n"]), rel=0.006)
    for metric, tolerance in MEAN_TOLERANCE.items():
        expected = pytest.approx(float(golden[metric]), abs=tolerance)
        assert getattr(session.all, metric) == expected, metric
    for metric, percent in MEAN_TOLERANCE_PCT.items():
        expected = pytest.approx(float(golden[metric]), rel=(percent + 0.6) / 100)
        assert getattr(session.all, metric) == expected, metric


def _ahead_of_markers(means: Means, golden: dict[str, str]) -> float:
    assert means.reach_ahead_mm is not None
    return means.reach_ahead_mm - float(golden["mk_ahead_cop_mm"])


@pytest.mark.parametrize("stem", TRIALS)
def test_both_forms_are_one_run(product: Product, trials: Trials, stem: str) -> None:
    """The same contacts, and the same sides for the whole chain at once."""
    deck, corners = (product.analysis(stem + form).steps for form in ("", "_4cell"))
    assert [step.side for step in deck] == [step.side for step in corners]
    assert np.array_equal(signs(deck), _expected_sides(product, trials, stem))
    for a, b in zip(deck, corners, strict=True):
        assert a.t_s == pytest.approx(b.t_s, abs=0.001)
        assert a.contact_ms == pytest.approx(b.contact_ms, abs=1)


def _expected_sides(product: Product, trials: Trials, stem: str) -> Array:
    """What the markers saw; nothing for the runner who crosses the midline."""
    seen = product.comparison(stem)
    sure = 0.0 if stem in CROSSES_THE_MIDLINE else 1.0
    return sure * trials.true_sides(stem, seen.theirs)


def test_drift_leaves_contact_time_alone(product: Product) -> None:
    drifting = product.analysis(DRIFT).session.all.contact_ms
    steady = product.analysis("RBDS001runT25").session.all.contact_ms
    assert drifting == pytest.approx(steady, abs=0.5)
