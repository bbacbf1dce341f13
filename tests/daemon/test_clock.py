"""When a wall clock can be believed, and how moments of three clocks belong together."""

from datetime import UTC, datetime, timedelta

import pytest

from softshoe.clock import RELEASED, Anchor, SystemClock, is_set, rfc3339

NOW = RELEASED + timedelta(days=100)


def write(root, path, text=""):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.fixture
def pi(tmp_path):
    write(tmp_path, "proc/device-tree/model", "Raspberry Pi 4 Model B")
    return tmp_path


def test_a_clock_before_the_release_is_not_set_whatever_the_kernel_says(tmp_path):
    assert not is_set(datetime(1970, 1, 1, tzinfo=UTC), True, tmp_path)


def test_a_kernel_that_was_told_the_time_is_believed(pi):
    assert is_set(NOW, True, pi)


def test_a_pi_without_network_is_not_believed_although_its_time_looks_right(pi):
    assert not is_set(NOW, False, pi)


def test_a_pi_is_believed_once_timesyncd_says_so(pi):
    write(pi, "run/systemd/timesync/synchronized")
    assert is_set(NOW, False, pi)


def test_a_pi_with_a_battery_is_believed(pi):
    write(pi, "sys/class/rtc/rtc0/since_epoch", f"{int(NOW.timestamp())}\n")
    assert is_set(NOW, False, pi)


def test_a_real_time_clock_that_started_from_nothing_is_not_believed(pi):
    write(pi, "sys/class/rtc/rtc0/since_epoch", "57\n")
    assert not is_set(NOW, False, pi)


def test_a_container_or_laptop_without_time_service_is_believed(tmp_path):
    assert is_set(NOW, False, tmp_path)


def test_the_machine_has_its_clocks():
    clock = SystemClock()
    assert clock.monotonic_s() <= clock.monotonic_s()
    assert clock.wall().tzinfo is UTC
    assert clock.boot() == clock.boot()
    assert clock.synced() in (True, False)


def test_an_anchor_joins_three_clocks():
    anchor = Anchor(source_s=10.0, monotonic_s=500.0, wall=NOW, boot="b")
    assert anchor.monotonic_at(12.5) == 502.5
    assert anchor.wall_at(490.0) == NOW - timedelta(seconds=10)
    assert Anchor(10.0, 500.0, None, "b").wall_at(490.0) is None


def test_dates_are_written_in_utc_with_milliseconds():
    assert (
        rfc3339(datetime(2026, 11, 2, 3, 4, 5, 678_900, tzinfo=UTC)) == "2026-11-02T03:04:05.678Z"
    )
