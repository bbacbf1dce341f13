"""Left and right, against what motion-capture markers saw."""

import numpy as np
import pytest
from tests.recordings.alterations import without_contact
from tests.recordings.comparison import Comparison, compare, signs
from tests.recordings.product import Product, steps_of
from tests.recordings.trials import CROSSES_THE_MIDLINE, TRIALS, Trials

from softshoe.events import Moment

RATE_HZ = 300.0
MOMENTS: tuple[Moment, ...] = ("landing", "live", "final")
KNOWN_FROM = 12
LOST_EVIDENCE = 4


def check(seen: Comparison, trials: Trials, stem: str, known_from: int = KNOWN_FROM) -> None:
    """None wrong; all told from the 13th on, but for the runner who crosses the midline."""
    told = signs(seen.steps)[seen.mine]
    assert not np.any(told * trials.true_sides(stem, seen.theirs) < 0)
    if stem not in CROSSES_THE_MIDLINE:
        assert np.all(told[seen.theirs >= known_from] != 0)


def check_without(product: Product, trials: Trials, stem: str, cut: int, excerpt_s: float) -> None:
    """A lost contact costs itself only, and no side; early on it also costs evidence."""
    form = f"{stem}_4cell"
    reference = trials.reference(form)
    altered = without_contact(product.values(form), reference, cut, RATE_HZ)
    excerpt = altered[: round(excerpt_s * RATE_HZ)]
    seen = compare(steps_of(product.live(form, excerpt), "final"), reference)
    last = np.count_nonzero(reference.steps["t_s"] < len(excerpt) / RATE_HZ) - 2
    assert [step for step in seen.lost if 2 <= step < last] == [cut]
    assert seen.invented == []
    assert np.isnan(seen.found("step_ms")[seen.theirs == cut - 1])
    check(seen, trials, stem, KNOWN_FROM if cut > KNOWN_FROM else KNOWN_FROM + LOST_EVIDENCE)


@pytest.mark.parametrize("stem", TRIALS)
def test_live_sides_are_right(product: Product, trials: Trials, stem: str) -> None:
    events = product.live(stem)
    for moment in MOMENTS:
        seen = compare(steps_of(events, moment), trials.reference(stem))
        assert len(seen.theirs) > 0.9 * len(seen.reference)
        check(seen, trials, stem)


@pytest.mark.parametrize("cut", [5, 20])
@pytest.mark.parametrize("stem", TRIALS)
def test_a_lost_contact_does_not_swap_feet(
    product: Product, trials: Trials, stem: str, cut: int
) -> None:
    check_without(product, trials, stem, cut, excerpt_s=14.0)


@pytest.mark.long
@pytest.mark.parametrize("cut", [3, 5, 9, 13, 14, 20, 33, 47, 60])
@pytest.mark.parametrize("stem", TRIALS)
def test_no_lost_contact_ever_swaps_feet(
    product: Product, trials: Trials, stem: str, cut: int
) -> None:
    check_without(product, trials, stem, cut, excerpt_s=30.0)


@pytest.mark.parametrize("stem", CROSSES_THE_MIDLINE)
def test_one_who_crosses_the_midline_stays_unknown(product: Product, stem: str) -> None:
    assert {step.side for step in product.analysis(stem).steps} == {"unknown"}
