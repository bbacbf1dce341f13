"""The daemon as a whole: its threads, who watches over them, and how it stops.

sources → intake → pipeline → hub → sinks. One thread each; this one tends them, tells how they
are, and lets systemd know while all of them go on.
"""

import signal
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from softshoe.clock import Clock
from softshoe.errors import StoreError
from softshoe.events import About, Conventions, Health
from softshoe.hub import Hub
from softshoe.intake import Arrived, Intake
from softshoe.listening import Listener
from softshoe.pipeline import Pipeline
from softshoe.processing import Processing
from softshoe.rigs import Rig
from softshoe.roles import Sink, Source
from softshoe.systemd import Notifier
from softshoe.wishes import Wishes
from softshoe.worker import Worker

_BLOCKS_WAITING = 3000  # 10 s of three boards, and more of fewer
_BLOCKS_PREPARED = 500  # of a source that can wait: what is taken is measured even at the stop
_POLL_S = 0.05
_TEND_EVERY_S = 0.2
_LOOK_EVERY_S = 1.0
_HANGS_AFTER_S = 10.0
_STOP_WITHIN_S = 1.9

WallOfMonotonic = Callable[[float], datetime]


class Neighbours(Protocol):
    """What the service asks of the parts around it."""

    def about(self, conventions: Conventions) -> About: ...

    def health(self, health: Health) -> Health:
        """The same with what broker and disk are doing."""
        ...

    def durable_step(self) -> tuple[str, int] | None:
        """Session and number of the last step that is on disk."""
        ...

    def date_sessions(self, boot: str, wall_of_monotonic: WallOfMonotonic) -> None:
        """The clock has been set: date what ran before."""
        ...


class Ending:
    """Somebody wants the service to end. A plain flag: a signal handler may set it at any time."""

    def __init__(self) -> None:
        self.asked = False

    def ask(self, *_: object) -> None:
        self.asked = True

    def on_signals(self) -> None:
        """Let Ctrl-C and `systemctl stop` ask."""
        signal.signal(signal.SIGINT, self.ask)
        signal.signal(signal.SIGTERM, self.ask)


