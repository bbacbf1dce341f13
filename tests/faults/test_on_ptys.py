"""Boards on real pseudo-terminals, threads, service and hub: what happens, not how fast.

The clock is five times as fast as the wall's. Seconds are looked at in the other files here, and on
the wall's clock by `./dev bench faults`.
"""

import pytest
from tests.daemon.parts import wait_for
from tests.faults.pty_feet import PtyFeet

from softshoe.clock import SystemClock
from softshoe.events import Health, Session


class FastClock(SystemClock):
    def monotonic_s(self):
        return 5 * super().monotonic_s()


@pytest.fixture
def feet(tmp_path):
    return PtyFeet(tmp_path, FastClock())


def wait_for_more_steps(feet, *sides, more=3):
    before = {side: len(feet.steps(side)) for side in sides}
    wait_for(
        lambda: all(len(feet.steps(side)) >= before[side] + more for side in sides),
        f"steps of {' and '.join(sides)}",
    )


def test_unplugged_and_plugged_in_elsewhere_during_a_run(feet):
    feet.plug("usb-1", "left")
    feet.plug("usb-2", "right")
    with feet.running():
        wait_for_more_steps(feet, "left", "right")
        feet.unplug("usb-1")
        wait_for(lambda: feet.health("left").state == "lost", "a lost foot")
        assert "went away: unplugged" in feet.health("left").why
        wait_for_more_steps(feet, "right")
        feet.plug("usb-3", "left")
        wait_for(lambda: feet.is_live("left", "right"), "both feet")
        wait_for_more_steps(feet, "left", "right")
    sessions = feet.seen.of(Session)
    assert len({session.session for session in sessions}) == 1
    counts = [session.steps for session in sessions]
    assert counts == sorted(counts)
    assert not feet.seen.of(Health)[-1].restarts


def test_silence_and_64_kb_of_noise(feet):
    feet.plug("usb-1", "left")
    feet.plug("usb-2", "right")
    with feet.running():
        wait_for_more_steps(feet, "left", "right")
        board = feet.ports["usb-1"].board
        board.silent = True
        wait_for(lambda: feet.health("left").state == "lost", "a lost foot")
        wait_for_more_steps(feet, "right")
        board.send_raw(bytes(range(256)) * 256)
        board.silent = False
        wait_for(lambda: feet.is_live("left"), "the left foot again")
        wait_for_more_steps(feet, "left", "right")
    states = [one.sources[0].state for one in feet.seen.of(Health)]
    assert states.index("stale") < states.index("lost")
    assert not feet.seen.of(Health)[-1].restarts


def test_a_board_that_comes_late_is_measured_by_its_own_calibration(feet):
    """What a pipeline is made of names it, once no run is under way."""
    feet.plug("usb-1", "left")
    with feet.running() as running:
        assert [one.scaled_by for one in feet.source.rig.streams] == ["fake-left", "right"]
        feet.plug("usb-2", "right")
        wait_for(lambda: len(running.pipelines) == 2, "a second pipeline")
        assert [one.scaled_by for one in feet.source.rig.streams] == ["fake-left", "fake-right"]
        wait_for_more_steps(feet, "left", "right")
    assert len(running.pipelines) == 2


def test_two_left_ones(feet):
    feet.plug("usb-1", "left")
    feet.plug("usb-2", "left")
    with feet.running():
        wait_for(lambda: feet.seen.of(Health), "health")
        wait_for(lambda: feet.health("left").state == "broken", "a question")
        assert feet.health("left").why.startswith("two boards say that they are left")
        feet.unplug("usb-2")
        feet.plug("usb-3", "right")
        wait_for(lambda: feet.is_live("left", "right"), "both feet")
        wait_for_more_steps(feet, "left", "right")
