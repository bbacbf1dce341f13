"""Both insoles say that they are the left one."""

import pytest
from tests.faults.footing import RUNS_S, Footing
from tests.hardware.fake_runner import (
    LEFT,
    RIGHT,
    insole_board,
    insole_scale,
)
from tests.hardware.fake_time import FakeClock
from tests.hardware.memory_ports import Ports

from softshoe.events import LiveState, Session

BEGAN_S = FakeClock().now_s
QUESTION = "two boards say that they are left"


def two_lefts(*names):
    clock = FakeClock()
    ports = Ports(clock)
    for number, name in enumerate(names):
        ports.plug(f"/dev/port{number}", insole_board("left", clock.now_s, name))
    scales = [insole_scale(name) for name in ("one", "other", "fake-right")]
    return Footing(LEFT, RIGHT, ports=ports, scales=scales)


@pytest.mark.parametrize("names", [("one", "other"), ("same", "same")])
def test_both_are_refused_with_a_question_and_nothing_is_compared(names):
    running = two_lefts(*names)
    running.pass_time(RUNS_S)
    health = running.health("left")
    assert health.state == "broken"
    assert health.why.startswith(QUESTION)
    assert "/dev/port0" in health.why
    assert "/dev/port1" in health.why
    assert "[[source.board]]" in health.why
    assert running.state("right") == "waiting"
    assert not running.steps
    assert not [one for one in running.of(Session) if one.asymmetry]
    assert not [one for one in running.of(LiveState) if one.balance_pct is not None]


def test_the_question_stays_until_it_is_answered():
    running = two_lefts("one", "other")
    for _ in range(20):
        running.pass_time(1.0)
        assert running.health("left").why.startswith(QUESTION)


def test_when_one_becomes_the_right_one_both_are_measured():
    running = two_lefts("one", "other")
    running.pass_time(3.0)
    running.ports.unplug("/dev/port1")
    running.ports.plug("/dev/port2", insole_board("right", BEGAN_S))
    both = lambda: running.state("left") == running.state("right") == "live"  # noqa: E731
    assert running.until(both, 5.0) < 3.0
    running.pass_time(RUNS_S)
    assert {step.side for step in running.steps} == {"left", "right"}


def test_a_second_left_one_during_a_run_stops_that_foot_until_it_goes():
    clock = FakeClock()
    ports = Ports(clock)
    for side in ("left", "right"):
        ports.plug(f"/dev/{side}", insole_board(side, clock.now_s))
    scales = [insole_scale(f"fake-{side}") for side in ("left", "right")]
    running = Footing(LEFT, RIGHT, ports=ports, scales=scales)
    running.pass_time(RUNS_S)
    running.ports.unplug("/dev/right")
    running.pass_time(1.0)
    running.ports.plug("/dev/stranger", insole_board("left", running.clock.now_s, "stranger"))
    running.until(lambda: (running.health("left").why or "").startswith(QUESTION), 3.0)
    asked_s = running.clock.now_s
    running.pass_time(2.0)
    assert not running.steps_at(asked_s, "left")
    running.ports.unplug("/dev/stranger")
    running.ports.plug("/dev/right", insole_board("right", BEGAN_S))
    assert running.until(lambda: running.state("left") == "live", 3.0) < 1.0
    running.pass_time(3.0)
    assert running.steps_at(asked_s, "left")


def test_a_twin_that_falls_silent_takes_no_place():
    running = two_lefts("one", "other")
    running.pass_time(3.0)
    dead = running.ports.boards["/dev/port1"]
    dead.silent = True
    assert running.until(lambda: running.state("left") == "live", 6.0) < 5.0
    assert running.health("left").board == "one"