class Service:
    """Runs sources, pipeline and sinks. `run` is called once, by the main thread."""

    def __init__(
        self,
        *,
        sources: Sequence[Source],
        new_pipeline: Callable[[], Pipeline],
        hub: Hub,
        sinks: Sequence[Sink],
        clock: Clock,
        neighbours: Neighbours,
        notifier: Notifier,
        patient: bool = False,
        tap: Callable[[Arrived], None] = lambda _: None,
        wishes: Wishes | None = None,
    ) -> None:
        self._clock = clock
        self._hub = hub
        self._neighbours = neighbours
        self._notifier = notifier
        bound = _BLOCKS_PREPARED if patient else _BLOCKS_WAITING
        self._intake = Intake(bound, patient=patient)
        self._listeners = [Listener(source, self._intake, clock) for source in sources]
        self._processing = Processing(
            intake=self._intake,
            new_pipeline=new_pipeline,
            hub=hub,
            clock=clock,
            about=neighbours.about,
            durable_step=neighbours.durable_step,
            ended=self._sources_have_ended,
            tap=tap,
            wishes=wishes or Wishes(),
        )
        self._sources = [Worker(listener.name, listener.run) for listener in self._listeners]
        self._pipeline = Worker("pipeline", self._processing.run)
        self._sinks_stop = [threading.Event() for _ in sinks]
        self._sinks = [
            Worker(sink.name, partial(sink.run, stop))
            for sink, stop in zip(sinks, self._sinks_stop, strict=True)
        ]
        self._given = tuple(sources)
        self._rigs = self._rigs_now
        self._told: Health | None = None
        self._tended_s = self._looked_s = float("-inf")

    def run(
        self, ending: Ending, *, seconds: float | None = None, to_the_end: bool = False
    ) -> None:
        """Until ``ending`` is asked for, for ``seconds``, or to the end of the sources."""
        started_s = self._clock.monotonic_s()
        for worker in self._workers:
            worker.start(started_s)
        self._notifier.send("READY=1")
        try:
            while not ending.asked:
                now_s = self._clock.monotonic_s()
                if seconds is not None and now_s - started_s >= seconds:
                    break
                if to_the_end and self._pipeline.finished:
                    break
                if now_s - self._tended_s >= _TEND_EVERY_S:
                    self._tend(now_s)
                time.sleep(_POLL_S)
        finally:
            self._notifier.send("STOPPING=1")
            self._stop()

    def renew(self) -> None:
        """Take a new pipeline as soon as no session is open."""
        self._processing.renewing = True

    @property
    def _rigs_now(self) -> tuple[Rig, ...]:
        return tuple(source.rig for source in self._given)

    def _look_at_the_rigs(self) -> None:
        """A board that has come by now may have a calibration of its own."""
        rigs = self._rigs_now
        if rigs != self._rigs:
            self._rigs = rigs
            self.renew()

    @property
    def _workers(self) -> list[Worker]:
        return [*self._sinks, self._pipeline, *self._sources]

    def _sources_have_ended(self) -> bool:
        return all(source.finished for source in self._sources)

    # --- while it runs -----------------------------------------------------------------------

    def _tend(self, now_s: float) -> None:
        self._tended_s = now_s
        for worker in self._workers:
            worker.tend(now_s)
        self._look_at_the_rigs()
        look = now_s - self._looked_s >= _LOOK_EVERY_S
        if look:
            self._looked_s = now_s
            self._look_at_the_clock()
            self._feed_the_watchdog(now_s)
        self._tell_health(now_s, counts_too=look)

    def _tell_health(self, now_s: float, *, counts_too: bool) -> None:
        health, told = self._health(now_s), self._told
        news = told is None or _states(health) != _states(told)
        if news or (counts_too and told and _counts(health) != _counts(told)):
            self._told = health
            self._hub.publish(health, self._clock.monotonic_s())

    def _health(self, now_s: float) -> Health:
        dropped = {each.name: each.dropped for each in self._hub.subscriptions}
        dropped["samples"] = self._intake.dropped
        restarts = {worker.name: worker.restarts for worker in self._workers}
        down = [worker for worker in self._workers if not worker.alive and not worker.finished]
        health = Health(
            sources=tuple(h for each in self._listeners for h in each.health(now_s)),
            clock="synced" if self._processing.synced else "unsynced",
            dropped={name: count for name, count in dropped.items() if count},
            restarts={name: count for name, count in restarts.items() if count},
            notes=tuple(f"{worker.name} stopped: {worker.why}" for worker in down),
        )
        return self._neighbours.health(health)

    def _look_at_the_clock(self) -> None:
        synced = self._clock.synced()
        if synced and not self._processing.synced:
            now_s, wall = self._clock.monotonic_s(), self._clock.wall()
            try:
                self._neighbours.date_sessions(
                    self._clock.boot(), lambda then_s: wall - timedelta(seconds=now_s - then_s)
                )
            except StoreError:
                return  # dated at the next look
        self._processing.synced = synced

    def _feed_the_watchdog(self, now_s: float) -> None:
        """Only while every loop goes on: nothing waits long, and the pipeline has turned."""
        waited_s = [each.waited_s(now_s) for each in self._hub.subscriptions]
        if not self._pipeline.finished:
            waited_s.append(now_s - self._processing.beat_s)
        if max(waited_s, default=0.0) < _HANGS_AFTER_S:
            self._notifier.send("WATCHDOG=1")

    # --- the end -----------------------------------------------------------------------------

    def _stop(self) -> None:
        """Sources, pipeline, then each sink in turn: what came last is handed on to the end."""
        until_s = time.monotonic() + _STOP_WITHIN_S
        for listener in self._listeners:
            listener.close()
        for source in self._sources:
            source.join(_share(until_s, 0.25))
        self._processing.stopping = True
        self._pipeline.join(_share(until_s, 0.5))
        for sink, stop in zip(self._sinks, self._sinks_stop, strict=True):
            stop.set()
            sink.join(_share(until_s, 0.5))


def _share(until_s: float, part: float) -> float:
    """A part of the time that is left."""
    return max(0.0, until_s - time.monotonic()) * part


def _states(health: Health) -> object:
    """What is told at once when it changes."""
    sources = [(source.name, source.state, source.why) for source in health.sources]
    return sources, health.broker, health.disk, health.clock, health.notes


def _counts(health: Health) -> object:
    """What is told at most once a second when it changes."""
    sources = [
        (one.lost, one.rate_hz is None, one.bad_frames, one.overruns, one.saturated, one.stuck)
        for one in health.sources
    ]
    return sources, health.dropped, health.restarts
