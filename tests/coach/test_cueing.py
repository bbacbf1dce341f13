"""Silent on target; outside one cue, then nothing for a while; by time where nothing measures."""

import pytest

from softshoe.coach.cueing import CUE_S, Cueing
from softshoe.coach.minutes import Minutes
from softshoe.coach.plan import Plan
from softshoe.coach.skills import GUIDES
from softshoe.coach.smoothing import Smoother


def cueing(focus_run: int = 1, gap_s: float = 10.0) -> Cueing:
    plan = Plan(skill="soft", focus_run=focus_run, windows_min=(1,), cue_gap_s=gap_s)
    return Cueing(plan)


def test_nothing_is_said_on_target_nor_while_nobody_knows() -> None:
    coach = cueing()
    assert coach.by_measure(0.0, 60.0, True, None) is None
    assert coach.by_measure(0.0, 60.0, None, None) is None
    assert coach.count == 0


def test_outside_one_cue_holds_8_s_and_the_next_waits_10() -> None:
    coach = cueing()
    first = coach.by_measure(100.0, 60.0, False, "left")
    assert first
    assert (first.number, first.t_s, first.until_s, first.side) == (1, 100.0, 108.0, "left")
    assert (first.word, first.lines) == ("Quieter", ("Let the foot", "drop under you"))
    assert first.say == "Quieter. Let the foot drop under you. Mind the left foot."
    assert coach.by_measure(109.9, 50.0, False, "left") is None
    second = coach.by_measure(110.0, 50.0, False, "left")
    assert second
    assert second.word == "Softer"


def test_words_rotate_and_begin_elsewhere_each_run() -> None:
    words = [text.word for text in GUIDES["soft"].cues]
    coach = cueing(focus_run=2)
    said = [coach.by_measure(10.0 * n, 60.0, False, None) for n in range(6)]
    assert [cue.word for cue in said if cue] == [*words[1:], *words[:2]]


def test_no_cue_reaches_into_un_cued_running() -> None:
    assert cueing().by_measure(0.0, CUE_S - 0.1, False, None) is None
    assert cueing().by_measure(0.0, CUE_S, False, None)


@pytest.mark.parametrize(("gap_s", "next_s"), [(10.0, 20.0), (30.0, 30.0)])
def test_timed_cues_come_every_20_s_and_fade_too(gap_s: float, next_s: float) -> None:
    coach = cueing(gap_s=gap_s)
    assert coach.by_time(0.0, 60.0)
    assert coach.by_time(next_s - 0.1, 60.0) is None
    assert coach.by_time(next_s, 60.0)


def test_five_steps_make_a_value_and_old_ones_none() -> None:
    smoother = Smoother()
    for number, value in enumerate([100.0, 1.0, 2.0, 3.0, 4.0, 5.0]):
        assert (smoother.value(float(number)) is None) == (number < 5)
        smoother.add(float(number), value)
    assert smoother.value(5.0) == 3.0
    assert smoother.value(7.1) is None
    smoother.clear()
    assert smoother.value(5.0) is None


def test_the_minute_fills_second_by_second_and_begins_anew() -> None:
    minutes = Minutes()
    minutes.pass_time(0.5, "inside")
    assert minutes.minute == ("to_come",) * 60
    minutes.pass_time(2.6, "outside")
    assert minutes.minute == ("outside",) * 3 + ("to_come",) * 57
    minutes.pass_time(57.0, "inside")
    assert minutes.minute == ("outside",) * 3 + ("inside",) * 57
    minutes.pass_time(1.0, "not_counted")
    assert minutes.minute == ("not_counted",) + ("to_come",) * 59
    assert (minutes.done_s, minutes.counted_s) == (pytest.approx(61.1), pytest.approx(60.1))
    assert minutes.on_target_s == pytest.approx(57.5)
    minutes.open_window()
    assert minutes.minute == ("to_come",) * 60
    assert minutes.done_s == pytest.approx(61.1)
