"""A board's time on the host's clock: drift, late arrivals, wraps, two boards side by side."""

import numpy as np
import pytest

from softshoe_hw.device_clock import WRAP_US, DeviceClock

FRAMES_HZ = 100.0


def stalls(random, count):
    """The host is held up for up to 200 ms again and again; what came meanwhile waits."""
    sent_s = np.arange(count) / FRAMES_HZ
    late_s = random.exponential(0.001, count)
    for start_s in np.cumsum(random.uniform(0.2, 1.0, count)):
        end_s = start_s + random.uniform(0.0, 0.2)
        held = (sent_s >= start_s) & (sent_s < end_s)
        late_s[held] = np.maximum(late_s[held], end_s - sent_s[held])
    return late_s


def waves(random, count):
    """Slowly between 0 and 200 ms."""
    phase = 2 * np.pi * np.arange(count) / FRAMES_HZ / random.uniform(0.5, 2.0)
    return 0.1 * (1 + np.sin(phase)) + random.exponential(0.0002, count)


def chance(random, count):
    """Each anything from 0 to 200 ms, whatever the others were."""
    return random.uniform(0.0, 0.2, count)


def errors_ms(seconds, drift_ppm, late_s, start_us=0):
    """How far off the clock is at each frame, when that frame has just come."""
    clock, errors = DeviceClock(), []
    for number, late in enumerate(late_s[: round(seconds * FRAMES_HZ)]):
        taken_s = 1000.0 + number / FRAMES_HZ
        device_us = round(start_us + (number / FRAMES_HZ) * (1 + drift_ppm * 1e-6) * 1e6) % WRAP_US
        clock.feed(device_us, taken_s + late)
        errors.append(1000 * (clock.host_s(device_us) - taken_s))
    return np.array(errors)


@pytest.mark.parametrize("delays", [stalls, waves])
@pytest.mark.parametrize("drift_ppm", [-200.0, 0.0, 200.0, 5000.0])
@pytest.mark.parametrize("seed", range(3))
def test_after_ten_seconds_times_are_right_within_a_millisecond(delays, drift_ppm, seed):
    late_s = delays(np.random.default_rng(seed), 6000)
    errors = errors_ms(60.0, drift_ppm, late_s)
    assert np.abs(errors[1000:]).max() < 1.0


def test_delays_of_pure_chance_take_a_little_longer():
    """No arrival is much better than the others, so the line has to find its place."""
    late = [chance(np.random.default_rng(seed), 6000) for seed in range(20)]
    errors = np.abs([errors_ms(60.0, 200.0, each) for each in late])
    assert np.median(errors[:, 1000:]) < 0.5
    assert np.percentile(errors[:, 1000:2000], 80) < 1.0
    assert np.percentile(errors[:, 3000:], 97) < 1.0


def test_two_boards_line_up_within_a_millisecond():
    left = errors_ms(30.0, 120.0, stalls(np.random.default_rng(1), 3000))
    right = errors_ms(30.0, -80.0, stalls(np.random.default_rng(2), 3000))
    assert np.abs(left - right)[1000:].max() < 1.0


def test_device_time_may_wrap():
    late_s = np.full(2000, 0.003)
    errors = errors_ms(20.0, 100.0, late_s, start_us=WRAP_US - 5_000_000)
    assert np.abs(errors[500:] - 3.0).max() < 0.1


def test_it_is_usable_from_the_first_arrival():
    clock = DeviceClock()
    clock.feed(5_000_000, 100.0)
    assert clock.host_s(5_010_000) == pytest.approx(100.01)
    assert clock.host_s(4_990_000) == pytest.approx(99.99)
    assert clock.pace is None


def test_a_clock_that_runs_wrong_is_seen():
    clock = DeviceClock()
    for number in range(1000):
        clock.feed(number * 10_000, number * 0.02)
    assert clock.pace == pytest.approx(2.0)


def test_it_keeps_no_more_than_it_needs():
    clock = DeviceClock()
    for number in range(20_000):
        clock.feed(number * 10_000 % WRAP_US, number * 0.01)
    assert len(clock._bins) <= 82
