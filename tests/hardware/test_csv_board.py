"""A board that prints lines: what can be known of it, and what cannot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softshoe.settings import BoardSettings
from softshoe_hw.board_streams import hello_of, stream_of
from softshoe_hw.csv_board import LARGEST_LINE, CsvBoard
from softshoe_hw.talk import Talk

SETTINGS = BoardSettings(role="left", format="csv", port="/dev/a", rate_hz=100, channels=2, bits=10)
PERIOD_MS = 10


def started(settings=SETTINGS):
    board: Talk = CsvBoard(hello_of(settings))
    board.start(stream_of(settings, board.hello), 3, 0.0)
    return board


def line(number, t_ms=None, text=None):
    t_ms = number * PERIOD_MS if t_ms is None else t_ms
    return (text or f"{t_ms},{number % 1000},7").encode() + b"\r\n"


def hear(board, lines, now_s=None):
    """Each line when it was printed."""
    blocks = []
    for number, each in enumerate(lines):
        blocks += board.receive(each, number / 100 if now_s is None else now_s)
    return blocks


def rows(blocks):
    return np.concatenate([block.values for block in blocks]) if blocks else np.empty((0, 2))


def test_lines_become_samples_but_for_the_first_that_may_be_half_a_line():
    blocks = hear(started(), [line(n) for n in range(50)])
    assert rows(blocks)[:, 0].tolist() == list(range(1, 50))
    assert blocks[0].segment == 3
    assert [block.first_index for block in blocks] == list(range(49))


def test_its_stream_says_that_losses_cannot_be_seen():
    board = started()
    assert not board.sampling.stream.counted
    blocks = hear(board, [line(n) for n in range(50) if n != 20])
    assert [block.first_index for block in blocks] == list(range(48))


def test_times_are_its_own_to_the_millisecond():
    blocks = hear(started(), [line(n) for n in range(200)])
    assert [block.first_s for block in blocks] == pytest.approx(
        [n / 100 for n in range(1, 200)], abs=0.0015
    )


def test_a_clock_that_shows_whole_milliseconds_does_not_shake_the_samples():
    """At 300 Hz it prints 0, 3, 6, 10, 13, …"""
    settings = BoardSettings(role="left", format="csv", port="/dev/a", rate_hz=300, channels=2)
    board = started(settings)
    text = [line(n, t_ms=int(n * 1000 / 300)) for n in range(900)]
    blocks = [block for n, each in enumerate(text) for block in board.receive(each, n / 300)]
    times = np.array([block.first_s for block in blocks])
    index = np.array([block.first_index for block in blocks])
    assert np.abs(times - (index + 1) / 300 - (times[0] - 1 / 300)).max() < 0.0015
    assert {block.segment for block in blocks} == {3}


def test_lines_in_one_read_are_one_block():
    blocks = list(started().receive(b"".join(line(n) for n in range(30)), 1.0))
    assert [(block.first_index, len(block.values)) for block in blocks] == [(0, 29)]


@given(st.lists(st.integers(1, 40), max_size=60))
def test_how_lines_are_cut_does_not_matter(cuts):
    text = b"".join(line(n) for n in range(40))
    board, blocks, at = started(), [], 0
    for size in [*cuts, len(text)]:
        blocks += board.receive(text[at : at + size], 1.0)
        at += size
    assert rows(blocks)[:, 0].tolist() == list(range(1, 40))


@pytest.mark.parametrize(
    "text",
    [
        " ",
        "hello",
        "1,2",
        "1,2,3,4",
        "nan,1,2",
        "inf,1,2",
        "10,nan,2",
        "10,1e300,2",
        "10,,2",
        "\xff",
    ],
)
def test_what_is_no_line_of_its_numbers_is_counted_and_left_out(text):
    board = started()
    blocks = hear(board, [line(0), line(1), line(2, text=text), line(3)])
    assert rows(blocks)[:, 0].tolist() == [1, 3]
    assert board.quality.bad == 1


def test_mostly_garbage_is_a_poor_link():
    board = started()
    hear(board, [line(n, text="garbage" if n % 3 else None) for n in range(300)])
    assert board.quality.is_poor


@given(st.lists(st.binary(max_size=3000), max_size=6))
def test_any_bytes_are_taken_in_bounded_memory(chunks):
    board = started()
    for chunk in chunks:
        for block in board.receive(chunk, 1.0):
            assert block.values.shape[1] == 2
    assert len(board._remainder) <= LARGEST_LINE + 1


def test_a_rate_that_is_not_the_configured_one_is_said():
    board = started()
    hear(board, [line(n, t_ms=n * 20) for n in range(200)])
    assert board.trouble == (
        "it gives 50 samples a second instead of 100: set rate_hz to one that it can keep"
    )


def test_a_long_pause_and_a_restart_are_new_segments():
    times = [*range(0, 200, 10), *range(5000, 5200, 10), *range(0, 200, 10)]
    text = b"".join(line(n, t_ms=t_ms) for n, t_ms in enumerate(times))
    assert [block.segment for block in started().receive(text, 9.0)] == [3, 4, 5]


def test_counts_beyond_its_bits_are_missing():
    (block,) = started().receive(line(0) + line(1, text="10,5,1024"), 1.0)
    assert np.isnan(block.values).tolist() == [[False, True]]


def test_it_is_never_spoken_to():
    board = started()
    assert (board.say(0.0), board.last_words()) == (b"", b"")
