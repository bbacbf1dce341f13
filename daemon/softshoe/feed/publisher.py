"""The sink that publishes: live events at once or never, stored ones until acknowledged."""

import logging
import threading
from collections.abc import Iterable

from msgspec import Struct

from softshoe.clock import Clock, now
from softshoe.coaching import Focus
from softshoe.errors import StoreError
from softshoe.events import About, Health, LiveState, Step
from softshoe.feed.client import Connection
from softshoe.feed.commands import Commands, Obey
from softshoe.feed.contract import (
    ANSWER,
    FRESH_S,
    HEARD,
    LANDING,
    LIVE_STEP,
    OFFLINE,
    ONLINE,
    RECORD_SESSION,
    STATUS,
    Topic,
)
from softshoe.feed.credentials import check
from softshoe.feed.cues import Cues
from softshoe.feed.home_assistant import BIRTH, DISCOVERY, Discovery, discovery_topic
from softshoe.feed.inbox import Inbox
from softshoe.feed.link import Broker, Link
from softshoe.feed.messages import encode
from softshoe.feed.record import RecordSender
from softshoe.feed.retained import retained_topics
from softshoe.hub import Hub, Published
from softshoe.people import Erased
from softshoe.requests import Message, MessageShown
from softshoe.roles import StepLog
from softshoe.settings import FeedSettings

_LIVE = {"landing": LANDING, "live": LIVE_STEP}
_BOUND = 64
_WAIT_S = 0.05
_LAST_WORDS_S = 1.0
_log = logging.getLogger(__name__)


