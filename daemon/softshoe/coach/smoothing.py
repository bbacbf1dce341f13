"""The mean of the last five steps, so that one odd step does not cue."""

from collections import deque

STEPS = 5
FRESH_S = 6.0


class Smoother:
    """Holds the last five values and when they were."""

    def __init__(self) -> None:
        self._last: deque[tuple[float, float]] = deque(maxlen=STEPS)

    def add(self, t_s: float, value: float) -> None:
        self._last.append((t_s, value))

    def clear(self) -> None:
        self._last.clear()

    def value(self, t_s: float) -> float | None:
        """None until there are five, and when the foot has not been seen for long."""
        if len(self._last) < STEPS or t_s - self._last[0][0] > FRESH_S:
            return None
        return sum(value for _, value in self._last) / STEPS
