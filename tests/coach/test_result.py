"""A change is called one beyond its noise only; trends; suggestions; one sentence."""

import msgspec
import pytest
from tests.coach.steps import a_measure, a_result

from softshoe.coach.noise import day_noise, judge, run_noise, standard_error
from softshoe.coach.result import rated
from softshoe.coach.sentences import result_sentence
from softshoe.coach.signals import SIGNALS
from softshoe.coach.suggestion import first_suggestion, next_suggestion, scores
from softshoe.coach.trend import trend
from softshoe.coaching import FocusResult, Skill
from softshoe.events import Means

SOFT, BEHIND = SIGNALS["soft"][0], SIGNALS["push"][0]


def test_the_noise_is_that_of_two_means_and_of_the_drift() -> None:
    measure = a_measure(70.0, 7.0, 196)
    assert standard_error(measure) == pytest.approx(0.7071, rel=1e-4)
    assert run_noise(SOFT, measure, measure) == pytest.approx(2.8 * (0.5 + 0.5 + 1.96) ** 0.5)
    assert day_noise(7.0, 3, 5) == pytest.approx(12.780, rel=1e-4)


@pytest.mark.parametrize(
    ("change", "word"), [(-5.1, "better"), (-5.0, "same"), (5.0, "same"), (5.1, "worse")]
)
def test_inside_the_noise_nothing_changed(change: float, word: str) -> None:
    assert judge(SOFT, change, 5.0) == word
    assert judge(BEHIND, -change, 5.0) == word


def test_a_rating_is_1_to_5() -> None:
    assert rated(a_result(), 4).rating == 4
    for wrong in (0, 6):
        with pytest.raises(msgspec.ValidationError):
            rated(a_result(), wrong)


# --- over runs -------------------------------------------------------------------------------


def runs(*means: float, **values: object) -> list[FocusResult]:
    return [
        a_result(number, baseline=a_measure(mean), **values) for number, mean in enumerate(means, 1)
    ]


OWNED = runs(70, 70, 70, 50, 50, 50, 50, 50)


def test_nothing_practised_is_no_trend() -> None:
    assert trend("soft", [a_result(skill="tall", metric=None)]).runs == 0


def test_un_cued_minutes_of_late_are_held_against_the_first() -> None:
    found = trend("soft", OWNED)
    assert (found.first, found.late, found.change) == (70, 50, -20)
    assert found.noise == pytest.approx(12.780, rel=1e-4)
    assert (found.learned, found.retained_in_a_row, found.yours) == ("better", 8, True)
    assert (found.runs, found.practised_s) == (8, 60.0 * 36)


def test_the_late_minutes_are_the_last_eight() -> None:
    assert trend("soft", runs(70, 70, 70, 60, 60, *[50] * 8)).late == 50


def test_too_few_runs_say_nothing_yet() -> None:
    assert trend("soft", runs(70, 70, 70, 20, 20, 20, 20)).learned == "unknown"


def test_a_skill_is_not_the_runners_own_by_noise_nor_without_retention() -> None:
    assert not trend("soft", runs(70, 70, 70, 62, 62, 62, 62, 62)).yours
    lost = [*runs(70, 70, 70, 45, 45, 45, 45), *runs(45, retained=False), *runs(45, 45)]
    assert trend("soft", lost).learned == "better"
    assert (trend("soft", lost).retained_in_a_row, trend("soft", lost).yours) == (2, False)


def test_only_runs_like_the_last_are_compared() -> None:
    other_speed = runs(99, 99, 99, belt_m_s=4.0)
    other_leg = runs(99, 99, 99, side="left")
    found = trend("soft", [*other_speed, *other_leg, *runs(*[70] * 8)])
    assert (found.first, found.learned, found.runs) == (70, "same", 14)


def test_runs_at_unknown_speeds_are_not_compared() -> None:
    found = trend("soft", runs(70, 70, 70, 50, 50, 50, 50, 50, belt_m_s=None))
    assert (found.runs, found.learned, found.yours) == (8, "unknown", False)