class Publisher:
    """Speaks for one device to one broker, in the thread that calls `run`."""

    name = "feed"

    def __init__(
        self,
        settings: FeedSettings,
        device: str,
        hub: Hub,
        clock: Clock,
        log: StepLog,
        obey: Obey | None = None,
    ) -> None:
        """``obey`` takes commands to the pipeline.

        Raises ConfigError when a file that the settings name cannot be used.
        """
        check(settings)
        self._device = device
        self._clock = clock
        self._hub = hub
        self._log = log
        self._link = Link(settings, device)
        self._connection: Connection | None = None
        self._record = RecordSender(log)
        self._retained = retained_topics()
        self._discovery = Discovery(device, wanted=settings.home_assistant)
        self._wanted = _wanted(settings, device)
        cues = Cues(self._show)
        commands = Commands(clock, obey if settings.commands else None)
        self._inbox = Inbox(device, cues, commands, self._record.repeats)
        taken = (Step, LiveState, Health, About, Focus, MessageShown, Erased)
        self._subscription = hub.subscribe(self.name, taken, _BOUND)
        self.stale = 0
        """Live messages not sent because they were old or there was nobody to send them to."""

    @property
    def state(self) -> Broker:
        return self._link.state

    @property
    def backlog(self) -> int:
        """Stored entries that the broker has not acknowledged."""
        return self._record.backlog

    @property
    def why(self) -> str | None:
        """What stands between this device and its broker; None when nothing does."""
        return self._link.why

    @property
    def refused(self) -> int:
        """Messages from outside that made no sense."""
        return self._inbox.refused

    def _show(self, message: Message) -> None:
        self._hub.publish(message, self._clock.monotonic_s())

    def run(self, stop: threading.Event) -> None:
        """Publish until ``stop``; then send what is stored, for a second at most, and sign off."""
        while not stop.is_set():
            self._turn(_WAIT_S)
        until_s = self._clock.monotonic_s() + _LAST_WORDS_S
        while self._connection and self.backlog and self._clock.monotonic_s() < until_s:
            self._turn(_WAIT_S / 10)
        self._sign_off()

    def _turn(self, wait_s: float) -> None:
        events = self._subscription.take(wait_s)
        connection = self._link.turn(self._clock.monotonic_s())
        if connection is not None and connection is not self._connection:
            self._greet(connection)
        self._connection = connection
        self._take(events)
        if connection is not None:
            self._send_what_is_due(connection)
            self._read_and_answer(connection)
            self._send_record(connection)

    def _greet(self, connection: Connection) -> None:
        """Say all that is retained, to a broker that may have forgotten it or never knew."""
        connection.subscribe(self._wanted)
        self._record.restart(self._clock.monotonic_s(), remembered=connection.remembered)
        connection.publish(STATUS, STATUS.of(self._device), ONLINE)
        for topic in self._retained.values():
            topic.forget_sent()
        self._discovery.forget_sent()
        self._retain_last_session(connection)

    def _retain_last_session(self, connection: Connection) -> None:
        """The last session, if it does not wait in the record for its turn; without any, nothing.

        What the broker retains of a session that is erased is replaced by this.
        """
        try:
            entry = self._log.last_session()
        except StoreError as error:
            _log.warning("the last session cannot be read: %s", error)
            return
        if entry is None and self._log.newest:
            connection.publish(RECORD_SESSION, RECORD_SESSION.of(self._device), b"")
        if entry and entry.mark <= self._log.acknowledged:
            self._send(connection, RECORD_SESSION, entry.event)

    def _take(self, events: Iterable[Published]) -> None:
        for published in events:
            event = published.event
            if isinstance(event, Erased):
                self._forget(event)
            elif isinstance(event, MessageShown):
                self._inbox.shown(event.id)
            elif not isinstance(event, Step):
                if isinstance(event, About):
                    self._discovery.keep(event)
                self._retained[type(event)].keep(event)  # type: ignore[arg-type]
            elif event.moment in _LIVE:
                self._send_live(event, published.monotonic_s)

    def _forget(self, erased: Erased) -> None:
        self._record.forget(erased.sessions)
        if self._connection is not None:
            self._retain_last_session(self._connection)

    def _send_live(self, step: Step, published_s: float) -> None:
        old = self._clock.monotonic_s() - published_s > FRESH_S
        if old or self._connection is None or self._connection.congested:
            self.stale += 1
            return
        self._send(self._connection, _LIVE[step.moment], step)

    def _send_what_is_due(self, connection: Connection) -> None:
        for retained in self._retained.values():
            if connection.congested:
                return
            if event := retained.due(self._clock.monotonic_s()):
                self._send(connection, retained.topic, event)
        if message := self._discovery.due():
            connection.publish(DISCOVERY, discovery_topic(self._device), message)

    def _read_and_answer(self, connection: Connection) -> None:
        now_s = self._clock.monotonic_s()
        while connection.received:
            received = connection.received.popleft()
            if received.topic == BIRTH:
                self._discovery.forget_sent()
            else:
                self._inbox.read(received, now_s)
        if not connection.congested:
            for answer in self._inbox.answers(now_s):
                self._send(connection, ANSWER, answer)

    def _send_record(self, connection: Connection) -> None:
        while connection.acknowledged:
            self._record.acknowledged(connection.acknowledged.popleft())
        if connection.congested:
            return
        try:
            self._record.pump(self._clock.monotonic_s(), now(self._clock), self._publish)
        except StoreError as error:
            _log.warning("the record waits: %s", error)

    def _send(self, connection: Connection, topic: Topic, event: Struct) -> None:
        connection.publish(topic, topic.of(self._device), encode(event, now(self._clock)))

    def _publish(self, topic: Topic, payload: bytes) -> int:
        assert self._connection
        return self._connection.publish(topic, topic.of(self._device), payload)

    def _sign_off(self) -> None:
        if self._connection is not None:
            self._connection.publish(STATUS, STATUS.of(self._device), OFFLINE)
            self._connection.work()
        self._connection = None
        self._link.close()


def _wanted(settings: FeedSettings, device: str) -> list[tuple[str, int]]:
    """The topics to listen to, each with its QoS."""
    heard = [(topic.of(device), int(topic.queued)) for topic in HEARD]
    return [*heard, (BIRTH, 0)] if settings.home_assistant else heard
