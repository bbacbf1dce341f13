"""A belt's speed from the pulses of a roller that turns with it. Pure: times come with the pulses.

Every interval between two pulses must be one that a belt can do after the one before. One that is
not (a pulse was missed, or there was one too many) is left out; when a few in a row are not, the
belt has done what was thought impossible, and the measurement begins anew.
"""

from collections import deque
from collections.abc import Iterable
from math import sqrt

from msgspec import Struct

from softshoe.events import Belt

FASTEST_M_S = 10.0
SLOWEST_M_S = 0.1
_SHORTEST_SILENCE_S = 0.5
_UNSTEADY = 0.25  # of the speed: footfalls brake a belt, and pulses arrive a little late
_BELIEVED_AFTER = 3
_BEGIN_ANEW_AFTER = 5
_COMPARED = 4
_TOLD_EVERY_S = 0.25
_NEWS = 0.002  # of the speed


class _Interval(Struct, frozen=True):
    """A way and the time that it took."""

    way_m: float
    seconds: float

    @property
    def m_s(self) -> float:
        return self.way_m / self.seconds


class BeltSpeed:
    """Takes pulses in order and the time when there are none; gives the speed when it changes."""

    def __init__(
        self, mm_per_pulse: float, window_s: float = 1.0, max_acceleration_m_s2: float = 2.0
    ) -> None:
        self.pulses = 0
        self._way_m = mm_per_pulse / 1000
        self._window_s = window_s
        self._acceleration = max_acceleration_m_s2
        self._silence_s = max(_SHORTEST_SILENCE_S, self._way_m / SLOWEST_M_S)
        self._last_s: float | None = None
        self._believed_s = 0.0
        self._intervals: deque[_Interval] = deque()
        self._doubted = 0
        self._told: Belt | None = None

    @property
    def distance_m(self) -> float:
        """How far the belt has gone since the beginning."""
        return self.pulses * self._way_m

    def pulse(self, t_s: float, pulses: int = 1) -> Belt | None:
        """A pulse at ``t_s``; ``pulses`` of them since the last one that was told."""
        last_s = self._last_s
        if last_s is None:
            self._count(t_s, pulses)
            return None
        way_m = pulses * self._way_m
        if t_s - last_s <= way_m / FASTEST_M_S:
            return None  # the contact bounced
        self._count(t_s, pulses)
        self._consider(_Interval(way_m, t_s - last_s), t_s)
        return self._tell(t_s) if len(self._intervals) >= _BELIEVED_AFTER else None

    def silence(self, t_s: float) -> Belt | None:
        """No pulse up to ``t_s``: 0 once the belt has stopped, None when the roller has failed."""
        if self._last_s is None or t_s - self._last_s <= self._silence_s:
            return None
        stopped = not self._intervals or self._can_stop_within_a_pulse
        self._last_s = None
        self._intervals.clear()
        if self._told is None and not stopped:
            return None
        return self._say(Belt(t_s, 0.0 if stopped else None))

    def _count(self, t_s: float, pulses: int) -> None:
        self.pulses += pulses
        self._last_s = t_s

    def _consider(self, interval: _Interval, t_s: float) -> None:
        if self._intervals and not self._is_plausible(interval, t_s - self._believed_s):
            self._doubted += 1
            if self._doubted < _BEGIN_ANEW_AFTER:
                return
            self._intervals.clear()
        self._doubted = 0
        self._believed_s = t_s
        self._intervals.append(interval)
        while len(self._intervals) > _BELIEVED_AFTER and self._is_full:
            self._intervals.popleft()

    def _is_plausible(self, interval: _Interval, since_s: float) -> bool:
        before = _together(list(self._intervals)[-_COMPARED:])
        since_s += before.seconds / 2
        allowed = _UNSTEADY * before.m_s + self._acceleration * since_s
        return abs(interval.m_s - before.m_s) <= allowed

    @property
    def _is_full(self) -> bool:
        passed_s = _together(self._intervals).seconds
        return passed_s - self._intervals[0].seconds >= self._window_s

    @property
    def _can_stop_within_a_pulse(self) -> bool:
        """Whether a belt that was as fast as lately may stop before two more pulses are due."""
        return self._intervals[-1].m_s <= sqrt(2 * self._acceleration * 2 * self._way_m)

    def _tell(self, t_s: float) -> Belt | None:
        speed = _together(self._intervals).m_s
        told = self._told
        if told and told.belt_m_s is not None:
            is_news = abs(speed - told.belt_m_s) > _NEWS * speed
            if not is_news or t_s - told.t_s < _TOLD_EVERY_S:
                return None
        return self._say(Belt(t_s, speed))

    def _say(self, belt: Belt) -> Belt:
        self._told = belt
        return belt


def _together(intervals: Iterable[_Interval]) -> _Interval:
    ways_m, seconds = zip(*((each.way_m, each.seconds) for each in intervals), strict=True)
    return _Interval(sum(ways_m), sum(seconds))
