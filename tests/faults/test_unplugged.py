"""An insole is unplugged in the middle of a run, and plugged in elsewhere."""

import pytest
from tests.faults.footing import RUNS_S, counted_up, two_feet
from tests.hardware.fake_runner import insole_board


@pytest.fixture
def running():
    feet = two_feet()
    feet.pass_time(RUNS_S)
    assert {step.side for step in feet.steps} == {"left", "right"}
    return feet


def test_that_foot_is_lost_within_a_second_and_says_why(running):
    running.ports.unplug("/dev/left")
    assert running.until(lambda: running.state("left") == "lost", 2.0) < 1.0
    assert running.health("left").why == "/dev/left went away: unplugged"
    assert running.state("right") == "live"


@pytest.mark.parametrize(("lost", "stays"), [("left", "right"), ("right", "left")])
@pytest.mark.parametrize("after_s", [0.0, 0.2])  # on the ground or in the air
def test_the_other_foot_goes_on(lost, stays, after_s):
    feet = two_feet()
    feet.pass_time(RUNS_S + after_s)
    feet.ports.unplug(f"/dev/{lost}")
    feet.pass_time(1.0)
    unplugged_s = feet.clock.now_s
    feet.pass_time(4.0)
    assert len(feet.steps_at(unplugged_s, stays)) >= 4
    assert not feet.steps_at(unplugged_s, lost)
    assert all(step.flight_ms is None for step in feet.steps_at(unplugged_s))


def test_it_is_found_under_another_name_within_three_seconds_in_the_same_session(running):
    board = running.ports.boards["/dev/left"]
    running.ports.unplug("/dev/left")
    running.pass_time(4.0)
    board.reset(running.clock.now_s)
    running.ports.plug("/dev/elsewhere", board)
    assert running.until(lambda: running.state("left") == "live", 5.0) < 3.0
    assert running.health("left").why is None
    found_s = running.clock.now_s
    running.pass_time(5.0)
    assert len(running.steps_at(found_s, "left")) >= 5
    assert len(running.sessions) == 1
    assert counted_up(running.steps)


def test_another_board_does_not_take_its_place(running):
    """By its id it is known, not by its port."""
    running.ports.unplug("/dev/left")
    running.pass_time(1.0)
    running.ports.plug("/dev/left", insole_board("right", running.clock.now_s, "stranger"))
    running.pass_time(3.0)
    assert running.state("left") == "lost"
    assert running.state("right") != "live"
    assert "two boards say that they are right" in running.health("right").why


def test_a_loose_contact_makes_no_new_session_and_loses_no_number(running):
    for _ in range(6):
        board = running.ports.boards["/dev/left"]
        running.ports.unplug("/dev/left")
        running.pass_time(0.3)
        running.ports.plug("/dev/left", board)
        running.pass_time(1.5)
    running.pass_time(3.0)
    assert running.state("left") == "live"
    assert len(running.sessions) == 1
    assert counted_up(running.steps)
