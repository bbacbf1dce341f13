"""Which board fills which place: by port, by id, by what it says; twins are asked about."""

from math import inf

import pytest
from tests.hardware.fake_runner import hello

from softshoe.errors import SourceBroken
from softshoe.settings import BoardSettings
from softshoe_hw.board import Board
from softshoe_hw.messages import Hello
from softshoe_hw.seats import Seats

LEFT, RIGHT = BoardSettings(role="left"), BoardSettings(role="right")


def board(words: Hello) -> Board:
    """One that has said who it is."""
    met = Board()
    met.hello = words
    return met


def started(words: Hello, seats: Seats, port: str, now_s: float = 0.0) -> Board:
    """One that has its place and samples."""
    met = board(words)
    seat = seats.claim(port, met, now_s)
    met.start(seat.stream, seat.next_segment, now_s)
    return met


def roles(seats):
    return {seat.board.role: seat.talk and seat.talk.hello.id for seat in seats.all}


def test_boards_are_placed_by_what_they_say():
    seats = Seats([LEFT, RIGHT])
    seats.claim("/dev/b", board(hello("right")), 0.0)
    assert not seats.filled
    seats.claim("/dev/a", board(hello("left")), 0.0)
    assert seats.filled
    assert roles(seats) == {"left": "fake-left", "right": "fake-right"}


def test_an_id_wins_over_what_a_board_says():
    """Somebody has swapped the jumpers and the configuration knows better."""
    seats = Seats([BoardSettings(role="left", id="fake-right"), RIGHT])
    seats.claim("/dev/a", board(hello("right")), 0.0)
    assert roles(seats)["left"] == "fake-right"


def test_a_port_wins_over_an_id():
    seats = Seats(
        [BoardSettings(role="left", id="fake-right"), BoardSettings(role="right", port="/a")]
    )
    seats.claim("/a", board(hello("right")), 0.0)
    assert roles(seats) == {"left": None, "right": "fake-right"}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (BoardSettings(role="left", id="mine"), hello("left", "other")),
        (BoardSettings(role="left", port="/dev/b"), hello("left")),
        (LEFT, hello("right")),
        (LEFT, Hello(board="x", id="x", rate_hz=1, bits=8, channels=("u", "v"))),
    ],
)
def test_a_board_without_a_place_is_named_with_its_port(settings, words):
    with pytest.raises(SourceBroken) as refused:
        Seats([settings]).claim("/dev/a", board(words), 0.0)
    assert f"{words.id} at /dev/a" in str(refused.value)
    assert "has no place in [[source.board]]" in str(refused.value)


def test_twins_are_both_refused_with_a_question():
    seats = Seats([LEFT])
    seat = seats.claim("/dev/a", board(hello("left", "one")), 0.0)
    assert seat.question is None
    seats.claim("/dev/b", board(hello("left", "other")), 0.0)
    assert seat.talk is None
    assert seat.question == (
        "two boards say that they are left: one at /dev/a and other at /dev/b; which is right? "
        "Change the side of one, or give each its port in [[source.board]]"
    )


def test_the_question_ends_when_one_of_them_goes():
    seats = Seats([LEFT])
    one, other = board(hello("left", "one")), board(hello("left", "other"))
    seat = seats.claim("/dev/a", one, 0.0)
    seats.claim("/dev/b", other, 0.0)
    seats.leave("/dev/a", one, "unplugged")
    assert (seat.talk, seat.question, seat.gone) == (other, None, "unplugged")


def test_who_has_left_already_leaves_nobody_else_s_place():
    seats = Seats([LEFT])
    old, new = board(hello("left")), board(hello("left"))
    seat = seats.claim("/dev/a", old, 0.0)
    seats.leave("/dev/a", old, "unplugged")
    seats.claim("/dev/a", new, 0.0)
    seats.leave("/dev/a", old, "unplugged")
    assert seat.talk is new


def test_the_same_board_elsewhere_takes_the_place_of_its_silent_self():
    seats = Seats([LEFT])
    seats.fix()
    started(hello("left"), seats, "/dev/a")
    new = started(hello("left"), seats, "/dev/b", now_s=2.0)
    assert seats.all[0].talk is new


def test_twins_of_one_id_that_both_speak_are_two():
    seats = Seats([LEFT])
    seats.fix()
    started(hello("left"), seats, "/dev/a")
    started(hello("left"), seats, "/dev/b", now_s=0.5)
    assert seats.all[0].question


def test_twins_of_one_id_are_two_before_they_sample():
    seats = Seats([LEFT])
    for port in ("/dev/a", "/dev/b"):
        seats.claim(port, board(hello("left")), 0.0)
    assert seats.all[0].question


def test_no_two_boards_of_a_place_have_the_same_segment():
    seats = Seats([LEFT])
    seats.fix()
    seat = seats.all[0]
    used = []
    for number in range(4):
        met = started(hello("left"), seats, f"/dev/{number}", now_s=10.0 * number)
        used.append(met.sampling.next_segment)
        met.sampling._continuity.segment += 2
    assert used == sorted(set(used))
    before = seat.next_segment
    seats.leave("/dev/3", seat.talk, "gone")
    assert seat.next_segment == before


def test_a_twin_s_segments_are_its_own():
    seats = Seats([LEFT])
    seats.fix()
    one = started(hello("left", "one"), seats, "/dev/a")
    one.sampling._continuity.segment += 1
    other = started(hello("left", "other"), seats, "/dev/b")
    assert other.sampling.next_segment > 0


def test_the_rig_is_fixed_by_who_is_there_and_by_what_is_usual():
    seats = Seats([LEFT, RIGHT])
    seats.claim("/dev/a", board(hello("left", channels=4)), 0.0)
    assert seats.rig is None
    seats.fix()
    rig = seats.rig
    assert [(one.name, len(one.channels), one.board) for one in rig.streams] == [
        ("left", 4, "fake-left"),
        ("right", 8, None),
    ]


def test_who_comes_later_must_fit():
    seats = Seats([LEFT])
    seats.fix()
    with pytest.raises(SourceBroken) as refused:
        seats.claim("/dev/a", board(hello("left", channels=6)), 0.0)
    assert str(refused.value) == (
        "fake-left has 6 channels where 8 were expected: "
        "set channels = 6 in its [[source.board]] and start again"
    )


def test_the_rig_learns_the_names_of_boards_that_come_later():
    seats = Seats([LEFT])
    seats.fix()
    assert seats.rig.streams[0].scaled_by == "left"
    one = board(hello("left", "one"))
    seats.claim("/dev/a", one, 0.0)
    assert seats.rig.streams[0].scaled_by == "one"
    seats.claim("/dev/b", board(hello("left", "other")), 0.0)
    assert seats.rig.streams[0].scaled_by == "one"
    seats.leave("/dev/a", one, "unplugged")
    assert seats.rig.streams[0].scaled_by == "other"


def test_before_its_first_sample_a_board_has_been_heard_at_no_time():
    assert Board().heard_s == -inf
