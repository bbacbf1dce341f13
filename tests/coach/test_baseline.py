"""The first un-cued minute: which metric, which leg, and what follows from it."""

import pytest
from tests.coach.steps import BELT_M_S, a_baseline, a_measure, a_step, steps

from softshoe.coach.aim import take_aim
from softshoe.coach.baseline import BaselineMinute, measure_of, worse_leg
from softshoe.coach.signals import SIGNALS, Signal, signal_of
from softshoe.coach.speeds import same_speed
from softshoe.coaching import Baseline, History, Skill, Target

SOFT = SIGNALS["soft"][0]
WIDTH = SIGNALS["straight"][0]
BEHIND = SIGNALS["push"][0]


def minute_of(skill: Skill, **values: object) -> Baseline | None:
    minute = BaselineMinute(skill, BELT_M_S)
    for step in steps(60.0, **values):
        minute.add(step)
    return minute.baseline()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (3.0, 3.0, True),
        (3.059, 3.0, True),
        (3.061, 3.0, False),
        (2.93, 3.0, False),
        (None, None, True),
        (None, 3.0, False),
        (3.0, None, False),
    ],
)
def test_speeds_are_the_same_within_2_percent(
    one: float | None, other: float | None, same: bool
) -> None:
    assert same_speed(one, other) is same


def test_a_minute_is_full_after_60_s_of_running_or_at_once_without_a_sensor() -> None:
    minute = BaselineMinute("soft", BELT_M_S)
    minute.pass_time(59.9)
    assert not minute.full
    minute.pass_time(0.1)
    assert minute.full
    assert BaselineMinute("tall", BELT_M_S).full


def test_the_first_metric_that_the_rig_gives_is_taken() -> None:
    by_reach = minute_of("close", reach_ahead_mm=250.0, step_ms=350.0)
    by_rhythm = minute_of("close", step_ms=350.0)
    assert by_reach
    assert by_reach.metric == "reach_ahead_mm"
    assert by_reach.all.mean == pytest.approx(250.0, rel=0.01)
    assert by_rhythm
    assert by_rhythm.metric == "step_ms"
    assert minute_of("push", forefoot_share_pct=60.0).metric == "forefoot_share_pct"  # type: ignore[union-attr]
    assert minute_of("push") is None
    assert minute_of("tall") is None


def test_a_metric_that_few_steps_know_is_not_taken() -> None:
    minute = BaselineMinute("close", BELT_M_S)
    for number, step in enumerate(steps(60.0, step_ms=350.0)):
        minute.add(step if number % 3 else a_step(step.t_s, step_ms=350.0, reach_ahead_mm=250.0))
    found = minute.baseline()
    assert found
    assert found.metric == "step_ms"


def test_each_leg_is_measured_and_unknown_sides_only_together() -> None:
    known = minute_of("soft")
    assert known
    assert known.left
    assert known.right
    assert known.left.n + known.right.n == known.all.n
    unknown = BaselineMinute("soft", BELT_M_S)
    for step in steps(60.0):
        unknown.add(a_step(step.t_s, "unknown", valr13_bw_s=step.valr13_bw_s))
    found = unknown.baseline()
    assert found
    assert found.left is None
    assert found.right is None
    assert found.side is None


@pytest.mark.parametrize(
    ("signal", "left", "right", "worse"),
    [
        (SOFT, 60.0, 80.0, "right"),
        (SOFT, 80.0, 60.0, "left"),
        (SOFT, 70.0, 71.0, None),
        (BEHIND, 300.0, 360.0, "left"),
        (BEHIND, 360.0, 300.0, "right"),
    ],
)
def test_the_worse_leg_is_the_one_beyond_the_noise(
    signal: Signal, left: float, right: float, worse: str | None
) -> None:
    legs = a_measure(left, 0.1 * left, 85), a_measure(right, 0.1 * right, 85)
    whole = a_measure((left + right) / 2, 10.0)
    assert worse_leg(signal, whole, *legs) == worse
    assert worse_leg(signal, whole, legs[0], None) is None
    assert worse_leg(signal, whole, None, legs[1]) is None


def test_a_small_difference_names_no_leg_however_sure_it_is() -> None:
    assert worse_leg(SOFT, a_measure(71.5), a_measure(70.0, 0.1), a_measure(73.0, 0.1)) is None


def test_a_baseline_gives_the_leg_that_counts() -> None:
    left, right = a_measure(60.0), a_measure(80.0)
    both = a_baseline(left=left, right=right)
    assert measure_of(both, "left") is left
    assert measure_of(both, "right") is right
    assert measure_of(both, None) is both.all


