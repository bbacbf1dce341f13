"""All rooms put together for one configuration and one source: what demo, run and replay run."""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path

import click
from msgspec.structs import replace

from softshoe.calibrations import Calibration
from softshoe.calibrator import Calibrator
from softshoe.clock import Clock
from softshoe.commands.coach_wishes import CoachWishes
from softshoe.commands.configured import subject_of
from softshoe.commands.scales import Scales
from softshoe.config import Config
from softshoe.errors import ConfigError, InputError, StoreError
from softshoe.events import About, Conventions, Health
from softshoe.feed.broker import HOST, EmbeddedBroker, feed_to
from softshoe.feed.publisher import Publisher
from softshoe.gait.weight import stated_n
from softshoe.hub import Hub
from softshoe.pipeline import Pipeline, live_pipeline
from softshoe.rigs import Conditions
from softshoe.roles import Sink, Source
from softshoe.service import Ending, Service, WallOfMonotonic
from softshoe.settings import FeedSettings, RunnerSettings, WebSettings
from softshoe.store.people import People
from softshoe.store.queries import Runs
from softshoe.store.tablets import Tablets
from softshoe.store.writer import StoreWriter
from softshoe.systemd import Notifier
from softshoe.wishes import Wishes
from softshoe_hw.panel import Panel, PanelSettings
from softshoe_web.guard import is_loopback
from softshoe_web.server import WebServer
from softshoe_web.wall import Wall

_log = logging.getLogger(__name__)
Company = Callable[[Hub], Sequence[Sink]]
"""Sinks that come with a source."""


class Daemon:
    """The parts of one daemon; opened by `assembled`, which also closes them."""

    def __init__(
        self,
        config: Config,
        source: Source,
        clock: Clock,
        scales: Sequence[Calibration],
        company: Company,
        closing: ExitStack,
    ) -> None:
        self._config = config
        self._clock = clock
        self._hub = Hub()
        self._company = company(self._hub)
        self._panel = Panel(_panel_settings(config), self._hub, clock)
        closing.callback(self._panel.close)
        self._source = self._panel.attend(source)
        self._store = StoreWriter(Path(config.store.path), self._hub, clock)
        closing.callback(self._store.close)
        for session in self._store.interrupt():
            _log.warning("session %s was cut short; it is closed as interrupted", session.session)
        self._wishes = Wishes()
        self._broker = self._start_broker(closing)
        self._feed = self._open_feed()
        self._service: Service | None = None
        self._scales = Scales(self._source.rig, Runs(Path(config.store.path)), scales)
        self._calibrator = self._open_calibrator()
        self._wall = self._open_wall()
        self._web = self._open_page()

    def _start_broker(self, closing: ExitStack) -> EmbeddedBroker | None:
        if not self._config.broker.embedded:
            return None
        broker = EmbeddedBroker(self._config.broker)
        closing.callback(broker.close)
        broker.start()
        return broker

    def _open_feed(self) -> Publisher | None:
        if not self._config.feed.enabled:
            return None
        return Publisher(
            self._feed_settings,
            self._config.device.name,
            self._hub,
            self._clock,
            self._store.log,
            CoachWishes(self._wishes, Path(self._config.store.path)).put,
        )

    def _open_calibrator(self) -> Calibrator:
        runner = Conditions(body_mass_kg=self._config.runner.body_mass_kg)
        return Calibrator(
            rig=self._source.rig,
            subject_of=partial(subject_of, self._config.source),
            weight_n=stated_n(runner),
            hub=self._hub,
            clock=self._clock,
            adopt=self._adopt,
        )

    def _adopt(self, found: tuple[Calibration, ...]) -> None:
        self._scales.adopt(found)
        if self._service:
            self._service.renew()

    def _open_wall(self) -> Wall:
        """Hears of all treadmills where this one is told of."""
        feed = self._feed_settings if self._config.feed.enabled else None
        return Wall(feed, self._config.wall, self._clock)

    def _open_page(self) -> WebServer:
        path = Path(self._config.store.path)
        people = People(path, self._store, self._clock)
        _check_pin(self._config.web, people.tablets)
        try:
            return WebServer(
                self._config.web,
                self._hub,
                Runs(path),
                self._calibrator,
                people,
                self._wishes,
                self._clock,
                self._wall,
            )
        except ConfigError as error:  # a taken port may be free the next time
            raise InputError(str(error)) from None

    @property
    def _feed_settings(self) -> FeedSettings:
        feed = self._config.feed
        return feed_to(self._config.broker, feed) if self._broker else feed

    @property
    def _sinks(self) -> list[Sink]:
        """The store first: when all stop, the feed still sends what it has just stored."""
        optional: list[Sink | None] = [self._feed, self._broker]
        named = [sink for sink in optional if sink]
        return [
            self._store,
            *named,
            self._web,
            self._wall,
            self._calibrator,
            *self._panel.sinks,
            *self._company,
        ]

    def service(self, notifier: Notifier, *, patient: bool) -> Service:
        """``patient``: the source can wait, so no sample is dropped when the pipeline is busy."""
        self._new_pipeline()  # what no pipeline can be made of is said now, not in a thread
        self._service = Service(
            sources=[self._source],
            new_pipeline=self._new_pipeline,
            hub=self._hub,
            sinks=self._sinks,
            clock=self._clock,
            neighbours=self,
            notifier=notifier,
            patient=patient,
            tap=self._calibrator.hand,
            wishes=self._wishes,
        )
        return self._service

    def _new_pipeline(self) -> Pipeline:
        """With the newest scales of the boards that are here now."""
        rig = self._source.rig
        self._scales.rig = self._calibrator.rig = rig
        return live_pipeline(
            rig,
            _stated(self._source.conditions, self._config.runner),
            self._config.device.name,
            self._config.session,
            self._scales.look(),
            self._config.coach,
        )

    def describe(self) -> str:
        """Where it can be seen and heard, and where it keeps runs."""
        feed = self._feed_settings
        lines = [f"page    {self._web.url}"]
        if self._feed:
            host = HOST if self._broker else feed.host
            topics = f"softshoe/{self._config.device.name}/#"
            lines.append(f"MQTT    mqtt://{host}:{feed.port}  topics {topics}")
        lines.append(f"runs    {self._config.store.path}")
        return "\n".join(lines)

    @property
    def url(self) -> str:
        return self._web.url

    # --- what the service asks ---------------------------------------------------------------

    def about(self, conventions: Conventions) -> About:
        streams = self._source.rig.streams
        return About(
            device=self._config.device.name,
            version=version("softshoe"),
            rig=self._source.rig.name,
            channels={stream.name: stream.channels for stream in streams},
            rate_hz={stream.name: stream.rate_hz for stream in streams},
            conventions=conventions,
            schema=f"{self._web.url}api/v1/schemas",
        )

    def health(self, health: Health) -> Health:
        return replace(
            health,
            broker=self._feed.state if self._feed else "off",
            broker_backlog=self._feed.backlog if self._feed else 0,
            disk=self._store.disk,
            disk_free_mb=self._store.disk_free_mb,
            notes=(*health.notes, *self._scales.notes(), *self._feed_notes()),
        )

    def _feed_notes(self) -> list[str]:
        """What is wrong with the broker, and how much of what came in made no sense."""
        if self._feed is None:
            return []
        notes = [self._feed.why] if self._feed.why else []
        if self._feed.refused:
            notes.append(f"the feed could not read {self._feed.refused} of what it was sent")
        return notes

    def durable_step(self) -> tuple[str, int] | None:
        return self._store.durable_step

    def date_sessions(self, boot: str, wall_of_monotonic: WallOfMonotonic) -> None:
        try:
            self._store.date_sessions(boot, wall_of_monotonic)
        except sqlite3.Error as error:
            raise StoreError(f"sessions cannot be dated: {error}") from error


