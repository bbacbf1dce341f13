"""The coach in a run: wishes before and within it, what is kept of it, and when it ends."""

from collections.abc import Iterable, Iterator

from tests.coach.steps import a_result, steps
from tests.daemon.examples import a_session

from softshoe.coaching import AimAt, Cue, Focus, FocusOn, History, Practised, Target
from softshoe.events import LiveState, Session, Step, Tick
from softshoe.focusing import Focusing, Told
from softshoe.session import RunEvent
from softshoe.settings import CoachSettings

OPEN = a_session("monday", state="open", runner="guest")
CLOSED = a_session("monday", state="closed", runner="guest")
MINUTE = FocusOn(skill="soft")


def focusing() -> Focusing:
    return Focusing(CoachSettings(warm_up_s=60.0))


def heard(focusing: Focusing, events: Iterable[RunEvent], start_s: float = 0.0) -> list[Told]:
    return [told for event in events for told in focusing.feed(event, start_s)]


def run(until_s: float, from_s: float = 0.0) -> Iterator[Step]:
    return steps(until_s, from_s, session="monday")


def practised(told: Iterable[Told]) -> list[Practised]:
    return [each for each in told if isinstance(each, Practised)]


def focuses(told: Iterable[Told]) -> list[Focus]:
    return [each for each in told if isinstance(each, Focus)]


def test_without_a_wish_nothing_is_said() -> None:
    assert heard(focusing(), [OPEN, *run(200.0), CLOSED]) == []


def test_a_wish_is_shown_at_once_and_its_minute_is_kept() -> None:
    coach = focusing()
    (shown,) = coach.choose(MINUTE)
    assert isinstance(shown, Focus)
    assert (shown.skill, shown.phase, shown.planned_min) == ("soft", "warm_up", 1)
    told = heard(coach, [OPEN, *run(200.0)])
    (kept,) = practised(told)
    assert (kept.session, kept.runner, kept.at) == ("monday", "guest", OPEN.started_at)
    assert kept.result.skill == "soft"
    assert kept.result.focus_s >= 60.0
    assert [baseline.metric for baseline in kept.baselines] == ["valr13_bw_s"]
    (window,) = kept.windows
    assert 59.0 <= window.from_s <= 62.0
    assert 119.0 <= window.to_s <= 122.0
    assert any(isinstance(each, Cue) for each in told)
    assert heard(coach, [CLOSED])[-1].phase == "over"  # type: ignore[union-attr]


def test_history_makes_the_minutes() -> None:
    history = History(results=(a_result(1), a_result(2)))
    (shown,) = focusing().choose(FocusOn(skill="soft", history=history))
    assert isinstance(shown, Focus)
    assert (shown.focus_run, shown.planned_min) == (3, 3)


def test_who_stops_early_is_told_how_far_it_went() -> None:
    """At the end of the run, not only when its session closes; again when it goes on."""
    coach = focusing()
    list(coach.choose(MINUTE))
    heard(coach, [OPEN, *run(100.0)])
    (first,) = practised(heard(coach, [LiveState(state="done")]))
    assert 30.0 <= first.result.focus_s < 60.0
    assert heard(coach, [LiveState(state="done")]) == []
    heard(coach, [LiveState(state="running"), *run(130.0, 100.0)])
    (second,) = practised(heard(coach, [LiveState(state="done")]))
    assert second.result.focus_s >= 60.0
    (last,) = practised(heard(coach, [CLOSED]))
    assert last.result == second.result


def test_half_a_minute_is_too_little_to_keep() -> None:
    coach = focusing()
    list(coach.choose(MINUTE))
    told = heard(coach, [OPEN, *run(80.0), LiveState(state="done"), CLOSED])
    assert practised(told) == []


def test_a_wish_that_has_not_begun_waits_for_the_next_run() -> None:
    coach = focusing()
    heard(coach, [OPEN, *run(20.0)])
    list(coach.choose(MINUTE))
    assert heard(coach, [CLOSED]) == []
    told = heard(coach, [OPEN, *run(10.0)])
    assert focuses(told)[-1].phase == "warm_up"


def test_another_wish_ends_the_first() -> None:
    coach = focusing()
    list(coach.choose(MINUTE))
    heard(coach, [OPEN, *run(125.0)])
    told = list(coach.choose(FocusOn(skill="tall")))
    (kept,) = practised(told)
    assert kept.result.skill == "soft"
    assert [(focus.skill, focus.phase) for focus in focuses(told)] == [
        ("soft", "over"),
        ("tall", "warm_up"),
    ]
    assert [focus.phase for focus in focuses(coach.choose(FocusOn(skill=None)))] == ["over"]
    assert list(coach.choose(FocusOn(skill=None))) == []


def test_another_runner_has_not_chosen_it() -> None:
    coach = focusing()
    list(coach.choose(MINUTE))
    assert [focus.phase for focus in focuses(coach.run_as_another())] == ["over"]
    list(coach.choose(MINUTE))
    heard(coach, [OPEN, *run(10.0)])
    assert list(coach.run_as_another()) == []


def test_a_target_holds_at_once() -> None:
    coach = focusing()
    list(coach.choose(MINUTE))
    assert (
        list(focusing().aim(AimAt(0.0, Target(metric="valr13_bw_s", belt_m_s=3.0, value=1.0))))
        == []
    )
    heard(coach, [OPEN, *run(70.0)])
    list(coach.aim(AimAt(70.0, Target(metric="valr13_bw_s", belt_m_s=3.0, value=50.0))))
    assert focuses(heard(coach, run(75.0, 70.0)))[-1].target == 50.0


def test_ticks_tell_a_pause_in_the_sessions_time() -> None:
    coach = focusing()
    list(coach.choose(MINUTE))
    heard(coach, [OPEN, *run(30.0)], start_s=1000.0)
    told = heard(coach, (Tick(1030.0 + each) for each in range(10)), start_s=1000.0)
    (paused,) = focuses(told)
    assert paused.paused
    assert paused.t_s < 40.0


def test_a_run_belongs_to_whoever_claims_it() -> None:
    coach = focusing()
    list(coach.choose(MINUTE))
    mine: Session = a_session("monday", state="open", runner="abc")
    told = heard(coach, [OPEN, *run(100.0), mine, *run(200.0, 100.0)])
    (kept,) = practised(told)
    assert kept.runner == "abc"
