"""Fake boards, their source, the listener, the intake and the pipeline, as `softshoe run` has them.

All in one thread and under one clock that the test moves, so that seconds are exact. The service
with its threads stands in test_on_ptys.py.
"""

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from tests.hardware.fake_runner import LEFT, RIGHT, insole_board, insole_scale
from tests.hardware.fake_time import FakeClock
from tests.hardware.memory_ports import STEP_S, Ports, Treadmill

from softshoe.calibrations import Calibration
from softshoe.clock import Anchor
from softshoe.events import LiveState, Rejected, Session, SourceHealth, Step
from softshoe.intake import Intake
from softshoe.listening import Listener
from softshoe.pipeline import live_pipeline
from softshoe.settings import BoardSettings, SessionSettings

RUNS_S = 4.5
"""By then a runner's weight is known and steps come."""
T = TypeVar("T")


class Footing:
    """A daemon in the hand."""

    def __init__(
        self, *boards: BoardSettings, ports: Ports, scales: Sequence[Calibration] = ()
    ) -> None:
        self.ports, self.clock = ports, ports.clock
        self.events: list[object] = []
        self.treadmill = Treadmill(*boards, ports=ports)
        source = self.treadmill.source
        source.meet()
        self._intake = Intake(500)
        self._listener = Listener(source, self._intake, self.clock)
        self._pipeline = live_pipeline(
            source.rig, source.conditions, "treadmill", SessionSettings(), scales
        )

    def pass_time(self, seconds: float) -> None:
        for item in self.treadmill.items(seconds):
            self._listener.hear(item)
            for arrived in self._intake.take(0.0):
                now_s = arrived.monotonic_s
                self._pipeline.anchor(Anchor(now_s, now_s, self.clock.wall(), "boot"))
                self.events += self._pipeline.feed(arrived.item)

    def until(self, condition: Callable[[], bool], longest_s: float) -> float:
        """Seconds until it holds; fails when it does not within so many."""
        began_s = self.clock.now_s
        while not condition():
            assert self.clock.now_s - began_s <= longest_s, "never"
            self.pass_time(STEP_S)
        return self.clock.now_s - began_s

    def health(self, stream: str) -> SourceHealth:
        (found,) = [one for one in self._listener.health(self.clock.now_s) if one.name == stream]
        return found

    def state(self, stream: str) -> str:
        return self.health(stream).state

    def of(self, kind: type[T]) -> list[T]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def steps(self) -> list[Step]:
        """Final ones: what is stored."""
        return [step for step in self.of(Step) if step.moment == "final"]

    def steps_at(self, start_s: float, side: str | None = None) -> list[Step]:
        """Those that landed after ``start_s`` of the clock."""
        began_s = self.began_s
        return [
            step
            for step in self.steps
            if step.t_s + began_s >= start_s and side in (None, step.side)
        ]

    @property
    def began_s(self) -> float:
        """When the session's first step was, on the clock."""
        return self.of(Session)[0].started_monotonic_s

    @property
    def sessions(self) -> set[str]:
        return {session.session for session in self.of(Session)}


def two_feet(spoil_left: Callable[[bytes], bytes] = bytes) -> Footing:
    """A runner on two insoles; ``spoil_left``: what happens to the left board's words."""
    clock = FakeClock()
    ports = Ports(clock)
    for side in ("left", "right"):
        board = insole_board(side, clock.now_s)
        ports.plug(f"/dev/{side}", board)
        if side == "left":
            board.change = spoil_left
            board.reset(clock.now_s)
    scales = [insole_scale(f"fake-{side}") for side in ("left", "right")]
    return Footing(LEFT, RIGHT, ports=ports, scales=scales)


def numbers_in(event: object) -> list[float]:
    """Every number that would be stored, sent or shown."""
    found: list[float] = []

    def look(value: object) -> None:
        if isinstance(value, float):
            found.append(value)
        elif isinstance(value, dict):
            for each in value.values():
                look(each)
        elif isinstance(value, list | tuple):
            for each in value:
                look(each)

    look(msgspec.to_builtins(event))
    return found


def all_finite(events: Sequence[object]) -> bool:
    travels = (Step, Session, LiveState, Rejected)
    return all(
        math.isfinite(number)
        for event in events
        if isinstance(event, travels)
        for number in numbers_in(event)
    )


def counted_up(steps: Sequence[Step]) -> bool:
    """The step count never goes back, and none is left out."""
    return [step.step for step in steps] == list(range(1, len(steps) + 1))
