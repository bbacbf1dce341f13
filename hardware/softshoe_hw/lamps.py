"""LEDs: how the machine is, and which foot lands harder than the runner's own line."""

import threading
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from softshoe.clock import Clock
from softshoe.events import Health, LiveState, Means
from softshoe.hub import Hub
from softshoe_hw.softness import foot_excess_pct

Switch = Callable[[bool], None]
Status = Literal["starting", "ready", "running", "lost", "error"]

_LOOK_EVERY_S = 0.05
_BOUND = 20


class Rhythm(Struct, frozen=True):
    """Lit for the first ``on_s`` of every ``every_s``."""

    on_s: float
    every_s: float

    def is_lit(self, t_s: float) -> bool:
        return t_s % self.every_s < self.on_s


RHYTHMS: dict[Status, Rhythm] = {
    "starting": Rhythm(0.0, 1.0),
    "ready": Rhythm(0.1, 2.0),
    "running": Rhythm(1.0, 1.0),
    "lost": Rhythm(0.5, 1.0),
    "error": Rhythm(0.1, 0.2),
}


def status_of(health: Health, state: LiveState) -> Status:
    """What matters most: a fault, a sensor that is gone, then how the run is going."""
    sources = {source.state for source in health.sources}
    if "broken" in sources or health.disk != "ok" or health.notes:
        return "error"
    if sources & {"lost", "stale"}:
        return "lost"
    if state.state in ("running", "paused"):
        return "running"
    return "ready" if sources == {"live"} else "starting"


class StatusLamp:
    """One LED that tells by its rhythm how the machine is."""

    def __init__(self, switch: Switch) -> None:
        self._switch = switch

    def show(self, health: Health, state: LiveState, now_s: float) -> None:
        self._switch(RHYTHMS[status_of(health, state)].is_lit(now_s))


class FootLamps:
    """An LED for each foot, lit while it lands harder than the line by more than ``hard_pct``."""

    def __init__(self, left: Switch | None, right: Switch | None, hard_pct: float) -> None:
        self._left = left
        self._right = right
        self._hard_pct = hard_pct

    def show(self, health: Health, state: LiveState, now_s: float) -> None:
        for switch, foot in ((self._left, state.left), (self._right, state.right)):
            if switch:
                switch(is_hard(foot, state, self._hard_pct) or False)


class ColourLamp:
    """Both feet in one RGB LED: blue within the line, yellow one above it, red both.

    Dark while there is nothing to compare. The three differ for people who cannot tell red from
    green.
    """

    def __init__(self, red: Switch, green: Switch, blue: Switch, hard_pct: float) -> None:
        self._switches = (red, green, blue)
        self._hard_pct = hard_pct

    def show(self, health: Health, state: LiveState, now_s: float) -> None:
        for switch, lit in zip(self._switches, self._colour(state), strict=True):
            switch(lit)

    def _colour(self, state: LiveState) -> tuple[bool, bool, bool]:
        feet = [is_hard(foot, state, self._hard_pct) for foot in (state.left, state.right)]
        known = [hard for hard in feet if hard is not None]
        if not known:
            return False, False, False
        return any(known), any(known) and not all(known), not any(known)


def is_hard(foot: Means, state: LiveState, hard_pct: float) -> bool | None:
    """Whether a foot lands harder than the line; None when nobody runs or there is no line."""
    excess_pct = foot_excess_pct(foot, state) if state.state == "running" else None
    return None if excess_pct is None else excess_pct > hard_pct


Lamp = StatusLamp | FootLamps | ColourLamp


class Lamps:
    """A Sink that keeps lamps as the newest health and state are."""

    name = "lamps"

    def __init__(self, lamps: list[Lamp], hub: Hub, clock: Clock) -> None:
        self._lamps = lamps
        self._clock = clock
        self._subscription = hub.subscribe(self.name, (Health, LiveState), _BOUND)
        self._health = Health()
        self._state = LiveState()

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.turn(_LOOK_EVERY_S)

    def turn(self, timeout_s: float) -> None:
        """Wait for news up to ``timeout_s`` and show how things are."""
        for published in self._subscription.take(timeout_s):
            if isinstance(published.event, Health):
                self._health = published.event
            elif isinstance(published.event, LiveState):
                self._state = published.event
        for lamp in self._lamps:
            lamp.show(self._health, self._state, self._clock.monotonic_s())
