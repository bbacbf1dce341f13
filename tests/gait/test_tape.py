"""The tape keeps what was asked for, by absolute index, and shows nothing ahead of time."""

import numpy as np

from softshoe.gait.tape import Tape


def test_rows_are_found_by_their_index() -> None:
    tape = Tape(1, keep=50)
    for start in range(0, 1000, 7):
        tape.write(np.arange(start, start + 7, dtype=float)[:, None])
        tape.take(7)
        first = max(0, tape.end - 50)
        np.testing.assert_array_equal(tape.cut(first, tape.end)[:, 0], np.arange(first, tape.end))
    assert tape.first > 0
    assert tape.end - tape.first >= 50


def test_rows_ahead_are_not_seen() -> None:
    tape = Tape(1, keep=10)
    tape.write(np.arange(8.0)[:, None])
    tape.take(3)
    assert tape.ahead == 5
    assert tape.cut(0, 100)[:, 0].tolist() == [0.0, 1.0, 2.0]


def test_a_block_larger_than_the_tape_fits() -> None:
    tape = Tape(2, keep=10)
    tape.write(np.ones((500, 2)))
    assert tape.ahead == 500
    tape.take(500)
    assert tape.cut(490, 500).shape == (10, 2)
