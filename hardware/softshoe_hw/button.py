"""A button: a press ends the run or lets the next one begin, a long press marks a lap."""

from collections import deque
from collections.abc import Iterator

from softshoe.clock import Clock
from softshoe.events import Command

_BOUNCE_S = 0.03


class Button:
    """An Input. `change` is called by the pin's own thread."""

    def __init__(self, long_s: float, clock: Clock) -> None:
        self._long_s = long_s
        self._clock = clock
        self._changes: deque[tuple[float, bool]] = deque()
        self._down_s: float | None = None

    def change(self, down: bool) -> None:
        """The button was pressed, or let go."""
        self._changes.append((self._clock.monotonic_s(), down))

    def take(self, now_s: float) -> Iterator[Command]:
        """A press counts when it is over, a long one as soon as it is long."""
        while self._changes:
            t_s, down = self._changes.popleft()
            yield from self._until(t_s)
            if down:
                self._down_s = t_s
            elif self._down_s is not None:
                if t_s - self._down_s >= _BOUNCE_S:
                    yield Command(t_s, "toggle")
                self._down_s = None
        yield from self._until(now_s)

    def _until(self, t_s: float) -> Iterator[Command]:
        if self._down_s is not None and t_s - self._down_s >= self._long_s:
            yield Command(self._down_s + self._long_s, "lap")
            self._down_s = None
