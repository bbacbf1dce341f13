"""One minute, and one more each run; windows after a warm-up; cues that fade."""

import pytest
from tests.coach.steps import a_result

from softshoe.coach.course import Course
from softshoe.coach.plan import Plan, cue_gap_s, make_plan, stages, windows_min
from softshoe.coaching import History


def after(runs: int) -> Plan:
    others = (a_result(1, skill="close"),)
    return make_plan("soft", History(results=(*others, *(a_result(n + 1) for n in range(runs)))))


@pytest.mark.parametrize(("runs", "minutes"), [(0, 1), (1, 2), (11, 12), (29, 30), (50, 30)])
def test_a_minute_more_with_each_run_of_the_same_skill(runs: int, minutes: int) -> None:
    assert after(runs).minutes == minutes
    assert after(runs).focus_run == runs + 1


@pytest.mark.parametrize(
    ("minutes", "windows"), [(1, (1,)), (5, (5,)), (6, (3, 3)), (7, (4, 3)), (11, (4, 4, 3))]
)
def test_long_plans_come_in_even_windows_of_five_at_most(
    minutes: int, windows: tuple[int, ...]
) -> None:
    assert windows_min(minutes) == windows


def test_later_runs_cue_less() -> None:
    assert [cue_gap_s(run) for run in (1, 4, 5, 6, 9, 30)] == [10, 10, 20, 30, 60, 60]


def test_windows_stand_after_a_warm_up_apart_and_before_a_probe() -> None:
    plan = Plan(skill="soft", focus_run=6, windows_min=(3, 3), warm_up_s=100.0)
    assert [(stage.phase, stage.window, stage.length_s) for stage in stages(plan)] == [
        ("warm_up", 0, 100.0),
        ("window", 1, 180.0),
        ("between", 1, 120.0),
        ("window", 2, 180.0),
        ("probe", 2, 60.0),
        ("over", 2, 0.0),
    ]


def test_a_course_goes_on_with_the_step_that_fills_a_stage_and_ends() -> None:
    course = Course(Plan(skill="soft", focus_run=1, windows_min=(1,), warm_up_s=1.0))
    course.pass_time(0.7)
    assert (course.stage.phase, course.left_s) == ("warm_up", pytest.approx(0.3))
    course.pass_time(0.7)
    assert (course.stage.phase, course.left_s) == ("window", 60.0)
    for _ in range(3):
        course.pass_time(60.0)
    assert course.over
    assert course.stage.phase == "over"
