"""The only place that asks the machine for the time; everything else is handed a Clock."""

import ctypes
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from msgspec import Struct

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)  # an earlier wall clock is certainly not set
_TIME_ERROR = 5  # adjtimex's "clock not synchronised"


class Clock(Protocol):
    """Monotonic seconds, wall-clock time, and whether the latter can be believed."""

    def monotonic_s(self) -> float: ...

    def wall(self) -> datetime: ...

    def synced(self) -> bool: ...

    def boot(self) -> str: ...


class Anchor(Struct, frozen=True):
    """One moment on three clocks: a source's, this boot's, and the wall's once that is set."""

    source_s: float
    monotonic_s: float
    wall: datetime | None
    boot: str

    def monotonic_at(self, source_s: float) -> float:
        return self.monotonic_s + source_s - self.source_s

    def wall_at(self, monotonic_s: float) -> datetime | None:
        """The date of a moment of this boot; None while the clock is not set."""
        if self.wall is None:
            return None
        return self.wall + timedelta(seconds=monotonic_s - self.monotonic_s)


class SystemClock:
    """The machine's own clocks. Monotonic seconds only compare within one boot."""

    def monotonic_s(self) -> float:
        return time.monotonic()

    def wall(self) -> datetime:
        return datetime.now(UTC)

    def synced(self) -> bool:
        return is_set(self.wall(), kernel_is_synced())

    def boot(self) -> str:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def kernel_is_synced() -> bool:
    """Whether a time service has told the kernel that the clock is right."""
    timex = ctypes.create_string_buffer(256)  # modes = 0: only read
    return bool(ctypes.CDLL(None).adjtimex(timex) != _TIME_ERROR)


def is_set(wall: datetime, kernel_synced: bool, root: Path = Path("/")) -> bool:
    """Whether a wall clock can be believed.

    A Pi without network starts with the time of its last shutdown, which looks right and is not.
    A laptop, a virtual machine or a container without a time service has a clock that somebody
    keeps, although their kernel calls it unsynchronised.
    """
    if wall < RELEASED:
        return False
    if kernel_synced or (root / "run/systemd/timesync/synchronized").exists():
        return True
    return _keeps_time(root) or not (root / "proc/device-tree/model").exists()


def _keeps_time(root: Path) -> bool:
    """Whether there is a battery-backed clock that has not started from nothing."""
    return any(
        int(since.read_text()) >= RELEASED.timestamp()
        for since in root.glob("sys/class/rtc/rtc*/since_epoch")
    )


def now(clock: Clock) -> str | None:
    """The time of day, as it is written; None while nothing has set the clock."""
    return rfc3339(clock.wall()) if clock.synced() else None


def rfc3339(moment: datetime) -> str:
    """UTC with milliseconds, as every ``at`` is written."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
