"""Silence, half frames, garbage, the wrong baud rate, too many samples, too much at once."""

import random

import numpy as np
import pytest
from tests.faults.footing import RUNS_S, counted_up, two_feet

from softshoe_hw.frames import END, LARGEST, encode
from softshoe_hw.messages import Samples

LEFT = "/dev/left"


@pytest.fixture
def running():
    feet = two_feet()
    feet.pass_time(RUNS_S)
    return feet


def left(running):
    return running.ports.boards[LEFT]


def test_a_silent_board_is_stale_after_250_ms_and_lost_after_two_seconds(running):
    left(running).silent = True
    left(running).hear = lambda data, now_s: None
    assert running.until(lambda: running.state("left") == "stale", 1.0) == pytest.approx(
        0.25, abs=0.03
    )
    assert running.until(lambda: running.state("left") == "lost", 3.0) == pytest.approx(
        1.75, abs=0.03
    )
    running.pass_time(0.1)
    assert running.health("left").why == "it fell silent: check its power and its cable"
    assert running.state("right") == "live"


def test_a_board_that_was_silent_goes_on(running):
    left(running).silent = True
    running.pass_time(5.0)
    left(running).silent = False
    assert running.until(lambda: running.state("left") == "live", 3.0) < 2.0
    spoke_s = running.clock.now_s
    running.pass_time(4.0)
    assert len(running.steps_at(spoke_s, "left")) >= 4
    assert counted_up(running.steps)


def spoil(frame):
    """As if it came at another baud rate: bytes of no meaning, zeros among them."""
    return bytes(random.Random(frame).choices(range(256), k=len(frame)))


def test_after_two_seconds_of_mostly_damage_it_says_what_to_check(running):
    left(running).change = spoil
    said = "more than half of what arrives is damaged: check the cable and the baud rate"
    seconds = running.until(lambda: running.health("left").why == said, 4.0)
    assert 0.9 < seconds < 2.6
    assert running.state("left") == "broken"
    assert running.state("right") == "live"
    left(running).change = bytes
    assert running.until(lambda: running.state("left") == "live", 5.0) < 3.5


def test_a_wrong_baud_rate_from_the_beginning_is_said_too():
    feet = two_feet(spoil_left=spoil)
    seconds = feet.until(lambda: "damaged" in (feet.health("left").why or ""), 4.0)
    assert seconds < 2.6
    assert "/dev/left" in feet.health("left").why
    assert "check the cable and the baud rate" in feet.health("left").why


@pytest.mark.parametrize("seed", range(3))
def test_half_frames_cost_no_more_than_two_and_are_counted(running, seed):
    chance = random.Random(seed)
    kept = iter([chance.randrange(2, 60), *[10_000] * 10_000])
    left(running).change = lambda frame: frame[: next(kept)]
    before = running.health("left").lost
    running.pass_time(1.5)
    health = running.health("left")
    assert health.state == "live"
    assert health.lost - before <= 10  # two frames of five samples
    assert health.bad_frames >= 1


def test_garbage_between_frames_is_counted_and_the_run_goes_on(running):
    chance = random.Random(1)
    left(running).change = lambda frame: (
        chance.randbytes(chance.randrange(40)) + END + frame if chance.random() < 0.1 else frame
    )
    running.pass_time(6.0)
    assert running.state("left") == "live"
    assert running.health("left").lost == 0
    assert running.health("left").bad_frames > 30
    assert len(running.steps) > 20


@pytest.mark.parametrize("garbage", [b"\x01", b"\x00", b"\x02\x01\x00", bytes(range(256)) * 4])
def test_64_kb_at_once_are_taken_in_bounded_memory(running, garbage):
    left(running).send_raw(garbage * (65_536 // len(garbage)))
    running.pass_time(0.5)
    assert running.health("left").lost <= 10
    assert running.state("left") == "live"
    running.pass_time(3.0)
    (reader,) = [one for one in running.treadmill.readers if one.port == LEFT]
    assert len(reader._talk._remainder) <= LARGEST + 1


def test_lengths_that_lie_are_refused_and_nothing_is_made_up(running):
    lie = bytearray(encode(Samples(0, 0, np.ones((2, 8), int)), 1))
    left(running).change = lambda frame: bytes(lie[:11]) + b"\xff" + frame
    running.pass_time(3.0)
    assert running.state("left") == "broken"
    assert counted_up(running.steps)


def test_twice_the_rate_is_said_and_not_measured(running):
    """A board that does not do what START said: its sketch ignores the rate."""
    left(running).haste = 2.0
    left(running).reset(running.clock.now_s)
    said = "it gives 1000 samples a second instead of 500: set rate_hz to one that it can keep"
    running.until(lambda: running.health("left").why == said, 3.0)
    assert running.state("left") == "broken"
    began_s = running.clock.now_s
    running.pass_time(4.0)
    assert not running.steps_at(began_s + 0.5, "left")
    assert running.steps_at(began_s + 0.5, "right")
