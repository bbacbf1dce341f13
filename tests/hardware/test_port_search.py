"""Ports are tried at once, and those that answer in vain less and less often."""

from itertools import pairwise

import pytest

from softshoe_hw.port_search import PortSearch


def attempts(search, plugged, until_s, outcome):
    """When each port is opened, if it is looked every 0.1 s and each attempt ends at once."""
    opened = []
    for tick in range(round(until_s * 10)):
        now_s = tick / 10
        for port in search.due(plugged, now_s):
            opened.append(now_s)
            outcome(search, port, now_s)
    return opened


def failing(search, port, now_s):
    search.failed(port, "no board answers", now_s)


def test_a_port_is_tried_at_once_and_not_again_while_it_is_open():
    search = PortSearch([])
    assert search.due(["/dev/a", "/dev/b"], 0.0) == ["/dev/a", "/dev/b"]
    assert search.due(["/dev/a", "/dev/b"], 1000.0) == []


def test_one_that_answers_in_vain_is_left_alone_for_twice_as_long_each_time_up_to_half_a_minute():
    opened = attempts(PortSearch([]), ["/dev/a"], 200.0, failing)
    pauses = [round(after - before, 1) for before, after in pairwise(opened)]
    assert pauses[:7] == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0]
    assert set(pauses[7:]) == {30.0}


def test_one_that_is_named_is_tried_every_two_seconds():
    opened = attempts(PortSearch(["/dev/a"]), [], 20.0, failing)
    pauses = [round(after - before, 1) for before, after in pairwise(opened)]
    assert pauses[:3] == [0.5, 1.0, 2.0]
    assert set(pauses[3:]) == {2.0}


def test_a_board_that_went_away_is_looked_for_at_once_again():
    search = PortSearch([])
    attempts(search, ["/dev/a"], 20.0, failing)
    search.gone("/dev/a", "unplugged", 100.0)
    assert search.due(["/dev/a"], 100.4) == []
    assert search.due(["/dev/a"], 100.5) == ["/dev/a"]


def test_a_port_that_is_plugged_in_again_is_new():
    search = PortSearch([])
    attempts(search, ["/dev/a"], 20.0, failing)
    assert search.due([], 20.1) == []
    assert search.due(["/dev/a"], 20.2) == ["/dev/a"]


def test_a_named_port_is_tried_once_where_it_is_plugged_in_as_well():
    assert PortSearch(["/dev/a"]).due(["/dev/a"], 0.0) == ["/dev/a"]


@pytest.mark.parametrize("end", ["failed", "gone"])
def test_it_knows_why_ports_cannot_be_used(end):
    search = PortSearch([])
    search.due(["/dev/a", "/dev/b"], 0.0)
    getattr(search, end)("/dev/a", "it is no serial port", 0.0)
    assert search.why == {"/dev/a": "it is no serial port"}
    search.due(["/dev/b"], 0.1)
    assert search.why == {}
