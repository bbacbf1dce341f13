"""The only place that asks the machine for the time; everything else is handed a Clock."""

import ctypes
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

_TIME_ERROR = 5  # adjtimex's "clock not synchronised"


class Clock(Protocol):
    """Monotonic seconds, wall-clock time, and whether the latter can be believed."""

    def monotonic_s(self) -> float: ...

    def wall(self) -> datetime: ...

    def synced(self) -> bool: ...

    def boot(self) -> str: ...


class SystemClock:
    """The machine's own clocks. Monotonic seconds only compare within one boot."""

    def monotonic_s(self) -> float:
        return time.monotonic()

    def wall(self) -> datetime:
        return datetime.now(UTC)

    def synced(self) -> bool:
        """False while the kernel knows that nothing has set the clock (a Pi has no battery)."""
        timex = ctypes.create_string_buffer(256)  # modes = 0: only read
        return ctypes.CDLL(None).adjtimex(timex) != _TIME_ERROR or self.wall().year >= 2026

    def boot(self) -> str:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def rfc3339(moment: datetime) -> str:
    """UTC with milliseconds, as every ``at`` is written."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
