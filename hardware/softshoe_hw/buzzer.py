"""A buzzer or a vibration motor that answers a hard landing while the foot is still down."""

import threading
from collections.abc import Callable

from softshoe.clock import Clock
from softshoe.events import LiveState, Step
from softshoe.hub import Hub
from softshoe.settings import BuzzerSettings
from softshoe_hw.softness import landing_excess_pct

_WAIT_S = 0.5
_BOUND = 50
_LATEST_S = 0.25  # later than this the foot has left the ground


class Buzzer:
    """A Sink: sounds for a landing above the line, not more often than the settings allow."""

    name = "buzzer"

    def __init__(
        self,
        switch: Callable[[bool], None],
        settings: BuzzerSettings,
        hub: Hub,
        clock: Clock,
    ) -> None:
        self._switch = switch
        self._settings = settings
        self._clock = clock
        self._subscription = hub.subscribe(self.name, (Step, LiveState), _BOUND)
        self._state = LiveState()
        self._sounded_s = float("-inf")

    def run(self, stop: threading.Event) -> None:
        try:
            while not stop.is_set():
                self.turn(stop, _WAIT_S)
        finally:
            self._switch(False)

    def turn(self, stop: threading.Event, timeout_s: float) -> None:
        """Wait for news up to ``timeout_s``; sound for the time that is set when it is due."""
        for published in self._subscription.take(timeout_s):
            event = published.event
            if isinstance(event, LiveState):
                self._state = event
            elif isinstance(event, Step) and self._answers(event, published.monotonic_s):
                self._sounded_s = published.monotonic_s
                self._sound(stop)

    def _sound(self, stop: threading.Event) -> None:
        self._switch(True)
        stop.wait(self._settings.sound_s)
        self._switch(False)

    def _answers(self, step: Step, landed_s: float) -> bool:
        if step.moment != "landing" or self._clock.monotonic_s() - landed_s > _LATEST_S:
            return False
        if landed_s - self._sounded_s < self._settings.every_s:
            return False
        excess_pct = landing_excess_pct(step, self._state)
        return excess_pct is not None and excess_pct > self._settings.hard_pct
