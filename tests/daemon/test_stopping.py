"""A button's press ends a run or lets the next one begin; a long one marks a lap."""

from tests.daemon.runner import STEP_S, running, sessions, silence
from tests.daemon.test_session import changes, fed, of, states

from softshoe.events import Command, LiveState, Session, Step, Tick
from softshoe.pipeline import Pipeline


def pressed(t_s: float, do: str = "toggle") -> list[Command]:
    return [Command(t_s, do)]


def steps(events) -> list[int]:
    return [step.step for step in of(Step, events)]


def test_a_press_ends_the_run_and_running_on_does_not_count():
    run = sessions()
    events = fed(run, running(0.0, 20), pressed(7.6), running(20 * STEP_S + 0.2, 20, number=21))
    assert steps(events) == list(range(1, 21))
    assert states(events)[-2:] == ["running", "done"]
    assert changes(events) == [("s1", "open")]


def test_the_last_footfall_before_the_press_counts_when_it_is_told_later():
    run = sessions()
    late = next(running(20 * STEP_S, 1, number=21))
    assert steps(fed(run, running(0.0, 20), pressed(20 * STEP_S + 0.3), [late]))[-1] == 21


def test_it_stays_done_until_it_would_have_ended_by_itself():
    run = sessions()
    events = fed(run, running(0.0, 20), pressed(7.6), silence(7.6, 170))
    assert states(events)[-1] == "done"
    assert changes(fed(run, silence(178, 20))) == [("s1", "closed")]


def test_running_again_after_a_pause_is_the_next_run():
    run = sessions()
    fed(run, running(0.0, 20), pressed(7.6), silence(7.6, 10))
    events = fed(run, running(18.0, 4, number=21))
    assert changes(events) == [("s1", "closed"), ("s2", "open")]
    assert not run.stopped


def test_a_second_press_lets_the_next_run_begin_at_once():
    run = sessions()
    fed(run, running(0.0, 20), pressed(7.6), running(7.7, 10, number=21))
    assert changes(fed(run, pressed(11.5))) == [("s1", "closed")]
    events = fed(run, running(11.7, 5))
    assert changes(events) == [("s2", "open")]
    assert steps(events) == [1, 2, 3, 4, 5]


def test_a_press_without_a_run_changes_nothing():
    run = sessions()
    assert fed(run, pressed(1.0)) == []
    assert changes(fed(run, running(2.0, 5))) == [("s1", "open")]


def test_laps_are_times_of_the_session():
    run = sessions()
    events = fed(run, running(10.0, 20), pressed(15.0, "lap"), running(17.5, 4, number=21))
    events += fed(run, pressed(18.0, "lap"), pressed(18.5), pressed(18.6, "lap"), run_out(18.6))
    closed = of(Session, events)[-1]
    assert (closed.state, closed.laps_s) == ("closed", (5.0, 8.0))
    assert fed(run, pressed(300.0, "lap")) == []


def run_out(from_s: float):
    return silence(from_s, 190)


class ForgetfulGait:
    """Hands on what it is fed; counts how often it had to forget the runner."""

    def __init__(self) -> None:
        self.restarts = 0

    def feed(self, item):
        return [item]

    def restart(self) -> None:
        self.restarts += 1


def test_steps_are_numbered_anew_after_a_press():
    gait = ForgetfulGait()
    pipeline = Pipeline(gait, sessions())
    for item in [*running(0.0, 20), *pressed(7.6), Tick(7.7), *running(7.8, 3)]:
        list(pipeline.feed(item))
    assert gait.restarts == 0
    events = list(pipeline.feed(Command(9.5, "toggle")))
    assert [type(event) for event in events] == [Session, LiveState]
    assert gait.restarts > 0
