"""Keeps samples in step with a clock, so that what was recorded or made up arrives as if live."""

import threading

from softshoe.clock import Clock


class Pacer:
    """Waits until samples are due: ``speed`` times real time, or not at all when it is None."""

    def __init__(self, speed: float | None, clock: Clock, stop: threading.Event) -> None:
        self._speed = speed
        self._clock = clock
        self._stop = stop
        self._start: tuple[float, float] | None = None

    def wait_until(self, t_s: float) -> bool:
        """Return when the source's clock shows ``t_s``; False as soon as the stop event is set.

        The first call starts the clock and returns at once. Who is late catches up.
        """
        if self._speed is None:
            return not self._stop.is_set()
        now_s = self._clock.monotonic_s()
        if self._start is None:
            self._start = (now_s, t_s)
        started_s, first_s = self._start
        early_s = started_s + (t_s - first_s) / self._speed - now_s
        return not (self._stop.wait(early_s) if early_s > 0 else self._stop.is_set())
