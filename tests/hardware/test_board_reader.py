"""One port from its opening to its end, whatever comes between."""

import threading

import pytest
from tests.hardware.fake_runner import LEFT, hello, insole_board
from tests.hardware.fake_time import FakeClock
from tests.hardware.memory_ports import Ports

from softshoe.errors import SourceLost
from softshoe.intake import Intake
from softshoe_hw.board import Board
from softshoe_hw.board_reader import BoardReader
from softshoe_hw.frames import decode, encode
from softshoe_hw.messages import Stop
from softshoe_hw.seats import Seats


class Wire:
    """An open port with words to say, one a read; an error among them is raised."""

    def __init__(self, clock, *words):
        self.said = []
        self.closed = False
        self._clock = clock
        self._words = list(words)

    def read(self):
        self._clock.now_s += 0.05
        word = self._words.pop(0) if self._words else b""
        if isinstance(word, Exception):
            raise word
        return word

    def write(self, data):
        self.said += [frame.message for frame in decode(data).frames]

    def close(self):
        self.closed = True


@pytest.fixture
def clock():
    return FakeClock()


def reader_of(clock, open_link, seats=None, patient=False, talk=None):
    seats = seats or Seats([LEFT])
    return BoardReader("/dev/a", talk or Board(), open_link, seats, Intake(9), clock, None, patient)


def turns(reader, seconds, clock):
    until_s = clock.now_s + seconds
    while reader.turn() and clock.now_s < until_s:
        pass


def test_a_port_that_cannot_be_opened_ends_with_the_reason(clock):
    def refuse():
        raise SourceLost("/dev/a cannot be opened: another program has it open")

    reader = reader_of(clock, refuse)
    assert not reader.turn()
    assert reader.ended == "/dev/a cannot be opened: another program has it open"
    assert not reader.had_board


def test_a_port_without_a_board_is_given_up_after_three_seconds_unless_it_is_named(clock):
    wire = Wire(clock)
    reader = reader_of(clock, lambda: wire)
    began_s = clock.now_s
    turns(reader, 10.0, clock)
    assert clock.now_s - began_s == pytest.approx(3.0, abs=0.1)
    assert reader.ended == "no board answers at /dev/a: check the cable and the baud rate"
    assert wire.closed
    named = reader_of(clock, lambda: Wire(clock), patient=True)
    turns(named, 10.0, clock)
    assert named.ended is None
    assert named.silence == reader.ended


def test_a_board_without_a_place_is_let_go_with_stop(clock):
    wire = Wire(clock, encode(hello("right"), 0))
    reader = reader_of(clock, lambda: wire)
    turns(reader, 1.0, clock)
    assert "has no place" in reader.ended
    assert wire.said[-1] == Stop()
    assert wire.closed


def test_its_place_is_free_again_when_it_ends(clock):
    seats = Seats([LEFT])
    wire = Wire(clock, encode(hello("left"), 0), SourceLost("/dev/a went away: unplugged"))
    reader = reader_of(clock, lambda: wire, seats)
    assert reader.turn()
    assert seats.filled
    assert not reader.turn()
    assert not seats.filled
    assert (seats.all[0].gone, reader.had_board) == ("/dev/a went away: unplugged", True)


def test_a_fault_in_the_talk_ends_the_thread_with_its_name_and_frees_the_port(clock, caplog):
    class Faulty(Board):
        def receive(self, data, now_s):
            raise ZeroDivisionError

    wire = Wire(clock)
    reader = reader_of(clock, lambda: wire, talk=Faulty())
    thread = threading.Thread(target=reader.run)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
    assert reader.ended == "/dev/a: ZeroDivisionError"
    assert wire.closed
    assert "reading /dev/a failed" in caplog.text


def test_whoever_stops_it_waits_for_one_read_at_most(clock):
    ports = Ports(clock)
    ports.plug("/dev/a", insole_board("left", clock.now_s))
    reader = reader_of(clock, lambda: ports.open("/dev/a", 9600))
    assert reader.turn()
    reader.close()
    assert not reader.turn()
    assert reader.ended == "stopped"
