"""Which number measures a skill on which rig, as the README's table says."""

import pytest

from softshoe.coach.measuring import measured_by
from softshoe.coaching import Metric, Skill


@pytest.mark.parametrize(
    ("skill", "rig", "metric"),
    [
        ("straight", "deck4", "step_width_mm"),
        ("straight", "deck4+insoles", "step_width_mm"),
        ("straight", "deck1", None),
        ("straight", "insoles", None),
        ("tall", "deck4+insoles", None),
        ("soft", "deck1", "valr13_bw_s"),
        ("soft", "insoles", "valr13_bw_s"),
        ("close", "deck4", "reach_ahead_mm"),
        ("close", "insoles", "reach_ahead_mm"),
        ("push", "deck4", "reach_behind_mm"),
        ("push", "insoles", "forefoot_share_pct"),
        ("push", "deck1", "push_impulse_bw_s"),
    ],
)
def test_the_first_signal_that_the_rig_gives(skill: Skill, rig: str, metric: Metric | None) -> None:
    assert measured_by(skill, rig) == metric
