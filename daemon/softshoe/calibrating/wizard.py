"""Leads through a calibration: samples and orders in, instructions out. It has no clock.

Time is the samples' own, so it goes on only while sensors are heard.
"""

import math
from itertools import chain
from typing import Literal

from msgspec import Struct

from softshoe.calibrating.phases import Span, sort_into_phases
from softshoe.calibrating.plan import Task
from softshoe.calibrating.procedure import Subject, calibrate
from softshoe.calibrations import Calibration
from softshoe.events import SampleBlock, Tick
from softshoe.rigs import StreamName

Doing = Literal["waiting", "ready", "measuring", "done", "stopped"]
Order = Literal["start", "again", "stop"]


class Stage(Struct, frozen=True, kw_only=True):
    """What a screen shows: ``ready`` counts down to the measuring, ``waiting`` waits for `start`.

    ``silent`` are the sensors that have not been heard for a second.
    """

    doing: Doing
    number: int
    of: int
    task: str | None = None
    instruction: str | None = None
    seconds_left: float | None = None
    silent: tuple[StreamName, ...] = ()


class Wizard:
    """One calibration. `feed` all blocks; give orders and ask `stage` at any time."""

    def __init__(self, subject: Subject, tasks: tuple[Task, ...]) -> None:
        self._subject = subject
        self._tasks = tasks
        self._rates = {stream.name: stream.rate_hz for stream in subject.rig.streams}
        self._heard_s = dict.fromkeys(self._rates, -math.inf)
        self._now_s = -math.inf
        self._doing: Doing = "waiting"
        self._number = 0
        self._from_s = 0.0
        self._blocks: list[SampleBlock] = []
        """Of the task that is being measured."""
        self._room = 0
        self._done: list[tuple[Span, list[SampleBlock]]] = []

    def feed(self, item: SampleBlock | Tick) -> None:
        """Keep what belongs to a phase, and go on when its time is over."""
        if isinstance(item, Tick):
            self._now_s = max(self._now_s, item.t_s)
            return
        end_s = item.first_s + len(item.values) / self._rates[item.stream]
        self._heard_s[item.stream] = end_s
        self._now_s = max(self._now_s, end_s)
        if self._doing == "ready" and self._now_s >= self._from_s:
            self._doing = "measuring"
        if self._doing == "measuring":
            self._keep(item)
            if self._slowest_s >= self._until_s:
                self._finish_task()

    def _keep(self, block: SampleBlock) -> None:
        """Unless there are far more than there can be: times that stand still keep nobody busy."""
        self._room -= len(block.values)
        if self._room >= 0:
            self._blocks.append(block)

    def obey(self, order: Order) -> None:
        """`start` the first task, do the present one (or the last) `again`, or `stop`."""
        if order == "stop" or self._doing == "stopped":
            self._doing = "stopped"
        elif order == "again":
            self._go_back()
        elif self._doing == "waiting" and self._now_s > -math.inf:
            self._get_ready()

    @property
    def stage(self) -> Stage:
        at_work = self._doing in ("waiting", "ready", "measuring")
        task = self._tasks[self._number] if at_work else None
        return Stage(
            doing=self._doing,
            number=min(self._number + 1, len(self._tasks)),
            of=len(self._tasks),
            task=task.name if task else None,
            instruction=task.instruction if task else None,
            seconds_left=self._seconds_left(),
            silent=self._silent(),
        )

    def result(self, name: str, at: str | None) -> tuple[Calibration, ...]:
        """What was found, once `done`. Raises InputError when the phases tell too little."""
        blocks = chain.from_iterable(blocks for _, blocks in self._done)
        spans = [span for span, _ in self._done]
        phases = sort_into_phases(blocks, self._subject.rig, spans)
        return calibrate(self._subject, phases, name, at)

    # --- from task to task --------------------------------------------------------------------

    @property
    def _until_s(self) -> float:
        return self._from_s + self._tasks[self._number].seconds

    @property
    def _slowest_s(self) -> float:
        """Up to when every sensor that still talks has been heard."""
        talking = [at_s for at_s in self._heard_s.values() if self._now_s - at_s < 1.0]
        return min(talking, default=-math.inf)

    def _get_ready(self) -> None:
        self._doing = "ready"
        self._blocks = []
        self._room = round(2 * self._tasks[self._number].seconds * sum(self._rates.values()))
        self._from_s = self._now_s + self._tasks[self._number].ready_s

    def _finish_task(self) -> None:
        span = Span(self._tasks[self._number].name, self._from_s, self._until_s)
        self._done.append((span, self._blocks))
        self._number += 1
        if self._number == len(self._tasks):
            self._doing = "done"
        else:
            self._get_ready()

    def _go_back(self) -> None:
        """Forget the task that is under way, or the one before while the next is got ready for."""
        if self._doing != "measuring" and self._done:
            self._number -= 1
            self._done.pop()
        if self._now_s > -math.inf:
            self._get_ready()

    def _seconds_left(self) -> float | None:
        if self._doing == "ready":
            return max(0.0, self._from_s - self._now_s)
        return max(0.0, self._until_s - self._now_s) if self._doing == "measuring" else None

    def _silent(self) -> tuple[StreamName, ...]:
        """Also those that have never been heard, when even the time is not known."""
        return tuple(n for n, at_s in self._heard_s.items() if not self._now_s - at_s < 1.0)
