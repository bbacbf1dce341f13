"""Frames that are lost, told twice, in the wrong order; numbers that wrap; boards that restart."""

import random

import pytest
from tests.faults.footing import RUNS_S, counted_up, two_feet
from tests.hardware.fake_runner import RATE_HZ

from softshoe.events import Session
from softshoe_hw.messages import WRAP

LEFT = "/dev/left"
ROWS = 5


@pytest.fixture
def running():
    feet = two_feet()
    feet.pass_time(RUNS_S)
    return feet


def left(running):
    return running.ports.boards[LEFT]


def lose(share, seed=1):
    chance = random.Random(seed)
    return lambda frame: b"" if chance.random() < share else frame


def rejected(running):
    return running.of(Session)[-1].rejected


def test_every_lost_sample_is_counted(running):
    dropped = []

    def change(frame):
        if len(dropped) < 7:
            dropped.append(frame)
            return b""
        return frame

    left(running).change = change
    running.pass_time(1.0)
    assert running.health("left").lost == 7 * ROWS
    assert running.health("right").lost == 0


def test_single_lost_frames_are_bridged_and_their_steps_say_so(running):
    left(running).change = lose(0.02)
    began_s = running.clock.now_s
    running.pass_time(6.0)
    steps = running.steps_at(began_s, "left")
    assert len(steps) > 5
    assert any("samples_bridged" in step.quality_reasons for step in steps)
    assert all(step.loading_quality != "good" for step in steps)


def test_a_contact_with_a_gap_of_more_than_20_ms_is_not_measured(running):
    """25 ms every half second: some of it in every contact."""
    board = left(running)
    skipped_s = running.clock.now_s
    for _ in range(16):
        board.skip(round(0.05 * RATE_HZ))
        running.pass_time(0.2)
    measured = running.steps_at(skipped_s + 0.3, "left")
    assert not measured
    assert running.steps_at(skipped_s + 0.3, "right")
    running.pass_time(3.0)
    running.until(lambda: "samples_missing" in rejected(running), 60.0)
    assert counted_up(running.steps)


def test_frames_that_are_told_twice_count_once():
    twice, once = two_feet(), two_feet()
    for feet in (twice, once):
        feet.pass_time(RUNS_S)
    left(twice).change = lambda frame: frame + frame
    for feet in (twice, once):
        feet.pass_time(6.0)
    assert twice.health("left").lost == 0
    assert [step.t_s for step in twice.steps] == [step.t_s for step in once.steps]


def test_frames_in_the_wrong_order_are_never_put_in_a_wrong_place(running):
    held = []

    def swap(frame):
        held.append(frame)
        return b"" if len(held) % 2 else held.pop() + held.pop()

    left(running).change = swap
    began_s = running.clock.now_s
    running.pass_time(4.0)
    health = running.health("left")
    assert health.lost > 0
    assert counted_up(running.steps)
    steps = running.steps_at(began_s + 0.5, "left")
    assert steps
    assert all("samples_bridged" in step.quality_reasons for step in steps)


def test_index_and_device_time_wrap_without_a_seam():
    wrapped, plain = two_feet(), two_feet()
    board = wrapped.ports.boards[LEFT]
    board.index_from = WRAP - round(2.5 * RATE_HZ)
    board.clock_from_us = WRAP - 4_000_000
    for feet in (wrapped, plain):
        feet.pass_time(8.0)
    assert wrapped.health("left").lost == 0
    assert [step.step for step in wrapped.steps] == [step.step for step in plain.steps]
    for one, other in zip(wrapped.steps, plain.steps, strict=True):
        assert one.t_s == pytest.approx(other.t_s, abs=1e-4)


def test_a_board_that_restarts_goes_on_in_the_same_session(running):
    numbers = [running.steps[-1].step]
    for _ in range(3):
        left(running).reset(running.clock.now_s)
        running.pass_time(3.0)
        numbers.append(running.steps[-1].step)
    assert numbers == sorted(numbers)
    assert counted_up(running.steps)
    assert len(running.sessions) == 1
    assert running.health("left").lost == 0
    assert len(running.steps_at(running.clock.now_s - 2.5, "left")) >= 2


def test_a_board_whose_word_of_its_restart_is_lost_is_started_again(running):
    board = left(running)
    words = board.change
    board.change = lambda frame: b""
    board.reset(running.clock.now_s)
    board.change = words
    restarted_s = running.clock.now_s
    running.until(lambda: running.state("left") != "live", 2.0)
    assert running.until(lambda: running.state("left") == "live", 5.0) < 3.0
    running.pass_time(4.0)
    assert running.steps_at(restarted_s + 3.0, "left")
    assert counted_up(running.steps)


def test_a_board_that_restarts_again_and_again_never_looks_slow(running):
    """Its clock and its index begin anew within the second that its rate is watched over."""
    for _ in range(8):
        left(running).reset(running.clock.now_s)
        running.pass_time(0.6)
        assert running.state("left") in ("live", "waiting")
    running.pass_time(3.0)
    assert running.state("left") == "live"
