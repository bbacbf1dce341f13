"""Detection goes on: from any start, after an offset, a pause."""

from collections.abc import Sequence

import numpy as np
import pytest
from tests.recordings.alterations import row_at, with_offset, with_pause
from tests.recordings.comparison import column, compare
from tests.recordings.oracle_signal import Array
from tests.recordings.product import Product, steps_of
from tests.recordings.trials import DRIFT, TRIALS, Trials

from softshoe.events import Step

RATE_HZ = 300.0
MIDDLE = 20
EXCERPT_S = 18.0
STARTS_S = tuple(1.555 * number for number in range(12))
PAUSE_S = 6.0


def missed(steps: Sequence[Step], expected_s: Array) -> list[int]:
    """Which of the expected initial contacts have no final step within 20 ms.

    The first two and the last are not asked for: running is not yet, or no longer, known.
    """
    found_s = column(steps, "t_s")
    apart = np.abs(expected_s[:, None] - found_s[None, :]).min(axis=1, initial=np.inf)
    lost = np.flatnonzero(apart > 0.020)
    return [int(step) for step in lost if 2 <= step < len(expected_s) - 1]


def contacts_within(trials: Trials, stem: str, start_s: float, length_s: float) -> Array:
    """Initial contacts that lie in an excerpt with their toe-offs, in seconds of the excerpt."""
    contacts = trials.reference(stem).steps
    ends_s = contacts["t_s"] + contacts["contact_ms"] / 1000
    inside = (contacts["t_s"] > start_s) & (ends_s < start_s + length_s)
    return np.asarray(contacts["t_s"][inside] - start_s)


def check_starts(product: Product, trials: Trials, stem: str, length_s: float) -> None:
    values = product.values(stem)
    for start in (round(start_s * RATE_HZ) for start_s in STARTS_S):
        excerpt = values[start : start + round(length_s * RATE_HZ)]
        expected = contacts_within(trials, stem, start / RATE_HZ, len(excerpt) / RATE_HZ)
        steps = steps_of(product.live(stem, excerpt), "final")
        assert missed(steps, expected) == [], start


@pytest.mark.parametrize("stem", TRIALS)
def test_any_start_finds_all_but_the_first(product: Product, trials: Trials, stem: str) -> None:
    check_starts(product, trials, stem, length_s=4.0)


@pytest.mark.long
@pytest.mark.parametrize("form", ["", "_4cell"])
@pytest.mark.parametrize("stem", TRIALS)
def test_any_start_loses_no_step_to_the_end(
    product: Product, trials: Trials, stem: str, form: str
) -> None:
    check_starts(product, trials, stem + form, length_s=30.0)


def test_a_drifted_cold_start_finds_the_first_contacts(product: Product, trials: Trials) -> None:
    values = product.values(DRIFT)[round(10 * RATE_HZ) :]
    expected = contacts_within(trials, DRIFT, 10.0, len(values) / RATE_HZ)
    steps = steps_of(product.live(DRIFT, values), "final")
    assert column(steps[:3], "t_s") == pytest.approx(expected[:3], abs=0.02)
    assert len(steps) >= len(expected) - 1


@pytest.mark.parametrize("stem", TRIALS)
def test_an_offset_in_mid_run_costs_a_few_steps(
    product: Product, trials: Trials, stem: str
) -> None:
    stem = f"{stem}_4cell"
    reference = trials.reference(stem)
    row = row_at(reference, MIDDLE, RATE_HZ, into_ms=reference.steps["contact_ms"][MIDDLE] + 40)
    altered = with_offset(product.values(stem), row, 150)[: round(EXCERPT_S * RATE_HZ)]
    seen = compare(steps_of(product.live(stem, altered), "final"), reference)
    last = len(contacts_within(trials, stem, 0.0, EXCERPT_S)) - 1
    assert all(MIDDLE <= step <= MIDDLE + 10 for step in seen.lost if 2 <= step < last)
    after = seen.theirs > MIDDLE + 12
    error_ms = (seen.found("contact_ms") - seen.expected("contact_ms"))[after]
    assert np.percentile(np.abs(error_ms), 95) < 5


@pytest.mark.parametrize("stem", TRIALS)
def test_a_pause_ends_one_chain_and_starts_another(
    product: Product, trials: Trials, stem: str
) -> None:
    stem = f"{stem}_4cell"
    excerpt = product.values(stem)[: round(EXCERPT_S * RATE_HZ)]
    altered = with_pause(excerpt, trials.reference(stem), MIDDLE, RATE_HZ, PAUSE_S)
    expected = contacts_within(trials, stem, 0.0, EXCERPT_S)
    expected[MIDDLE + 1 :] += PAUSE_S
    steps = steps_of(product.live(stem, altered), "final")
    assert missed(steps, expected) == []
    last = [step for step in steps if step.t_s < expected[MIDDLE] + 1][-1]
    assert (last.step_ms, last.flight_ms, last.reach_ahead_mm) == (None, None, None)
