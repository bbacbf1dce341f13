"""A whole focus run: its phases, its pauses, its speeds, what is cued and what comes of it."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from tests.coach.steps import (
    BELT_M_S,
    a_baseline,
    a_step,
    baselines,
    cues,
    fed,
    focuses,
    result,
    steps,
)

from softshoe.coach.focus import Coach
from softshoe.coach.plan import Plan, make_plan
from softshoe.coaching import CoachEvent, History, Phase, Skill, Target
from softshoe.events import Step, Tick

WARM_UP_S = 80.0


def a_plan(skill: Skill = "soft", windows_min: tuple[int, ...] = (1,), run: int = 1) -> Plan:
    return Plan(skill=skill, focus_run=run, windows_min=windows_min, warm_up_s=WARM_UP_S)


def phases(events: list[CoachEvent]) -> list[Phase]:
    told = [focus.phase for focus in focuses(events)]
    return [told[0], *(now for before, now in pairwise(told) if now != before)]


def softer_from(from_s: float, valr_bw_s: float, until_s: float) -> Iterator[Step]:
    yield from steps(from_s, valr13_bw_s=70.0)
    yield from steps(until_s, from_s, valr13_bw_s=valr_bw_s)


def test_a_run_goes_from_warm_up_to_probe_and_is_over() -> None:
    events = fed(Coach(a_plan(windows_min=(1, 1))), steps(600.0))
    assert phases(events) == ["warm_up", "window", "between", "window", "probe", "over"]
    assert [focus.window for focus in focuses(events)][-1] == 2
    found = result(events)
    assert (found.focus_s, found.planned_min) == (pytest.approx(120, abs=1), 2)


def test_it_is_told_once_a_second() -> None:
    events = fed(Coach(a_plan()), steps(60.0))
    times = [focus.t_s for focus in focuses(events)]
    assert len(times) == 60
    assert all(0.6 < later - before < 1.5 for before, later in pairwise(times))


def test_after_the_end_nothing_comes() -> None:
    coach = Coach(a_plan())
    assert fed(coach, steps(220.0))[-1].phase == "over"  # type: ignore[union-attr]
    assert fed(coach, [*steps(230.0, 220.0), Tick(300.0)]) == []
    assert list(coach.finish()) == []


def test_the_first_minute_is_the_baseline_and_gives_the_target() -> None:
    events = fed(Coach(a_plan()), steps(90.0))
    (baseline,) = baselines(events)
    assert (baseline.metric, baseline.belt_m_s) == ("valr13_bw_s", BELT_M_S)
    assert baseline.all.mean == pytest.approx(70.0, rel=0.001)
    before, after = focuses(events)[58], focuses(events)[-1]
    assert (before.target, before.metric) == (None, None)
    assert after.target == pytest.approx(56.0, rel=0.001)
    assert after.baseline == pytest.approx(70.0, rel=0.001)
    assert after.value == pytest.approx(70.0, rel=0.03)


def test_on_target_nothing_is_said_and_every_second_counts() -> None:
    events = fed(Coach(a_plan()), softer_from(WARM_UP_S, 50.0, 260.0))
    found = result(events)
    assert cues(events) == []
    assert found.cues == 0
    assert found.on_target_s == pytest.approx(found.counted_s, abs=2)
    assert (found.improved, found.retained) == ("better", True)
    assert found.change_pct == pytest.approx(-28.6, abs=0.5)
    assert found.noise_pct
    assert 5 < found.noise_pct < 8
    assert found.probe
    assert found.probe.mean == pytest.approx(50, rel=0.01)


def test_outside_the_target_cues_come_10_s_apart_and_only_in_windows() -> None:
    events = fed(Coach(a_plan(windows_min=(1, 1))), steps(600.0))
    times = [cue.t_s for cue in cues(events)]
    assert len(times) == 10
    assert all(later - before >= 10 for before, later in pairwise(times))
    windows = [focus.t_s for focus in focuses(events) if focus.phase == "window"]
    assert windows[0] + 1 < times[0] < windows[0] + 3
    assert all(t_s < 320 for t_s in times)
    assert (result(events).improved, result(events).retained) == ("same", False)
    assert result(events).on_target_s == 0


def test_the_current_minute_is_told_second_by_second() -> None:
    items = [*softer_from(WARM_UP_S, 50.0, 100.0), *steps(120.0, 100.0)]
    last = focuses(fed(Coach(a_plan()), items))[-1]
    assert last.minute[2:18] == ("inside",) * 16
    assert last.minute[25:37] == ("outside",) * 12
    assert last.minute[40:] == ("to_come",) * 20
    assert last.left_s == pytest.approx(21, abs=1)


def test_a_pause_is_told_and_does_not_count() -> None:
    first, later = list(steps(100.0)), list(steps(400.0, 160.0))
    events = fed(Coach(a_plan()), [*first, Tick(102.0), Tick(108.0), Tick(109.0), *later])
    (pause,) = [focus for focus in focuses(events) if focus.paused]
    assert pause.t_s == pytest.approx(first[-1].t_s + 3.0)
    assert pause.value is None
    assert result(events).focus_s == pytest.approx(60, abs=1)


def test_a_baseline_is_collected_over_pauses() -> None:
    items = [*steps(40.0), *steps(90.0, 60.0)]
    assert len(baselines(fed(Coach(a_plan()), items))) == 1
    assert baselines(fed(Coach(a_plan()), items[:-40])) == []


def test_a_new_speed_waits_for_its_own_baseline_and_an_old_one_does_not() -> None:
    fast = {"belt_m_s": 3.5, "valr13_bw_s": 90.0}
    items = [
        *steps(100.0),
        *steps(130.0, 100.0, **fast),
        *steps(140.0, 130.0),
        *steps(180.0, 140.0, **fast),
        *steps(300.0, 180.0),
    ]
    events = fed(Coach(a_plan(windows_min=(2,))), items)
    assert phases(events)[:6] == ["warm_up", "window", "baseline", "window", "baseline", "window"]
    assert [one.belt_m_s for one in baselines(events)] == [BELT_M_S, 3.5]
    fast_windows = [f for f in focuses(events) if f.phase == "window" and 171 < f.t_s < 180]
    assert {round(focus.target or 0) for focus in fast_windows} == {72}
    waiting = next(focus for focus in focuses(events) if focus.phase == "baseline")
    assert waiting.left_s == pytest.approx(60, abs=1)


def test_the_result_is_of_the_speed_that_was_run_longest() -> None:
    items = [*steps(95.0), *steps(400.0, 95.0, belt_m_s=3.5, valr13_bw_s=90.0)]
    found = result(fed(Coach(a_plan(windows_min=(2,))), items))
    assert found.belt_m_s == 3.5
    assert found.baseline
    assert found.baseline.mean == pytest.approx(90, rel=0.01)


def test_the_worse_leg_drives_cues_and_result() -> None:
    def limping(until_s: float, right: float, from_s: float = 0.0) -> Iterator[Step]:
        for step in steps(until_s, from_s):
            valr = step.valr13_bw_s or 0.0
            yield a_step(
                step.t_s,
                step.side or "unknown",
                valr13_bw_s=valr * (right / 70.0 if step.side == "right" else 60 / 70.0),
            )

    events = fed(Coach(a_plan()), [*limping(WARM_UP_S, 90.0), *limping(300.0, 80.0, WARM_UP_S)])
    found = result(events)
    assert (found.side, {cue.side for cue in cues(events)}) == ("right", {"right"})
    assert found.target == pytest.approx(72, rel=0.01)
    assert found.windows
    assert found.windows.mean == pytest.approx(80, rel=0.01)
    assert cues(events)[0].say.endswith("Mind the right foot.")


def test_a_foot_that_is_lost_neither_counts_nor_cues() -> None:
    lost = [a_step(step.t_s, valr13_bw_s=None) for step in steps(260.0, 100.0)]
    events = fed(Coach(a_plan()), [*steps(100.0), *lost])
    found = result(events)
    assert found.counted_s < 30 < found.focus_s
    assert found.probe is None
    assert found.retained is None
    assert all(cue.t_s < 108 for cue in cues(events))


def test_where_nothing_measures_the_minutes_run_with_timed_cues() -> None:
    events = fed(Coach(a_plan("tall", (2,))), steps(300.0))
    times = [cue.t_s for cue in cues(events)]
    assert len(times) == 6
    assert all(later - before >= 20 for before, later in pairwise(times))
    found = result(events)
    assert (found.metric, found.improved, found.counted_s) == (None, "unknown", 0)
    assert baselines(events) == []


def test_a_rig_without_loading_rates_cues_softness_by_time() -> None:
    events = fed(Coach(a_plan()), steps(260.0, valr13_bw_s=None))
    assert len(cues(events)) == 3
    assert baselines(events) == []
    assert result(events).metric is None


def test_without_a_value_in_the_windows_nothing_is_compared() -> None:
    lost = [a_step(step.t_s, valr13_bw_s=None) for step in steps(260.0, 75.0)]
    found = result(fed(Coach(a_plan()), [*steps(75.0), *lost]))
    assert (found.windows, found.improved) == (None, "unknown")
    assert found.baseline


def test_a_goal_in_the_unit_gives_no_percentages() -> None:
    crossed = steps(300.0, step_width_mm=-10.0)
    found = result(fed(Coach(a_plan("straight")), crossed))
    assert (found.target, found.metric) == (20.0, "step_width_mm")
    assert found.change is not None
    assert (found.change_pct, found.noise_pct) == (None, None)


def test_history_sets_the_target_and_the_plan() -> None:
    history = History(baselines=(a_baseline(90.0),) * 3)
    events = fed(Coach(make_plan("soft", history, WARM_UP_S), history), steps(90.0))
    assert focuses(events)[-1].target == pytest.approx(72)


def test_a_target_can_be_changed_while_running() -> None:
    coach = Coach(a_plan())
    wish = Target(metric="valr13_bw_s", belt_m_s=BELT_M_S, value=65.0)
    fed(coach, steps(30.0))
    assert list(coach.feed(wish)) == []
    assert focuses(fed(coach, steps(90.0, 30.0)))[-1].target == 65.0
    list(coach.feed(Target(metric="valr13_bw_s", belt_m_s=BELT_M_S, value=75.0)))
    events = fed(coach, steps(260.0, 90.0))
    assert focuses(events)[-1].target == 75.0
    assert len([cue for cue in cues(events) if cue.t_s > 92]) == 0


def test_a_run_that_ends_early_gives_what_there_was() -> None:
    coach = Coach(a_plan(windows_min=(2,)))
    fed(coach, steps(130.0))
    found = result(coach.finish())
    assert found.focus_s == pytest.approx(50, abs=1)
    assert found.probe is None


def test_a_probe_of_a_few_seconds_says_nothing_of_retention() -> None:
    coach = Coach(a_plan())
    fed(coach, steps(150.5))
    found = result(coach.finish())
    assert found.probe
    assert found.probe.n < 40
    assert found.retained is None


def test_less_than_half_a_minute_is_no_focus_run() -> None:
    coach = Coach(a_plan())
    fed(coach, steps(100.0))
    assert list(coach.finish()) == []


def test_other_moments_of_a_step_are_not_heard() -> None:
    coach = Coach(a_plan())
    assert list(coach.feed(Step(moment="live", t_s=1.0))) == []
    assert list(coach.feed(Tick(100.0))) == []


def test_a_step_that_goes_back_in_time_takes_none() -> None:
    coach = Coach(a_plan())
    events = fed(coach, [a_step(10.0), a_step(9.0), a_step(9.5), a_step(10.2)])
    assert focuses(events)[-1].left_s == pytest.approx(WARM_UP_S - 1.2)
