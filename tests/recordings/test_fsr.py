"""Counts of resistive sensors through the calibration that their sidecar names."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.json import decode
from tests.recordings.comparison import signs
from tests.recordings.product import Product
from tests.recordings.test_insole_accuracy import golden_value
from tests.recordings.trials import FSR_TRIALS, GOLDEN, Trials

from softshoe.cli import front_door
from softshoe.store.queries import Runs

TOLERANCES = {
    "contact_ms": 6.0,
    "flight_ms": 6.0,
    "strike_index_pct": 3.5,
    "onset_ms": 6.0,
    "forefoot_share_pct": 4.0,
    "hallux_share_pct": 7.0,
    "medial_share_pct": 4.0,
    "heel_off_pct": 6.0,
}
CALIBRATION = "RBDS012_fsr_calibration"
STEMS = [f"{stem}_fsr" for stem in FSR_TRIALS]


@pytest.mark.parametrize("stem", STEMS)
def test_sees_every_step_on_its_foot(product: Product, stem: str) -> None:
    seen = product.comparison(stem)
    assert [step for step in seen.lost if 2 <= step < len(seen.reference) - 1] == []
    assert seen.invented == []
    assert np.array_equal(signs(seen.steps)[seen.mine], seen.reference.sides[seen.theirs])


@pytest.mark.parametrize("stem", STEMS)
def test_every_contact_is_within_its_tolerance(product: Product, stem: str) -> None:
    seen = product.comparison(stem)
    for metric, tolerance in TOLERANCES.items():
        error = np.abs(seen.error(metric))
        assert len(error) > 0.9 * len(seen.reference), metric
        assert np.percentile(error, 95) < tolerance, metric


@pytest.mark.parametrize("foot", ["left", "right"])
@pytest.mark.parametrize("stem", [stem for stem in FSR_TRIALS if stem in GOLDEN])
def test_means_of_a_foot_are_golden(product: Product, trials: Trials, stem: str, foot: str) -> None:
    seen = product.comparison(f"{stem}_fsr")
    mine = signs(seen.steps)[seen.mine] == (1 if foot == "left" else -1)
    for metric, tolerance in TOLERANCES.items():
        if metric != "flight_ms":
            expected = golden_value(trials.golden_insole[stem], metric, f"_{foot}")
            found = float(np.nanmean(seen.found(metric)[mine]))
            assert found == pytest.approx(expected, abs=tolerance), metric


@pytest.mark.parametrize("stem", STEMS)
def test_the_mean_force_is_the_weight_that_was_stated(product: Product, stem: str) -> None:
    conventions = product.analysis(stem).session.conventions
    assert conventions.body_weight_n == pytest.approx(742.4, rel=0.02)
    assert conventions.calibrations == (CALIBRATION,)


@pytest.mark.parametrize("stem", STEMS)
def test_loading_from_insoles_is_never_better_than_low(product: Product, stem: str) -> None:
    assert {step.loading_quality for step in product.analysis(stem).steps} <= {"low", "none"}


def test_analyze_needs_no_more_than_the_recording(
    trials: Trials, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = trials.path("RBDS012runT25_fsr")
    assert front_door(["analyze", str(path), "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""
    summary = decode((tmp_path / "RBDS012runT25_fsr.summary.json").read_bytes())
    assert summary["session"]["conventions"]["calibrations"] == [CALIBRATION]
    assert summary["session"]["steps"] == 80


def test_the_calibration_passes_and_is_kept(
    trials: Trials, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = trials.path(CALIBRATION)
    assert front_door(["calibrate", str(path), "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith(f"{CALIBRATION}  insoles  fsr")
    kept = Runs(tmp_path / "softshoe.db").calibration("insoles", "fsr")
    assert kept is not None
    assert (kept.name, kept.passed, kept.weight_n) == (CALIBRATION, True, 742.4)