def _check_pin(settings: WebSettings, tablets: Tablets) -> None:
    """Beyond the machine itself nobody is let in before there is a PIN."""
    if not is_loopback(settings.host) and not tablets.has_pin:
        raise ConfigError(
            f"[web] host is {settings.host}, which others can reach: "
            "type softshoe pair first, which sets a PIN"
        )


def _panel_settings(config: Config) -> PanelSettings:
    return PanelSettings(config.belt, config.lamps, config.buzzer, config.button)


def _stated(conditions: Conditions, runner: RunnerSettings) -> Conditions:
    """What the source knows, and what the configuration states beyond that."""
    return replace(
        conditions,
        belt_m_s=_or(conditions.belt_m_s, runner.belt_m_s),
        slope_deg=conditions.slope_deg or runner.slope_deg,
        body_mass_kg=_or(conditions.body_mass_kg, runner.body_mass_kg),
        height_mm=_or(conditions.height_mm, runner.height_mm),
    )


def _or(known: float | None, stated: float | None) -> float | None:
    return stated if known is None else known


@contextmanager
def assembled(
    config: Config,
    source: Source,
    clock: Clock,
    scales: Sequence[Calibration] = (),
    company: Company = lambda _: (),
) -> Iterator[Daemon]:
    """The daemon, ready to run; what it opened is closed again whatever happens.

    ``scales`` are those that the source brings along, ``company`` what else it needs to hear.
    """
    with ExitStack() as closing:
        yield Daemon(config, source, clock, scales, company, closing)


def serve(
    daemon: Daemon,
    notifier: Notifier,
    *,
    patient: bool,
    seconds: float | None = None,
    to_the_end: bool = False,
) -> None:
    """Say where it listens, and run until Ctrl-C, SIGTERM, ``seconds`` or the source's end."""
    ending = Ending()
    ending.on_signals()
    click.echo(daemon.describe())
    service = daemon.service(notifier, patient=patient)
    service.run(ending, seconds=seconds, to_the_end=to_the_end)
