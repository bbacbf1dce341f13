"""A page on a loopback port, and hand-made events to put on it."""

import http.client
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from msgspec import Struct
from tests.daemon.calibrating.standing_insole import CIRCUIT, insole_rig

from softshoe.calibrating.procedure import Subject
from softshoe.calibrations import Calibration
from softshoe.calibrator import Calibrator
from softshoe.clock import Clock, SystemClock
from softshoe.coaching import Cue, Focus
from softshoe.events import (
    About,
    Conventions,
    Health,
    LiveState,
    Means,
    Session,
    SourceHealth,
    Step,
    Tick,
)
from softshoe.hub import Hub
from softshoe.roles import RunsReader
from softshoe.settings import FeedSettings, WallSettings, WebSettings
from softshoe.store.people import People
from softshoe.store.writer import StoreWriter
from softshoe.wishes import Wishes
from softshoe_web.app import create_app
from softshoe_web.door import Door
from softshoe_web.live import Live
from softshoe_web.server import WebServer
from softshoe_web.wall import Wall

CONVENTIONS = Conventions(
    threshold_n=50.0,
    cutoff_hz=50.0,
    rate_hz=500.0,
    impact_method="peak",
    body_weight_n=700.0,
    body_weight_source="strides",
)
ABOUT = About(
    device="treadmill",
    version="0",
    rig="insoles",
    channels={"insoles": ("l1", "r1")},
    rate_hz={"insoles": 500.0},
    conventions=CONVENTIONS,
    schema="/api/v1/schemas",
)
INSOLES_RIG = insole_rig()
INSOLES = SourceHealth(name="insoles", state="live", nominal_rate_hz=500.0)
HEALTH = Health(sources=(INSOLES,))


class Runs(Struct):
    """Sessions and their steps in memory, newest first."""

    kept: dict[str, tuple[Session, Sequence[Step]]]

    def sessions(
        self, limit: int = 50, before: str | None = None, of: Collection[str] | None = None
    ) -> list[Session]:
        ids = sorted(self.kept, reverse=True)
        older = [self.kept[each][0] for each in ids if before is None or each < before]
        return [each for each in older if of is None or each.runner in of][:limit]

    def session(self, session: str) -> Session | None:
        return self.kept[session][0] if session in self.kept else None

    def steps(self, session: str, after: int = 0, limit: int = 10_000) -> list[Step]:
        return [step for step in self.kept[session][1] if (step.step or 0) > after][:limit]


class Stage:
    """The page, running, and the hub behind it."""

    def __init__(
        self,
        runs: RunsReader,
        settings: WebSettings,
        hub: Hub,
        people: People,
        clock: Clock,
        feed: FeedSettings | None = None,
        wall: WallSettings | None = None,
    ) -> None:
        self.clock = clock
        self.hub = hub
        self.people = people
        self.wishes = Wishes()
        self.kept: list[Calibration] = []
        self.calibrator = calibrator(hub, clock, self.kept.extend)
        self.wall = Wall(feed, wall or WallSettings(), clock)
        self.server = WebServer(
            settings,
            self.hub,
            runs,
            self.calibrator,
            self.people,
            self.wishes,
            self.clock,
            self.wall,
        )
        self.port = self.server.port
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.server.run, args=(self.stop,))
        self.listening = threading.Thread(target=self.wall.run, args=(self.stop,))
        self.calibrating = threading.Thread(target=self.calibrator.run, args=(self.stop,))
        self.ticking = False
        """Whether the pipeline lives: time goes on although nobody steps."""
        self.ticker = threading.Thread(target=self._tick)

    def _tick(self) -> None:
        while not self.stop.wait(0.2):
            if self.ticking:
                self.hub.publish(Tick(0.0), self.clock.monotonic_s())

    def publish(self, *events: Step | LiveState | Health | Session | About | Focus | Cue) -> None:
        for event in events:
            self.hub.publish(event, self.clock.monotonic_s())

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """One request; status, headers (lower case) and body."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            link.request(method, path, body, named)
            answer = link.getresponse()
            fields = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, fields, answer.read()
        finally:
            link.close()


def calibrator(
    hub: Hub, clock: Clock, adopt: Callable[[tuple[Calibration, ...]], None]
) -> Calibrator:
    return Calibrator(
        rig=INSOLES_RIG,
        subject_of=lambda rig, weight_n: Subject(rig=rig, weight_n=weight_n, circuit=CIRCUIT),
        weight_n=None,
        hub=hub,
        clock=clock,
        adopt=adopt,
    )


@contextmanager
def stored(hub: Hub, clock: Clock) -> Iterator[People]:
    """People in a database of their own."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "softshoe.db")
        with closing(StoreWriter(path, hub, clock)) as store:
            yield People(path, store, clock)


def idle_app() -> Flask:
    """An application that nobody will ask."""
    hub, clock, runs = Hub(), SystemClock(), Runs({})
    with stored(hub, clock) as people:
        door = Door(people, runs, Wishes(), clock, at_the_machine=True)
        idle = calibrator(hub, clock, lambda _: None)
        wall = Wall(None, WallSettings(), clock)
        return create_app(WebSettings(), Live(clock.monotonic_s), runs, idle, door, wall)


@contextmanager
def staged(
    runs: Runs | None = None,
    settings: WebSettings | None = None,
    feed: FeedSettings | None = None,
    wall: WallSettings | None = None,
) -> Iterator[Stage]:
    """A page that is ended, and seen to end, afterwards."""
    hub, clock = Hub(), SystemClock()
    with stored(hub, clock) as people:
        settings = settings or WebSettings(port=0)
        stage = Stage(runs or Runs({}), settings, hub, people, clock, feed, wall)
        with playing(stage):
            yield stage


@contextmanager
def playing(stage: Stage) -> Iterator[None]:
    stage.thread.start()
    stage.ticker.start()
    stage.calibrating.start()
    stage.listening.start()
    try:
        yield
    finally:
        stage.stop.set()
        stage.thread.join(5)
        stage.ticker.join(5)
        stage.calibrating.join(5)
        stage.listening.join(5)
        assert not stage.thread.is_alive()


def session(name: str = "s1", **changes: object) -> Session:
    fields: dict[str, object] = {
        "session": name,
        "device": "treadmill",
        "rig": "insoles",
        "state": "closed",
        "started_at": "2026-11-02T18:30:00.000Z",
        "conventions": CONVENTIONS,
        "running_s": 767.0,
        "duration_s": 780.0,
        "distance_m": 2130.0,
        "steps": 2120,
        "all": Means(n=2120, cadence_spm=166.2, contact_ms=241.0, valr_bw_s=61.0),
        "left": Means(n=1060, contact_ms=242.0, valr_bw_s=58.0),
        "right": Means(n=1060, contact_ms=240.0, valr_bw_s=64.0),
    }
    return Session(**{**fields, **changes})  # type: ignore[arg-type]
