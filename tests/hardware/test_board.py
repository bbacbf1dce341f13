"""What is said to a board and when; what it says understood, and whoever else answers refused."""

import numpy as np
import pytest
from tests.hardware.fake_runner import RATE_HZ, hello

from softshoe.errors import SourceLost
from softshoe.events import SampleBlock
from softshoe.rigs import Stream
from softshoe_hw.board import Board
from softshoe_hw.frames import decode, encode
from softshoe_hw.messages import AskHello, Hello, Pulse, Samples, Start, Status, Stop
from softshoe_hw.talk import RollerPulse

HELLO = hello("left")
STREAM = Stream("left", 250.0, HELLO.channels, "counts", board=HELLO.id)


def said(board, now_s):
    """What it wants to say, as messages."""
    return [frame.message for frame in decode(board.say(now_s)).frames]


def tell(board, message, now_s, sequence=0):
    return list(board.receive(encode(message, sequence), now_s))


def rows(index, device_us=None, count=5, channels=8):
    device_us = index * 4000 if device_us is None else device_us
    return Samples(index, device_us, np.full((count, channels), 7))


def sampling_board(now_s=0.0):
    """One that has said who it is, has been told to start, and has begun."""
    board = Board()
    tell(board, HELLO, now_s)
    board.start(STREAM, 0, now_s)
    assert said(board, now_s) == [Start(250)]
    tell(board, rows(0), now_s)
    return board


def test_it_is_asked_who_it_is_once_a_second_until_it_answers():
    board = Board()
    asked_s = [n / 10 for n in range(35) if said(board, n / 10) == [AskHello()]]
    assert asked_s == [0.0, 1.0, 2.0, 3.0]
    tell(board, HELLO, 3.5)
    assert board.hello == HELLO
    assert said(board, 9.0) == []


def test_each_word_is_a_frame_of_its_own_after_whatever_stood_on_the_line():
    words = Board().say(0.0)
    assert words.startswith(b"\0")
    assert decode(b"half a frame" + words).frames


def test_it_is_told_to_start_at_the_configured_rate_until_samples_come():
    board = Board()
    tell(board, HELLO, 0.0)
    board.start(STREAM, 0, 0.0)
    assert [said(board, now_s) for now_s in (0.0, 0.5, 1.0)] == [[Start(250)], [], [Start(250)]]
    tell(board, rows(0), 1.1)
    assert said(board, 2.05) == []


def test_samples_of_before_its_place_is_known_are_not_kept():
    board = Board()
    tell(board, HELLO, 0.0)
    assert tell(board, rows(0), 0.1) == []


def test_samples_become_blocks_of_its_stream():
    (block,) = tell(sampling_board(), rows(5), 0.02)
    assert isinstance(block, SampleBlock)
    assert (block.stream, block.first_index, block.segment) == ("left", 5, 0)
    assert block.values.tolist() == [[7.0] * 8] * 5


def test_after_a_second_of_silence_it_is_asked_again_and_then_started_again():
    board = sampling_board()
    assert said(board, 0.9) == []
    assert said(board, 1.1) == [AskHello()]
    assert said(board, 1.5) == []
    tell(board, HELLO, 1.6)
    assert said(board, 1.6) == [Start(250)]
    (block,) = tell(board, rows(0, device_us=9_000_000), 1.7)
    assert (block.segment, block.first_index) == (1, 0)


def test_samples_that_were_only_late_end_the_question():
    board = sampling_board()
    assert said(board, 1.1) == [AskHello()]
    tell(board, rows(5), 1.2)
    assert said(board, 2.15) == []


def test_a_board_that_was_only_late_is_not_started_again_by_its_answer():
    board = sampling_board()
    assert said(board, 1.1) == [AskHello()]
    tell(board, rows(5), 1.2)
    tell(board, HELLO, 1.3)
    assert said(board, 1.3) == []
    (block,) = tell(board, rows(10), 1.4)
    assert (block.segment, block.first_index) == (0, 10)


def test_a_hello_out_of_turn_means_that_it_was_switched_on_again():
    board = sampling_board()
    tell(board, HELLO, 5.0)
    assert said(board, 5.0) == [Start(250)]


def test_a_hello_that_crosses_with_start_does_not_start_it_twice():
    board = Board()
    tell(board, HELLO, 0.0)
    board.start(STREAM, 0, 0.0)
    said(board, 0.0)
    tell(board, HELLO, 0.05)
    tell(board, rows(0), 0.1)
    assert said(board, 0.2) == []


@pytest.mark.parametrize("change", [{"id": "other"}, {"channels": HELLO.channels[:4]}])
def test_another_board_on_the_same_port_is_a_lost_one(change):
    board = sampling_board()
    other = Hello(**({name: getattr(HELLO, name) for name in HELLO.__struct_fields__} | change))
    with pytest.raises(SourceLost, match=f"{other.id} answers where fake-left was"):
        tell(board, other, 1.0)


def test_a_board_of_a_later_version_is_refused_with_both_numbers():
    board = Board()
    later = Hello(**({name: getattr(HELLO, name) for name in HELLO.__struct_fields__} | {"v": 2}))
    tell(board, later, 0.0)
    assert board.trouble == "it speaks version 2 of the protocol: this one knows 1"


def test_values_that_do_not_fit_its_channels_are_refused_with_both_numbers():
    board = sampling_board()
    assert tell(board, rows(5, channels=6), 0.1) == []
    assert board.trouble == "it sends 6 values a sample where 8 channels belong"
    assert len(tell(board, rows(5), 0.1)) == 1
    assert board.trouble is None


def test_what_is_not_understood_is_counted_and_remembered():
    board = Board()
    list(board.receive(b"\x05garbage\0" + b"\x03\x01\x02\0", 0.0))
    assert board.quality.bad == 2
    assert board.refused is None
    tell(board, Samples(0, 0, np.zeros((1, 1), int)), 0.0)
    bad = encode(HELLO, 0).replace(b"fake-left", b"fake left")
    list(board.receive(bad, 0.0))
    assert board.quality.bad == 3


def test_its_status_is_kept():
    board = Board()
    tell(board, Status(overruns=3, battery_mv=3900), 0.0)
    assert (board.status.overruns, board.status.battery_mv) == (3, 3900)


def pulses(board, *counts):
    """What a row of counts of the belt's roller gives."""
    return [each for n in counts for each in tell(board, Pulse(4000 * n, n), 0.1)]


def test_a_pulse_has_the_host_s_time():
    board = sampling_board(50.0)
    (pulse,) = pulses(board, 10)
    assert isinstance(pulse, RollerPulse)
    assert pulse.t_s == pytest.approx(50.0 - 0.016 + 0.040, abs=1e-6)  # the fifth row had just come


def test_pulses_that_were_lost_count_and_repeated_ones_do_not():
    assert [each.pulses for each in pulses(sampling_board(), 4, 5, 5, 8, 8, 9)] == [1, 1, 3, 1]


def test_a_board_that_restarts_counts_its_pulses_anew():
    assert [each.pulses for each in pulses(sampling_board(), 100, 101, 1, 2)] == [1, 1, 1]


def test_its_last_words_are_stop():
    assert [frame.message for frame in decode(sampling_board().last_words()).frames] == [Stop()]


def test_the_host_s_own_words_coming_back_are_no_matter():
    """A line on which what is sent is heard, too."""
    board = sampling_board()
    for message in (AskHello(), Start(RATE_HZ), Stop()):
        assert tell(board, message, 0.1) == []
    assert board.trouble is None
