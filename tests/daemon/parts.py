"""Parts for a service under test: a source that follows a script, sinks and neighbours."""

import threading
from collections.abc import Iterator, Sequence

from softshoe.clock import SystemClock
from softshoe.events import About, Belt, Conventions, Health, SampleBlock
from softshoe.hub import Hub, Subscription
from softshoe.pipeline import live_pipeline
from softshoe.rigs import Conditions, Rig
from softshoe.service import Ending, Service
from softshoe.settings import SessionSettings
from softshoe.systemd import Notifier
from softshoe_hw.simulator.parameters import Parameters
from softshoe_hw.simulator.source import SimulatorSource


def simulated(seconds: float = 12.0) -> SimulatorSource:
    """A short run on one load cell, as fast as possible."""
    return SimulatorSource(Parameters(), "deck1", 500.0, speed=None, duration_s=seconds)


class ScriptedSource:
    """Gives what its script says: a block, or an error to raise; after it, waits to be closed."""

    def __init__(self, script: Sequence[SampleBlock | Belt | Exception], *, ends: bool) -> None:
        self.closed = threading.Event()
        self._simulated = simulated()
        self._script = list(script)
        self._ends = ends

    @property
    def name(self) -> str:
        return "script"

    @property
    def rig(self) -> Rig:
        return self._simulated.rig

    @property
    def conditions(self) -> Conditions:
        return self._simulated.conditions

    def blocks(self) -> Iterator[SampleBlock | Belt]:
        while self._script:
            item = self._script.pop(0)
            if isinstance(item, Exception):
                raise item
            yield item
        if not self._ends:
            self.closed.wait(10)

    def close(self) -> None:
        self.closed.set()


class Collector:
    """A sink that keeps what it takes; ``failing`` is raised that many times first."""

    def __init__(self, hub: Hub, *types: type, failing: int = 0, name: str = "collector") -> None:
        self.name = name
        self.events: list[object] = []
        self.finished = False
        self._failing = failing
        self.subscription: Subscription = hub.subscribe(name, types, 10_000)

    def run(self, stop: threading.Event) -> None:
        if self._failing:
            self._failing -= 1
            raise RuntimeError("a fault in the sink")
        while not stop.is_set():
            self.take(0.02)
        self.take(0.0)
        self.finished = True

    def take(self, timeout_s: float) -> None:
        self.events += [published.event for published in self.subscription.take(timeout_s)]

    def of(self, kind: type) -> list:
        return [event for event in list(self.events) if isinstance(event, kind)]


class Neighbours:
    """Conforms to softshoe.service.Neighbours; remembers what it was asked."""

    def __init__(self) -> None:
        self.durable: tuple[str, int] | None = None
        self.dated: list[str] = []

    def about(self, conventions: Conventions) -> About:
        return About(
            device="treadmill",
            version="0",
            rig="deck1",
            channels={},
            rate_hz={},
            conventions=conventions,
            schema="",
        )

    def health(self, health: Health) -> Health:
        return health

    def durable_step(self) -> tuple[str, int] | None:
        return self.durable

    def date_sessions(self, boot: str, wall_of_monotonic: object) -> None:
        self.dated.append(boot)


class Running:
    """A service in a thread, ended at the end of the block."""

    def __init__(
        self, hub, source, *sinks, clock=None, neighbours=None, notifier=None, tap=None
    ) -> None:
        self.ending = Ending()
        self.neighbours = neighbours or Neighbours()
        self.pipelines = []

        def new_pipeline():
            settings = SessionSettings(silence_s=20.0)
            made = live_pipeline(source.rig, source.conditions, "treadmill", settings)
            self.pipelines.append(made)
            return made

        self.service = Service(
            sources=[source],
            new_pipeline=new_pipeline,
            hub=hub,
            sinks=sinks,
            clock=clock or SystemClock(),
            neighbours=self.neighbours,
            notifier=notifier or Notifier({}),
            patient=True,
            tap=tap or (lambda _: None),
        )
        self._thread = threading.Thread(target=self.service.run, args=(self.ending,))

    def __enter__(self) -> "Running":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.ask()
        self._thread.join(5)
        assert not self._thread.is_alive()


def wait_for(condition, what: str, seconds: float = 10.0) -> None:
    """Wait until a condition holds; fail with ``what`` when it never does."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.01)):
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError(f"never: {what}")
