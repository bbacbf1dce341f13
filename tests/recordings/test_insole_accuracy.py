"""Semi-real insole recordings, against the golden means and the offline reference."""

import numpy as np
import pytest
from tests.recordings.comparison import signs
from tests.recordings.product import Product
from tests.recordings.trials import GOLDEN, INSOLE_TRIALS, Trials

PER_CONTACT = {
    "contact_ms": 5.0,
    "flight_ms": 5.0,
    "strike_index_pct": 3.0,
    "onset_ms": 4.0,
    "forefoot_share_pct": 1.0,
    "hallux_share_pct": 1.0,
    "medial_share_pct": 1.5,
    "heel_off_pct": 2.5,
}
IN_THE_MEAN = {
    "contact_ms": 2.0,
    "flight_ms": 2.0,
    "strike_index_pct": 2.0,
    "onset_ms": 1.5,
    "forefoot_share_pct": 0.5,
    "hallux_share_pct": 0.5,
    "medial_share_pct": 0.5,
    "heel_off_pct": 2.0,
}
STEMS = [f"{stem}_insole" for stem in INSOLE_TRIALS]


def golden_value(golden: dict[str, str], metric: str, foot: str) -> float:
    column = "strike_index_10_20_pct" if metric == "strike_index_pct" else metric
    return float(golden[column + foot])


@pytest.mark.parametrize("stem", STEMS)
def test_sees_every_step_on_its_foot(product: Product, stem: str) -> None:
    seen = product.comparison(stem)
    assert [step for step in seen.lost if 2 <= step < len(seen.reference) - 1] == []
    assert seen.invented == []
    assert np.array_equal(signs(seen.steps)[seen.mine], seen.reference.sides[seen.theirs])


@pytest.mark.parametrize("stem", STEMS)
def test_every_contact_is_right(product: Product, stem: str) -> None:
    seen = product.comparison(stem)
    for metric, tolerance in PER_CONTACT.items():
        error = np.abs(seen.error(metric))
        assert len(error) > 0.9 * len(seen.reference), metric
        assert np.percentile(error, 95) < tolerance, metric


@pytest.mark.parametrize("foot", ["left", "right"])
@pytest.mark.parametrize("stem", GOLDEN)
def test_means_of_a_foot_are_golden(product: Product, trials: Trials, stem: str, foot: str) -> None:
    seen = product.comparison(f"{stem}_insole")
    mine = signs(seen.steps)[seen.mine] == (1 if foot == "left" else -1)
    for metric, tolerance in IN_THE_MEAN.items():
        if metric != "flight_ms":
            expected = golden_value(trials.golden_insole[stem], metric, f"_{foot}")
            found = float(np.nanmean(seen.found(metric)[mine]))
            assert found == pytest.approx(expected, abs=tolerance), metric


@pytest.mark.parametrize("stem", GOLDEN)
def test_means_are_golden(product: Product, trials: Trials, stem: str) -> None:
    seen, golden = product.comparison(f"{stem}_insole"), trials.golden_insole[stem]
    for metric, tolerance in IN_THE_MEAN.items():
        found = float(np.nanmean(seen.found(metric)))
        assert found == pytest.approx(golden_value(golden, metric, ""), abs=tolerance), metric
    means = product.analysis(f"{stem}_insole").session.all
    assert means.cadence_spm == pytest.approx(float(golden["cadence_spm"]), abs=0.3)
