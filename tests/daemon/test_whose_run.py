"""Whose a run is: a guest's, until somebody says who they are; until it closes."""

from tests.daemon.runner import STEP_S, running, sessions, silence
from tests.daemon.test_session import changes, fed, of

from softshoe.events import Command, NewRunner, Session
from softshoe.people import RunsAs

ANNA, BERTA, NOBODY = RunsAs(0.0, "anna", "A."), RunsAs(0.0, "berta"), RunsAs(0.0)


def owners(events) -> list[tuple[str, str, str | None]]:
    """Of each session that is told: its id, its runner and alias, once in a row."""
    told = [(each.session, each.runner, each.alias) for each in of(Session, events)]
    return [each for each, before in zip(told, [None, *told], strict=False) if each != before]


def said(runner: RunsAs, t_s: float) -> list[RunsAs]:
    return [RunsAs(t_s, runner.runner, runner.alias)]


def test_a_run_is_a_guests_until_somebody_logs_in():
    events = fed(sessions(), running(0.0, 10), said(ANNA, 3.8), running(4.0, 5, number=11))
    assert owners(events) == [("s1", "guest", None), ("s1", "anna", "A.")]


def test_who_has_logged_in_before_has_the_next_run():
    events = fed(sessions(), said(ANNA, 0.0), running(1.0, 5))
    assert owners(events) == [("s1", "anna", "A.")]


def test_when_a_run_closes_the_next_is_a_guests():
    run = sessions()
    events = fed(run, said(ANNA, 0.0), running(1.0, 5), silence(3.0, 190), running(200.0, 5))
    assert owners(events) == [("s1", "anna", "A."), ("s2", "guest", None)]


def test_somebody_of_another_weight_is_a_guest_and_is_told_of_first():
    run = sessions()
    fed(run, said(ANNA, 0.0), running(1.0, 30))
    events = fed(run, [NewRunner(12.4, 500.0)], running(12.5, 3))
    assert [type(each) for each in events[:2]] == [NewRunner, Session]
    assert owners(events) == [("s1", "anna", "A."), ("s2", "guest", None)]


def test_nobody_takes_over_a_run_that_goes_on():
    run = sessions()
    events = fed(run, said(ANNA, 0.0), running(1.0, 10), said(BERTA, 4.7), said(NOBODY, 4.7))
    events += fed(run, running(1.0 + 10 * STEP_S, 10, number=11))
    assert owners(events) == [("s1", "anna", "A.")]


def test_after_a_pause_another_login_begins_another_run():
    run = sessions()
    events = fed(run, said(ANNA, 0.0), running(1.0, 10), silence(4.7, 20), said(BERTA, 25.0))
    assert changes(events) == [("s1", "open"), ("s1", "closed")]
    assert owners(fed(run, running(26.0, 5))) == [("s2", "berta", None)]


def test_logging_out_after_the_run_ends_it():
    run = sessions()
    fed(run, said(ANNA, 0.0), running(1.0, 10), [Command(4.8, "stop")])
    assert changes(fed(run, said(NOBODY, 5.0))) == [("s1", "closed")]
    assert owners(fed(run, running(6.0, 5))) == [("s2", "guest", None)]


def test_logging_in_again_changes_nothing_but_the_alias():
    run = sessions()
    fed(run, said(ANNA, 0.0), running(1.0, 10))
    assert fed(run, said(ANNA, 4.7)) == []
    assert owners(fed(run, [RunsAs(4.8, "anna", None)])) == [("s1", "anna", None)]


def test_start_and_stop_do_nothing_twice():
    run = sessions()
    fed(run, running(0.0, 10))
    assert fed(run, [Command(3.8, "start")]) == []
    assert not run.stopped
    fed(run, [Command(3.9, "stop"), Command(4.0, "stop")])
    assert run.stopped
    assert changes(fed(run, [Command(4.1, "start")])) == [("s1", "closed")]
    assert fed(run, [Command(4.2, "stop")]) == []
    assert not run.stopped
