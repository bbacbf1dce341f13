"""Time is kept against the clock that is handed in, however fast."""

import threading

from tests.hardware.fake_time import FakeClock, WaitingEvent

from softshoe_hw.pacing import Pacer


def test_real_time_is_kept_without_drift() -> None:
    clock = FakeClock()
    stop = WaitingEvent(clock)
    pacer = Pacer(1.0, clock, stop)
    assert pacer.wait_until(7.0)
    clock.now_s += 0.3
    assert pacer.wait_until(7.5)
    assert pacer.wait_until(8.0)
    assert stop.waits == [0.2, 0.5]


def test_ten_times_as_fast() -> None:
    clock = FakeClock()
    stop = WaitingEvent(clock)
    pacer = Pacer(10.0, clock, stop)
    pacer.wait_until(0.0)
    pacer.wait_until(5.0)
    assert stop.waits == [0.5]


def test_who_is_late_catches_up() -> None:
    clock = FakeClock()
    stop = WaitingEvent(clock)
    pacer = Pacer(1.0, clock, stop)
    pacer.wait_until(0.0)
    clock.now_s += 3.0
    pacer.wait_until(1.0)
    pacer.wait_until(4.0)
    assert stop.waits == [1.0]


def test_no_speed_never_waits_but_stops() -> None:
    stop = threading.Event()
    pacer = Pacer(None, FakeClock(), stop)
    assert pacer.wait_until(1e9)
    stop.set()
    assert not pacer.wait_until(1e9)
