"""A roller under the belt, whose magnet or slot gives pulses to a pin."""

from collections import deque
from collections.abc import Iterator

from softshoe.clock import Clock
from softshoe.events import Belt
from softshoe_hw.belt_speed import BeltSpeed


class Roller:
    """An Input: pulses become the belt's speed. `change` is called by the pin's own thread."""

    def __init__(self, speed: BeltSpeed, clock: Clock) -> None:
        self._speed = speed
        self._clock = clock
        self._pulses_s: deque[float] = deque()

    def change(self, down: bool) -> None:
        """The pin went to ground, which is a pulse, or up again."""
        if down:
            self._pulses_s.append(self._clock.monotonic_s())

    def take(self, now_s: float) -> Iterator[Belt]:
        while self._pulses_s:
            belt = self._speed.pulse(self._pulses_s.popleft())
            if belt:
                yield belt
        belt = self._speed.silence(now_s)
        if belt:
            yield belt
