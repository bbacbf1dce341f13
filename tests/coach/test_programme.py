"""A hundred simulated runners each: who responds gets there and is told, who does not is not."""

from math import inf

import pytest
from tests.coach.answering_runner import AnsweringRunner, Person

from softshoe.coach.trend import trend
from softshoe.coaching import FocusResult

WARM_UP_S = 60.0
SPREADS_PCT = (8.0, 12.0, 16.0, 20.0)
ASYMMETRIES_PCT = (0.0, 12.0, 23.0, 34.0)


def people(runs: int, count: int = 100, **values: float) -> list[list[FocusResult]]:
    """The results of runners with quiet and restless steps and days, with like and unlike legs."""
    found = []
    for seed in range(count):
        spread, legs = SPREADS_PCT[seed % 4], ASYMMETRIES_PCT[seed // 4 % 4]
        person = Person(step_sd_pct=spread, day_sd_pct=spread, asymmetry_pct=legs, **values)
        found.append(AnsweringRunner(person, seed).programme("soft", runs, WARM_UP_S))
    return found


def praised(results: list[FocusResult]) -> bool:
    """Whether anything at all was called better."""
    by_trend = [trend("soft", results[: n + 1]) for n in range(len(results))]
    in_a_run = any(result.improved == "better" for result in results)
    return in_a_run or any(one.learned == "better" or one.yours for one in by_trend)


def test_of_100_runners_who_do_not_respond_at_most_5_are_ever_praised() -> None:
    found = people(runs=3, can_pct=0.0)
    assert all(any(result.cues for result in results) for results in found)
    assert sum(praised(results) for results in found) <= 5


def test_of_100_who_land_15_percent_softer_at_least_90_are_told_after_their_first_minute() -> None:
    steady = {"can_pct": 15.0, "attention": 1.0, "memory_s": inf, "learning_per_min": 0.0}
    found = people(runs=1, **steady)
    assert sum(results[0].improved == "better" for results in found) >= 90


def on_target_share(results: list[FocusResult]) -> float:
    return sum(one.on_target_s for one in results) / sum(one.counted_s for one in results)


def test_weeks_of_focus_take_runners_to_the_target_and_it_stays() -> None:
    """Five weeks of three runs; steps as quiet as in the quieter half of the real trials."""
    quiet = {"step_sd_pct": 8.0, "day_sd_pct": 8.0}
    ends = []
    for seed in range(3):
        learner = AnsweringRunner(Person(can_pct=30.0, learning_per_min=0.03, **quiet), seed)
        results = learner.programme("soft", 15, WARM_UP_S)
        ends.append(trend("soft", results))
        assert [result.planned_min for result in results] == list(range(1, 16))
        assert results[0].retained is False
        assert on_target_share(results[-3:]) > 0.85
        assert learner.learned_pct > 20.0
    assert [end.learned for end in ends] == ["better"] * 3
    assert sum(end.yours for end in ends) >= 2


@pytest.mark.long
def test_in_12_runs_too_at_most_5_of_100_are_ever_praised() -> None:
    assert sum(map(praised, people(runs=12, can_pct=0.0))) <= 5
