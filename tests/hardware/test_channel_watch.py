"""Channels at the end of their range, or still while others move."""

from math import inf

import numpy as np

from softshoe_hw.channel_watch import ChannelWatch, Span

HZ = 500
NAMES = ("a", "b", "c")
INSOLE, CELLS = Span(-inf, 1023), Span(-(2**23), 2**23 - 1)


def run(seconds, span=INSOLE, moves=300.0):
    """Rows of somebody who runs, as (rows, 3)."""
    t_s = np.arange(round(seconds * HZ)) / HZ
    step = np.maximum(0.0, np.sin(2 * np.pi * 1.4 * t_s))
    return np.rint(np.stack([step, 0.7 * step, 0.4 * step], axis=1) * moves)


def watched(values, span=INSOLE, block=5):
    watch = ChannelWatch(NAMES, span, HZ)
    for start in range(0, len(values), block):
        watch.feed(values[start : start + block])
    return watch


def test_nothing_is_wrong_with_channels_that_work():
    watch = watched(run(12.0))
    assert (watch.saturated, watch.stuck) == ((), ())


def test_three_samples_at_the_end_within_two_seconds_are_saturated():
    values = run(2.0)
    values[[100, 300], 0] = 1023
    assert watched(values).saturated == ()
    values[700, 0] = 1023
    assert watched(values).saturated == ("a",)


def test_what_is_beyond_the_end_is_too():
    values = run(2.0)
    values[100:110, 1] = 60_000
    assert watched(values).saturated == ("b",)


def test_it_is_forgotten_when_it_is_over():
    values = run(4.0)
    values[100:110, 1] = 1023
    assert watched(values).saturated == ()


def test_the_lower_end_counts_where_there_are_two():
    values = run(2.0, moves=1e6)
    values[:50, 2] = -(2**23)
    assert watched(values, CELLS).saturated == ("c",)
    assert watched(run(2.0)).saturated == ()


def test_a_channel_that_is_still_for_ten_seconds_while_others_move_is_stuck():
    values = run(12.0)
    values[:, 1] = 400
    assert watched(values[: 9 * HZ]).stuck == ()
    watch = watched(values)
    assert watch.stuck == ("b",)
    assert watch.is_stuck.tolist() == [False, True, False]


def test_nobody_on_the_sensors_is_not_stuck():
    values = np.full((12 * HZ, 3), 400.0)
    assert watched(values).stuck == ()


def test_a_sensor_that_nothing_presses_is_not_stuck():
    values = run(12.0)
    values[:, 1] = 3
    assert watched(values).stuck == ()


def test_cells_that_use_a_small_part_of_their_range_are_watched_as_well():
    values = run(12.0, moves=0.03 * 2**24) + np.random.default_rng(1).integers(-9, 9, (6000, 3))
    assert watched(values, CELLS).stuck == ()
    values[:, 2] = 0
    assert watched(values, CELLS).stuck == ("c",)


def test_it_moves_again():
    values = run(24.0)
    values[: 11 * HZ, 1] = 400
    assert watched(values).stuck == ()