def target(today: Baseline, history: History, skill: Skill = "soft") -> float:
    aim = take_aim(skill, today, history)
    assert aim is not None
    return aim.target


def test_softness_aims_for_80_percent_of_the_first_baseline() -> None:
    assert target(a_baseline(70.0), History()) == pytest.approx(56.0)


def test_the_target_stays_when_the_runner_has_become_softer() -> None:
    history = History(baselines=(a_baseline(69.0), a_baseline(71.0), a_baseline(70.0)))
    learned = History(baselines=(*history.baselines, a_baseline(60.0), a_baseline(58.0)))
    assert target(a_baseline(57.0), history) == pytest.approx(56.0)
    assert target(a_baseline(57.0), learned) == pytest.approx(56.0)


def test_a_hard_day_asks_for_no_more_than_the_step_from_today() -> None:
    history = History(baselines=(a_baseline(70.0),) * 3)
    assert target(a_baseline(90.0), history) == pytest.approx(72.0)


def test_another_speed_and_another_metric_are_not_compared() -> None:
    others = (a_baseline(50.0, belt_m_s=3.5), a_baseline(50.0, metric="step_ms"))
    assert target(a_baseline(70.0), History(baselines=others)) == pytest.approx(56.0)


def test_unknown_speeds_of_two_days_are_not_compared() -> None:
    earlier = History(baselines=(a_baseline(50.0, belt_m_s=None),))
    assert target(a_baseline(70.0, belt_m_s=None), earlier) == pytest.approx(56.0)
    assert target(a_baseline(70.0), History(baselines=(a_baseline(90.0),))) == pytest.approx(64.0)


def test_a_leg_of_few_steps_is_not_measured() -> None:
    minute = BaselineMinute("soft", BELT_M_S)
    for number, step in enumerate(steps(60.0)):
        side = "left" if number % 2 else ("right" if number < 38 else "unknown")
        minute.add(a_step(step.t_s, side, valr13_bw_s=step.valr13_bw_s))
    found = minute.baseline()
    assert found
    assert found.left
    assert found.right is None


def test_the_first_baseline_says_which_leg_counts() -> None:
    first = a_baseline(70.0, side="right", left=a_measure(60.0), right=a_measure(80.0))
    today = a_baseline(70.0, left=a_measure(70.0), right=a_measure(75.0))
    aim = take_aim("soft", today, History(baselines=(first,)))
    assert aim is not None
    assert (aim.side, aim.baseline.mean) == ("right", 75.0)
    assert aim.target == pytest.approx(0.8 * 77.5)


def test_without_sides_today_all_steps_count() -> None:
    first = a_baseline(70.0, side="right", left=a_measure(60.0), right=a_measure(80.0))
    aim = take_aim("soft", a_baseline(70.0), History(baselines=(first,)))
    assert aim is not None
    assert (aim.side, aim.baseline.mean) == (None, 70.0)


def test_the_newest_wish_at_this_speed_is_the_target() -> None:
    def wish(value: float, belt_m_s: float = BELT_M_S) -> Target:
        return Target(metric="valr13_bw_s", belt_m_s=belt_m_s, value=value)

    history = History(targets=(wish(60.0), wish(65.0), wish(40.0, belt_m_s=4.0)))
    assert target(a_baseline(70.0), history) == 65.0


def test_more_is_better_aims_up_and_takes_the_easier_of_two() -> None:
    low = a_baseline(300.0, metric="reach_behind_mm")
    history = History(baselines=(a_baseline(340.0, metric="reach_behind_mm"),))
    assert target(low, History(), "push") == pytest.approx(315.0)
    assert target(low, history, "push") == pytest.approx(315.0)


@pytest.mark.parametrize(("share", "aimed"), [(60.0, 63.0), (96.0, 98.0)])
def test_a_share_aims_no_farther_than_half_of_what_is_left(share: float, aimed: float) -> None:
    today = a_baseline(share, metric="forefoot_share_pct")
    assert target(today, History(), "push") == pytest.approx(aimed)


def test_who_does_not_cross_needs_no_measuring_and_who_does_has_a_goal() -> None:
    wide, narrow = (a_baseline(mean, metric="step_width_mm") for mean in (60.0, -10.0))
    assert take_aim("straight", wide, History()) is None
    assert target(narrow, History(), "straight") == 20.0


def test_drift_is_of_the_baseline_or_in_the_unit() -> None:
    assert SOFT.drift_sd(70.0) == pytest.approx(1.4)
    assert WIDTH.drift_sd(-10.0) == 3.0
    assert signal_of("push", "push_impulse_bw_s").better == "more"
