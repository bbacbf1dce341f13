"""All boards as one source: meeting them, losing them, finding them, saying how they are."""

import math

import numpy as np
import pytest
from tests.hardware.fake_runner import (
    DECK,
    LEFT,
    RIGHT,
    deck_board,
    foot_counts,
    hello,
    insole_board,
)
from tests.hardware.fake_time import FakeClock
from tests.hardware.memory_ports import Ports, Treadmill, blocks_of, reports_of

from softshoe.events import Belt, Tick
from softshoe.settings import BoardSettings
from softshoe_hw.fake_board import FakeBoard
from softshoe_hw.messages import Hello, Start, Status, Stop

BEGAN_S = 100.0


@pytest.fixture
def ports():
    return Ports(FakeClock(BEGAN_S))


def plugged(ports, *sides):
    for side in sides:
        ports.plug(f"/dev/{side}", insole_board(side, BEGAN_S))
    return ports


def last(items, stream):
    return reports_of(items, stream)[-1]


def test_boards_are_met_as_soon_as_all_have_answered(ports):
    treadmill = Treadmill(LEFT, RIGHT, ports=plugged(ports, "left", "right"))
    treadmill.source.meet()
    assert ports.clock.now_s - BEGAN_S <= 0.1
    assert [one.board for one in treadmill.source.rig.streams] == ["fake-left", "fake-right"]


def test_who_is_not_there_is_waited_for_two_seconds_and_then_expected(ports):
    treadmill = Treadmill(LEFT, RIGHT, ports=plugged(ports, "left"))
    treadmill.source.meet()
    assert ports.clock.now_s - BEGAN_S == pytest.approx(2.0, abs=0.1)
    assert treadmill.source.rig.name == "insoles"
    items = treadmill.pass_time(0.5)
    assert (last(items, "right").state, last(items, "right").why) == (
        "waiting",
        "no board says that it is right",
    )
    plugged(ports, "right")
    items = treadmill.pass_time(2.0)
    assert last(items, "right").state == "live"
    assert blocks_of(items, "right")


def test_samples_have_the_host_s_time_and_are_what_the_board_saw(ports):
    treadmill = Treadmill(LEFT, ports=plugged(ports, "left"))
    treadmill.source.meet()
    blocks = blocks_of(treadmill.pass_time(3.0), "left")
    taken = np.concatenate([block.first_s + np.arange(len(block.values)) / 500 for block in blocks])
    values = np.concatenate([block.values for block in blocks])
    shown = foot_counts("left")
    place = np.clip((taken - BEGAN_S) * 500, 0, len(shown) - 1)
    expected = np.stack(
        [np.interp(place, np.arange(len(shown)), shown[:, channel]) for channel in range(8)], axis=1
    )
    steepest = np.abs(np.diff(shown[: len(values) + 50], axis=0)).max()
    assert np.abs(values - expected).max() < 2.0 * steepest  # within two samples' time
    assert len(values) == pytest.approx(1500, abs=30)


def test_a_tick_follows_twenty_times_a_second_and_waits_for_late_samples(ports):
    treadmill = Treadmill(LEFT, ports=plugged(ports, "left"))
    treadmill.source.meet()
    ticks = [item.t_s for item in treadmill.pass_time(2.0) if isinstance(item, Tick)]
    assert len(ticks) == pytest.approx(40, abs=2)
    assert ticks[-1] == pytest.approx(ports.clock.now_s - 0.05, abs=0.06)


def test_a_board_is_told_its_rate_and_when_nobody_listens_any_more(ports):
    board = insole_board("left", BEGAN_S)
    ports.plug("/dev/left", board)
    treadmill = Treadmill(BoardSettings(role="left", rate_hz=250), ports=ports)
    treadmill.source.meet()
    treadmill.pass_time(0.5)
    assert Start(250) in board.told
    treadmill.source.close()
    treadmill.pass_time(0.1)
    assert board.told[-1] == Stop()
    assert not treadmill.readers


def test_reports_come_when_they_are_news_and_counts_once_a_second(ports):
    board = insole_board("left", BEGAN_S)
    ports.plug("/dev/left", board)
    treadmill = Treadmill(LEFT, ports=ports)
    treadmill.source.meet()
    assert len(reports_of(treadmill.pass_time(5.0), "left")) == 1
    board.change = lambda frame: b"\x05\0" + frame
    damaged = reports_of(treadmill.pass_time(1.0), "left")
    assert 1 <= len(damaged) <= 2
    board.change = bytes
    board.status = Status(overruns=7, battery_mv=3700)
    known = last(treadmill.pass_time(3.0), "left")
    assert (known.overruns, known.battery_mv, known.board) == (7, 3700, "fake-left")
    assert known.bad_frames > 50


def test_a_board_that_is_lost_says_why_and_is_found_elsewhere(ports):
    treadmill = Treadmill(LEFT, ports=plugged(ports, "left"))
    treadmill.source.meet()
    before = blocks_of(treadmill.pass_time(1.0), "left")
    ports.unplug("/dev/left")
    gone = last(treadmill.pass_time(0.2), "left")
    assert (gone.state, gone.why) == ("lost", "/dev/left went away: unplugged")
    ports.plug("/dev/elsewhere", insole_board("left", BEGAN_S))
    items = treadmill.pass_time(2.0)
    assert last(items, "left").state == "live"
    after = blocks_of(items, "left")
    assert after[0].segment == before[-1].segment + 1


