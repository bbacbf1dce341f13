"""From frames to blocks: times, losses, segments, what is missing, what is too fast."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softshoe.rigs import Stream
from softshoe_hw.messages import WRAP, Samples
from softshoe_hw.sampling import Sampling

HZ = 500.0
STREAM = Stream("left", HZ, ("l1", "l2"), "counts")


def frame(index, rows=5, value=1, device_us=None, wide=False, channels=2):
    device_us = index * 2000 if device_us is None else device_us
    values = np.full((rows, channels), value) + np.arange(rows)[:, None]
    return Samples(index % WRAP, device_us % WRAP, values, wide)


def feed(sampling, *frames, now_s=None):
    """Each a moment after its last row was taken, if nothing else is said."""
    blocks = []
    for one in frames:
        at_s = (one.index + len(one.values) - 1) / HZ if now_s is None else now_s
        blocks += sampling.feed(one, at_s)
    return blocks


def new(bits=10, first_segment=0, stream=STREAM):
    return Sampling(stream, bits, first_segment)


def test_rows_have_the_time_at_which_they_were_taken():
    sampling = new()
    blocks = feed(sampling, *(frame(n) for n in range(0, 500, 5)))
    assert [block.first_s for block in blocks] == pytest.approx(
        [block.first_index / HZ for block in blocks], abs=1e-9
    )


def test_short_frames_are_put_together_to_ten_milliseconds():
    blocks = feed(new(), *(frame(n, rows=1) for n in range(20)))
    assert [(block.first_index, len(block.values)) for block in blocks] == [
        (0, 5), (5, 5), (10, 5), (15, 5),
    ]  # fmt: skip


def test_a_gap_is_never_within_a_block():
    sampling = new()
    blocks = feed(sampling, frame(0, rows=2), frame(4, rows=2), frame(6, rows=3))
    assert [(block.first_index, len(block.values)) for block in blocks] == [(0, 2), (4, 5)]


@given(st.lists(st.integers(1, 7), min_size=1, max_size=30))
def test_how_rows_were_framed_does_not_matter(cuts):
    sampling, whole, index = new(), [], 0
    for rows in cuts:
        whole += feed(sampling, frame(index, rows=rows, value=index))
        index += rows
    whole += sampling.flush()
    assert [block.first_index for block in whole] == np.cumsum(
        [0, *(len(block.values) for block in whole)]
    )[:-1].tolist()
    assert np.concatenate([block.values for block in whole])[:, 0].tolist() == list(range(index))


def test_segments_go_on_from_the_place_s_last_one():
    sampling = new(first_segment=4)
    assert sampling.next_segment == 4
    (block,) = feed(sampling, frame(0))
    assert block.segment == 4
    sampling.begin()
    (block,) = feed(sampling, frame(0, device_us=5_000_000), now_s=9.0)
    assert (block.segment, block.first_index, sampling.next_segment) == (5, 0, 6)
    assert block.first_s == pytest.approx(9.0 - 4 / HZ)


def test_counts_beyond_the_converter_s_range_are_missing():
    sampling = new()
    (block,) = feed(sampling, frame(0, rows=5, value=1020))
    assert np.isnan(block.values[:, 0]).tolist() == [False, False, False, False, True]


def test_both_signs_have_an_end():
    sampling = new(bits=12)
    values = np.array([[2047, -2048], [2048, -2049]])
    (block,) = feed(sampling, Samples(0, 0, np.repeat(values, 3, axis=0), wide=True))
    assert np.isnan(block.values[:, 0]).tolist() == [False] * 3 + [True] * 3
    assert np.isnan(block.values[:, 1]).tolist() == [False] * 3 + [True] * 3


def test_frames_of_other_channels_are_trouble_until_right_ones_come():
    sampling = new()
    assert feed(sampling, frame(0, channels=3)) == []
    assert sampling.trouble == "it sends 3 values a sample where 2 channels belong"
    assert feed(sampling, frame(5))
    assert sampling.trouble is None


def run(sampling, seconds, hz, device_hz=None, start=0):
    """A board that takes ``hz`` samples a second of the host's and says it is ``device_hz``."""
    device_hz, blocks = device_hz or hz, 0
    for index in range(start, start + round(seconds * hz), 5):
        one = frame(index, device_us=round(index * 1e6 / device_hz))
        blocks += len(feed(sampling, one, now_s=100.0 + (index + 4) / hz))
    return blocks


@pytest.mark.parametrize(("hz", "said"), [(1000.0, "1000"), (250.0, "250"), (480.0, "480")])
def test_a_wrong_rate_is_said_and_nothing_is_given(hz, said):
    sampling = new()
    run(sampling, 1.5, hz)
    assert sampling.trouble == (
        f"it gives {said} samples a second instead of 500: set rate_hz to one that it can keep"
    )
    assert run(sampling, 1.0, hz, start=round(2 * hz)) == 0


def test_a_rate_that_only_its_own_clock_thinks_right_is_found_too():
    """Its crystal is not the one that its firmware was built for."""
    sampling = new()
    run(sampling, 20.0, 250.0, device_hz=500.0)
    assert "it gives 250 samples a second" in sampling.trouble


@pytest.mark.parametrize("hz", [490.0, 510.0])
def test_a_rate_that_is_two_per_cent_off_will_do(hz):
    sampling = new()
    run(sampling, 12.0, hz)
    assert sampling.trouble is None


def test_an_arrival_that_is_late_does_not_look_like_a_wrong_rate_for_ever():
    """The first eight seconds come 200 ms late, then all is well."""
    sampling = new()
    for index in range(0, 20 * 500, 5):
        late_s = 0.2 if index < 8 * 500 else 0.0
        feed(sampling, frame(index), now_s=100.0 + (index + 4) / HZ + late_s)
    assert sampling.trouble is None


def test_losses_do_not_look_like_a_wrong_rate():
    sampling = new()
    for index in range(0, 5000, 20):  # three of four frames
        feed(sampling, frame(index))
    assert sampling.trouble is None
