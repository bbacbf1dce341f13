"""The sink that publishes: live events at once or never, stored ones until acknowledged."""

import logging
import threading
from collections.abc import Iterable

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
    STATUS,
    Topic,
)
from softshoe.feed.credentials import check
from softshoe.feed.cues import Cues
from softshoe.feed.home_assistant import BIRTH
from softshoe.feed.inbox import Inbox
from softshoe.feed.link import Broker, Link
from softshoe.feed.record import RecordSender
from softshoe.feed.standing import Standing
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
        self._link = Link(settings, device)
        self._connection: Connection | None = None
        self._record = RecordSender(log)
        self._standing = Standing(device, clock, log, home_assistant=settings.home_assistant)
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
            self._standing.send_due(connection)
            self._read_and_answer(connection)
            self._send_record(connection)

    def _greet(self, connection: Connection) -> None:
        connection.subscribe(self._wanted)
        self._record.restart(self._clock.monotonic_s(), remembered=connection.remembered)
        self._standing.greet(connection)

    def _take(self, events: Iterable[Published]) -> None:
        for published in events:
            event = published.event
            if isinstance(event, Erased):
                self._forget(event)
            elif isinstance(event, MessageShown):
                self._inbox.shown(event.id)
            elif not isinstance(event, Step):
                self._standing.keep(event)
            elif event.moment in _LIVE:
                self._send_live(event, published.monotonic_s)

    def _forget(self, erased: Erased) -> None:
        self._record.forget(erased.sessions)
        if self._connection is not None:
            self._standing.retain_last_session(self._connection)

    def _send_live(self, step: Step, published_s: float) -> None:
        old = self._clock.monotonic_s() - published_s > FRESH_S
        if old or self._connection is None or self._connection.congested:
            self.stale += 1
            return
        self._connection.send(_LIVE[step.moment], step, now(self._clock))

    def _read_and_answer(self, connection: Connection) -> None:
        now_s = self._clock.monotonic_s()
        while connection.received:
            received = connection.received.popleft()
            if received.topic == BIRTH:
                self._standing.home_assistant_has_started()
            else:
                self._inbox.read(received, now_s)
        if not connection.congested:
            for answer in self._inbox.answers(now_s):
                connection.send(ANSWER, answer, now(self._clock))

    def _send_record(self, connection: Connection) -> None:
        while connection.acknowledged:
            self._record.acknowledged(connection.acknowledged.popleft())
        if connection.congested:
            return
        try:
            self._record.pump(self._clock.monotonic_s(), now(self._clock), self._publish)
        except StoreError as error:
            _log.warning("the record waits: %s", error)

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
