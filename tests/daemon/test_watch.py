"""What the health page says of a stream: state, true rate, jitter, lost samples."""

import numpy as np
import pytest

from softshoe.events import SampleBlock
from softshoe.rigs import Stream
from softshoe.watch import StreamWatch

STREAM = Stream("deck", 500.0, ("fz",))


def see(watch, number, monotonic_s, *, first_s=None, rows=10, index=None, segment=0):
    first_s = number * 0.02 if first_s is None else first_s
    index = number * 10 if index is None else index
    watch.see(SampleBlock("deck", index, first_s, np.zeros((rows, 1)), segment), monotonic_s)


def test_before_the_first_block_it_waits():
    health = StreamWatch(STREAM).health(0.0)
    assert (health.state, health.nominal_rate_hz, health.rate_hz) == ("waiting", 500.0, None)


@pytest.mark.parametrize(
    ("silent_s", "state"), [(0.1, "live"), (0.3, "stale"), (1.9, "stale"), (2.1, "lost")]
)
def test_silence_makes_it_stale_then_lost(silent_s, state):
    watch = StreamWatch(STREAM)
    for number in range(10):
        see(watch, number, 100.0)
    health = watch.health(100.0 + silent_s)
    assert (health.state, health.last_seen_s) == (state, 100.0)


def test_the_true_rate_is_by_the_source_s_own_clock():
    watch = StreamWatch(STREAM)
    for number in range(100):
        see(watch, number, 50.0 + number * 0.02, first_s=number * 0.0202)
    assert watch.health(52.0).rate_hz == pytest.approx(500 / 1.01)


def test_jitter_is_the_spread_of_arrivals():
    watch = StreamWatch(STREAM)
    for number in range(101):
        see(watch, number, number * 0.02 + 0.005 * (number % 2))
    assert watch.health(2.0).jitter_ms == pytest.approx(5.0, rel=0.01)


def test_only_the_last_seconds_count():
    watch = StreamWatch(STREAM)
    for number in range(1000):
        see(watch, number, number * 0.02 + (0.005 * (number % 2) if number < 600 else 0))
    assert watch.health(20.0).jitter_ms == pytest.approx(0.0, abs=1e-6)


def test_lost_samples_are_counted_but_not_over_a_restart_of_the_board():
    watch = StreamWatch(STREAM)
    see(watch, 0, 0.0)
    see(watch, 3, 0.1)
    see(watch, 2, 0.2)
    see(watch, 0, 0.3, segment=1, index=500)
    assert watch.health(0.3).lost == 20


def test_a_fault_is_said_until_samples_come_again():
    watch = StreamWatch(STREAM)
    see(watch, 0, 0.0)
    watch.fail("lost", "unplugged")
    health = watch.health(0.0)
    assert (health.state, health.why) == ("lost", "unplugged")
    for number in range(1, 11):
        assert watch.health(1.0).state != "live"
        see(watch, number, 1.0)
    health = watch.health(1.0)
    assert (health.state, health.why) == ("live", None)
    assert health.rate_hz is not None
