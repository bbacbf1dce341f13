"""A board's clock on the host's: the line under the least delayed arrivals.

What a board sends comes late, now less, now more, and never early. So the true relation of the two
clocks is the line that lies below all points (device time, arrival) and as close to them as it can
(Moon, Skelly & Towsley 1999); how late the others were does not matter.
"""

from collections import deque
from itertools import pairwise

from msgspec import Struct

WRAP_US = 2**32
_BIN_S = 0.5
_WINDOW_S = 40.0
_LARGEST_DRIFT = 0.01
"""Ceramic resonators are off by up to 0.5 %."""
_PACE_AFTER_S = 8.0
"""Sooner, an arrival that is 200 ms late looks like a clock that is 3 % off."""


class _Point(Struct, frozen=True):
    device_s: float
    host_s: float


class DeviceClock:
    """Learns from arrivals; tells when on the host's clock something happened on the board."""

    def __init__(self) -> None:
        self._latest_us: int | None = None
        self._bins: deque[_Point] = deque()
        """The least delayed arrival of each half second, the current one last."""
        self._bin_from_s = 0.0
        self._offset_s = 0.0
        self._slope = self._rate = 1.0

    def feed(self, device_us: int, host_s: float) -> None:
        """What happened at ``device_us`` was told at ``host_s``."""
        device_s = self._device_s(device_us)
        self._latest_us = round(device_s * 1e6)
        point = _Point(device_s, host_s)
        begins = not self._bins or device_s - self._bin_from_s >= _BIN_S
        if begins:
            self._bin_from_s = device_s
            self._bins.append(point)
            while device_s - self._bins[0].device_s > _WINDOW_S:
                self._bins.popleft()
        elif self._delay_s(point) < self._delay_s(self._bins[-1]):
            self._bins[-1] = point
        else:
            return
        if begins or self._delay_s(point) < 0:
            self._fit()

    def host_s(self, device_us: int) -> float:
        """When it was, on the host's clock."""
        return self._offset_s + self._rate * self._device_s(device_us)

    @property
    def pace(self) -> float | None:
        """Seconds of the host in a second of the board, whatever it is; None until it is known."""
        if not self._bins or self._bins[-1].device_s - self._bins[0].device_s < _PACE_AFTER_S:
            return None
        return self._slope

    def _device_s(self, device_us: int) -> float:
        """Seconds that do not wrap, while no more than half an hour lies between two calls."""
        if self._latest_us is None:
            return device_us * 1e-6
        ahead = (device_us - self._latest_us + WRAP_US // 2) % WRAP_US - WRAP_US // 2
        return (self._latest_us + ahead) * 1e-6

    def _delay_s(self, point: _Point) -> float:
        """How far it is above the line."""
        return point.host_s - self._rate * point.device_s - self._offset_s

    def _fit(self) -> None:
        points = list(self._bins)
        self._slope = _slope(points)
        self._rate = min(max(self._slope, 1 - _LARGEST_DRIFT), 1 + _LARGEST_DRIFT)
        self._offset_s = min(point.host_s - self._rate * point.device_s for point in points)


def _slope(points: list[_Point]) -> float:
    """Of the line below all points with the least mean distance: of their lower hull's middle."""
    middle_s = sum(point.device_s for point in points) / len(points)
    hull = _lower_hull(points)
    for left, right in pairwise(hull):
        if right.device_s >= middle_s:
            return (right.host_s - left.host_s) / (right.device_s - left.device_s)
    return 1.0


def _lower_hull(points: list[_Point]) -> list[_Point]:
    """Of points in the order of device time."""
    hull: list[_Point] = []
    for point in points:
        while len(hull) >= 2 and _turns_down(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    return hull


def _turns_down(a: _Point, b: _Point, c: _Point) -> bool:
    return (b.host_s - a.host_s) * (c.device_s - a.device_s) >= (c.host_s - a.host_s) * (
        b.device_s - a.device_s
    )
