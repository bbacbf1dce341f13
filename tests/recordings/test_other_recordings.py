"""What must not be claimed: a side from force alone, running from walking."""

import numpy as np
import pytest
from tests.recordings.product import Product
from tests.recordings.trials import SLOPES, WALKS

from softshoe.events import ActivityChange, Step

WALKING_SPM = {"walk_deck_GaCo01_01": 97, "walk_deck_GaCo02_01": 109}


@pytest.mark.parametrize("stem", SLOPES)
def test_force_alone_gives_steps_without_side_and_reach(product: Product, stem: str) -> None:
    steps = product.analysis(stem).steps
    assert len(steps) >= 10
    for step in steps:
        assert step.side in (None, "unknown")
        assert (step.reach_ahead_mm, step.reach_behind_mm) == (None, None)
        assert (step.step_width_mm, step.cop_travel_mm) == (None, None)
    assert {step.foot for step in steps} == {"a", "b"}


@pytest.mark.parametrize("stem", WALKS)
def test_walking_gives_no_running_step(product: Product, stem: str) -> None:
    """Neither whole nor live, at none of a step's moments; but a deck's walk has a cadence."""
    events = product.live(stem)
    assert [event for event in events if isinstance(event, Step)] == []
    told = [e.cadence_spm for e in events if isinstance(e, ActivityChange) and e.cadence_spm]
    if stem == "walk_gatk_one_foot":
        assert told == []
    elif stem in WALKING_SPM:
        assert np.median(told) == pytest.approx(WALKING_SPM[stem], rel=0.03)


@pytest.mark.parametrize("stem", ["walk_deck_GaCo01_01", "walk_deck_GaCo02_01"])
def test_analysis_tells_a_walks_cadence(product: Product, stem: str) -> None:
    analysis = product.analysis(stem)
    assert (analysis.steps, analysis.activity) == ((), "walk")
    assert analysis.cadence_spm == pytest.approx(WALKING_SPM[stem], rel=0.03)


def test_one_foot_of_a_walk_has_no_cadence(product: Product) -> None:
    analysis = product.analysis("walk_gatk_one_foot")
    assert (analysis.steps, analysis.cadence_spm) == ((), None)
