"""A board's stream by its configuration and by what it says; its report in words."""

import pytest
from tests.hardware.fake_runner import deck_hello, hello

from softshoe.settings import BoardSettings
from softshoe_hw.board_streams import channel_names, hello_of, role_of, stream_of
from softshoe_hw.messages import Hello


def named(*channels):
    return Hello(board="x", id="x", rate_hz=500, bits=10, channels=channels)


@pytest.mark.parametrize(
    ("words", "role"),
    [
        (hello("left"), "left"),
        (hello("right", channels=3), "right"),
        (deck_hello(), "deck"),
        (named("fz"), "deck"),
        (named("l1", "l2", "r1", "r2"), "insoles"),
        (named("l1", "l3"), None),
        (named("l1", "r1", "r2"), None),
        (named("r1", "l1"), None),
        (named("fl", "fr", "rr", "rl"), None),
        (named("x"), None),
    ],
)
def test_the_names_of_its_channels_say_what_a_board_is(words, role):
    assert role_of(words) == role


def test_a_stream_has_the_configured_rate_and_the_board_s_id():
    board = BoardSettings(role="left", rate_hz=250, length_mm=270.0)
    stream = stream_of(board, hello("left", "mine"))
    assert (stream.rate_hz, stream.board, stream.unit) == (250.0, "mine", "counts")
    assert stream.insole.length_mm == 270.0
    assert len(stream.insole.sensors) == 8


def test_another_number_of_sensors_has_no_known_layout():
    stream = stream_of(BoardSettings(role="left"), hello("left", channels=6))
    assert (stream.insole.channels_per_foot, stream.insole.sensors) == (6, ())


@pytest.mark.parametrize(
    ("settings", "count"),
    [
        ({"role": "left"}, 8),
        ({"role": "insoles"}, 16),
        ({"role": "left", "channels": 6}, 6),
        ({"role": "deck", "half_length_mm": 700.0, "half_width_mm": 300.0}, 4),
        ({"role": "deck", "channels": 1}, 1),
    ],
)
def test_a_board_that_has_not_answered_is_expected_to_be_the_usual_one(settings, count):
    stream = stream_of(BoardSettings(**settings), None)
    assert len(stream.channels) == count
    assert stream.counted


def test_a_board_that_cannot_speak_is_what_is_configured():
    board = BoardSettings(role="right", format="csv", port="/dev/ttyUSB0", rate_hz=100, channels=5)
    words = hello_of(board)
    assert words.channels == channel_names("right", 5) == ("r1", "r2", "r3", "r4", "r5")
    assert (words.id, words.rate_hz, words.bits) == ("csv-right", 100, 24)
    assert not stream_of(board, words).counted
    with_bits = BoardSettings(role="right", format="csv", port="/dev/ttyUSB0", bits=12)
    assert hello_of(with_bits).bits == 12