def test_who_is_held_up_for_ten_seconds_loses_nothing(ports):
    treadmill = Treadmill(LEFT, RIGHT, ports=plugged(ports, "left", "right"))
    treadmill.source.meet()
    treadmill.pass_time(0.5)
    treadmill.hold_up(10.0)
    blocks = blocks_of(treadmill.pass_time(0.5), "left")
    assert sum(len(block.values) for block in blocks) >= 10.4 * 500
    ends = [block.first_index + len(block.values) for block in blocks]
    assert [block.first_index for block in blocks[1:]] == ends[:-1]


def test_a_named_port_is_opened_with_its_baud_rate_and_no_other_is_tried(ports):
    board = BoardSettings(role="left", port="/dev/right", baud=115_200)
    treadmill = Treadmill(board, ports=plugged(ports, "left", "right"))
    treadmill.source.meet()
    treadmill.pass_time(1.0)
    assert ports.opened == [("/dev/right", 115_200)]
    assert treadmill.source.rig.streams[0].board == "fake-right"


def test_a_named_port_on_which_nobody_answers_is_said_after_three_seconds(ports):
    ports.plug("/dev/a", insole_board("left", BEGAN_S))
    ports.boards["/dev/a"].silent = True
    treadmill = Treadmill(BoardSettings(role="left", port="/dev/a"), ports=ports)
    treadmill.source.meet()
    assert last(treadmill.pass_time(2.0), "left").why == (
        "no board at /dev/a; no board answers at /dev/a: check the cable and the baud rate"
    )


def test_a_port_that_is_not_there_is_said(ports):
    treadmill = Treadmill(BoardSettings(role="left", port="/dev/a"), ports=ports)
    treadmill.source.meet()
    assert last(treadmill.pass_time(1.0), "left").why == (
        "no board at /dev/a; /dev/a cannot be opened: it is not there"
    )


def test_a_stranger_is_said_and_left_alone(ports):
    stranger = FakeBoard(
        Hello(board="x", id="printer", rate_hz=100, bits=8, channels=("ink",)),
        np.zeros((9, 1), np.int64),
        BEGAN_S,
    )
    ports.plug("/dev/a", stranger)
    treadmill = Treadmill(LEFT, ports=ports)
    treadmill.source.meet()
    why = last(treadmill.pass_time(5.0), "left").why
    assert "printer at /dev/a (neither a deck nor insoles) has no place" in why
    opened = len(ports.opened)
    treadmill.pass_time(20.0)
    assert len(ports.opened) - opened <= 3


def test_ports_are_left_alone_while_every_board_is_there(ports):
    treadmill = Treadmill(LEFT, ports=plugged(ports, "left"))
    treadmill.source.meet()
    opened = list(ports.opened)
    ports.plug("/dev/other", insole_board("right", BEGAN_S))
    treadmill.pass_time(10.0)
    assert ports.opened == opened


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"v": 2}, "it speaks version 2 of the protocol: this one knows 1"),
        ({"bits": 8}, None),
    ],
)
def test_a_board_that_makes_no_sense_is_broken_and_says_so(ports, change, said):
    words = hello("left")
    words = Hello(**({name: getattr(words, name) for name in words.__struct_fields__} | change))
    ports.plug("/dev/left", FakeBoard(words, foot_counts("left"), BEGAN_S))
    treadmill = Treadmill(LEFT, ports=ports)
    treadmill.source.meet()
    report = last(treadmill.pass_time(3.0), "left")
    assert report.why == said
    assert report.state == ("broken" if said else "live")


def test_the_roller_s_pulses_become_the_belt_s_speed(ports):
    board = deck_board(BEGAN_S)
    ports.plug("/dev/deck", board)
    treadmill = Treadmill(DECK, ports=ports, mm_per_pulse=160.0)
    treadmill.source.meet()
    belts = []
    for _ in range(100):
        belts += [one for one in treadmill.pass_time(0.05) if isinstance(one, Belt)]
        board.pulse(ports.clock.now_s)
    assert belts[-1].belt_m_s == pytest.approx(3.2, rel=0.01)
    ports.unplug("/dev/deck")
    (end,) = [one for one in treadmill.pass_time(0.5) if isinstance(one, Belt)]
    assert end.belt_m_s is None


def test_nothing_that_it_gives_is_infinite(ports):
    treadmill = Treadmill(LEFT, RIGHT, ports=plugged(ports, "left", "right"))
    treadmill.source.meet()
    for block in blocks_of(treadmill.pass_time(2.0), "left"):
        assert math.isfinite(block.first_s)
        assert np.isfinite(block.values).all()


def test_a_source_that_is_closed_ends_by_itself(ports):
    treadmill = Treadmill(LEFT, ports=plugged(ports, "left"))
    treadmill.source.meet()
    treadmill.source.close()
    assert list(treadmill.source.blocks()) == []