def test_where_nothing_measures_the_runners_own_word_counts() -> None:
    unmeasured = {"skill": "tall", "metric": None, "baseline": None}
    fine = [a_result(n, rating=4 + n % 2, **unmeasured) for n in range(1, 5)]
    assert trend("tall", fine).yours
    assert not trend("tall", fine[:3]).yours
    assert not trend("tall", [*fine, a_result(5, **unmeasured)]).yours


# --- which skill -----------------------------------------------------------------------------


def test_the_first_skill_is_the_one_farthest_on_the_worse_side() -> None:
    means = Means(valr_bw_s=75.0, reach_ahead_mm=330.0, reach_behind_mm=360.0, step_width_mm=60.0)
    found = first_suggestion(means, 3.5)
    assert (found.skill, found.by_measure) == ("close", True)
    assert scores(means, 3.5)["close"] == pytest.approx(72 / 38)
    assert scores(means, 3.5)["push"] == 0
    assert first_suggestion(Means(step_width_mm=-10.0), 3.0).skill == "straight"
    assert first_suggestion(Means(reach_behind_mm=250.0), 2.5).skill == "push"
    assert first_suggestion(Means(valr_bw_s=140.0), 4.5).skill == "soft"


def test_an_ordinary_run_stands_out_nowhere() -> None:
    found = first_suggestion(Means(valr_bw_s=70.0, reach_ahead_mm=258.0), 3.5)
    assert (found.skill, found.by_measure) == ("soft", True)
    assert found.why.startswith("Nothing stood out.")


@pytest.mark.parametrize("belt_m_s", [None, 1.9, 5.1])
def test_without_a_comparable_speed_nothing_is_compared(belt_m_s: float | None) -> None:
    found = first_suggestion(Means(valr_bw_s=200.0), belt_m_s)
    assert (found.skill, found.by_measure) == ("soft", False)


def test_one_skill_at_a_time_until_it_is_the_runners_own() -> None:
    assert next_suggestion([]) is None
    going_on = next_suggestion(runs(70, 70))
    assert going_on
    assert (going_on.skill, going_on.by_measure) == ("soft", True)
    owned = next_suggestion(OWNED)
    assert owned
    assert owned.skill == "close"
    assert owned.why == "The last skill is yours."


def test_after_many_runs_another_skill_comes_without_praise() -> None:
    found = next_suggestion(runs(*[70.0] * 20))
    assert found
    assert (found.skill, found.by_measure) == ("close", False)
    assert "yours" not in found.why


def test_a_skill_that_is_owned_does_not_come_again() -> None:
    skills: tuple[Skill, ...] = ("close", "push", "straight", "tall")
    unmeasured = {"metric": None, "baseline": None, "rating": 5}
    all_of = [a_result(n, skill=skill, **unmeasured) for skill in skills for n in range(1, 5)]
    assert next_suggestion([*all_of, *OWNED]) is None
    found = next_suggestion(all_of)
    assert found
    assert found.skill == "soft"


# --- one sentence ----------------------------------------------------------------------------


def told(**values: object) -> str:
    sizes = {"change_pct": -14.2, "noise_pct": 6.6, "retained": False}
    return result_sentence(a_result(**(sizes | values)))


def test_the_sentence_says_what_changed_by_how_much_and_how_sure() -> None:
    assert told(improved="better") == "Softer by 14 % ± 7 while you minded it."
    assert told(improved="worse") == "Harder by 14 % ± 7 while you minded it."
    kept = told(improved="better", retained=True)
    assert kept.endswith("It stayed on target without cues.")


def test_noise_is_not_praised_and_the_unmeasured_is_asked() -> None:
    assert told(improved="same", retained=True) == "No change beyond the spread of your steps."
    assert told(improved="unknown") == "How quiet were your feet?"
    assert told(skill="straight", improved="better", change_pct=None) == (
        "Straighter while you minded it."
    )
