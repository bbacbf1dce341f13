"""Where a frame belongs: after the last one, after a loss, nowhere, or to a new start."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softshoe_hw.continuity import Continuity
from softshoe_hw.messages import WRAP, Samples

HZ = 500.0


def frame(index, device_us=None, rows=5):
    device_us = index * 2000 if device_us is None else device_us
    return Samples(index % WRAP, device_us % WRAP, np.zeros((rows, 2), int))


def places(*frames):
    continuity = Continuity(HZ)
    found = [continuity.place(one) for one in frames]
    return [(one.segment, one.index) if one else None for one in found]


def test_frames_follow_each_other():
    assert places(frame(0), frame(5), frame(10)) == [(0, 0), (0, 5), (0, 10)]


def test_a_loss_leaves_its_rows_open():
    assert places(frame(0), frame(25)) == [(0, 0), (0, 25)]


def test_what_comes_twice_or_too_late_is_not_wanted_and_counted():
    continuity = Continuity(HZ)
    wanted = [continuity.place(frame(index)) for index in (0, 5, 5, 15, 10, 20)]
    assert [one is not None for one in wanted] == [True, True, False, True, False, True]
    assert continuity.repeated == 2


@pytest.mark.parametrize("device_us", [0, 1_200_000])
def test_a_board_that_began_anew_begins_a_segment(device_us):
    assert places(frame(1000), frame(0, device_us=device_us)) == [(0, 1000), (1, 0)]


def test_a_start_of_which_the_host_knows_does_too_however_well_it_fits():
    continuity = Continuity(HZ)
    continuity.place(frame(0))
    continuity.begin()
    assert continuity.place(frame(5)).segment == 1


@pytest.mark.parametrize("off", [-0.004, 0.004])
def test_clocks_and_rates_may_differ_a_little(off):
    """By 0.4 %: over a gap of a minute a quarter of a second."""
    later = round(60.0 * HZ)
    continuity = Continuity(HZ)
    continuity.place(frame(0))
    place = continuity.place(frame(later, device_us=round(later * 2000 * (1 + off))))
    assert (place.segment, place.index) == (0, later)


def test_a_gap_that_time_and_index_tell_differently_is_a_new_start():
    assert places(frame(0), frame(10_000, device_us=40_000))[1][0] == 1


@given(st.integers(0, WRAP - 1), st.integers(0, WRAP - 1), st.lists(st.integers(1, 60)))
def test_index_and_time_may_wrap_anywhere(index, device_us, lost_frames):
    continuity = Continuity(HZ)
    continuity.place(frame(index, device_us))
    expected = index
    for lost in lost_frames:
        expected += 5 * lost
        place = continuity.place(frame(expected, device_us + (expected - index) * 2000))
        assert (place.segment, place.index) == (0, expected)


@given(st.lists(st.tuples(st.integers(0, WRAP - 1), st.integers(0, WRAP - 1)), max_size=30))
def test_whatever_comes_numbers_only_grow(told):
    continuity = Continuity(HZ)
    last = (-1, 0)
    for index, device_us in told:
        place = continuity.place(frame(index, device_us))
        if place:
            assert place.segment > last[0] or (place.segment == last[0] and place.index >= last[1])
            last = (place.segment, place.index + 5)
