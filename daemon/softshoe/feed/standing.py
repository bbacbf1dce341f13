"""What a newcomer finds at the broker: everything that is retained there, kept as it should be."""

import logging

from msgspec import Struct

from softshoe.clock import Clock, now
from softshoe.errors import StoreError
from softshoe.events import About
from softshoe.feed.client import Connection
from softshoe.feed.contract import ONLINE, RECORD_SESSION, STATUS
from softshoe.feed.home_assistant import DISCOVERY, Discovery, discovery_topic
from softshoe.feed.retained import retained_topics
from softshoe.roles import StepLog

_log = logging.getLogger(__name__)


class Standing:
    """Status, the newest of each retained event, the last session, and Home Assistant's message."""

    def __init__(self, device: str, clock: Clock, log: StepLog, *, home_assistant: bool) -> None:
        self._device = device
        self._clock = clock
        self._log = log
        self._retained = retained_topics()
        self._discovery = Discovery(device, wanted=home_assistant)

    def keep(self, event: Struct) -> None:
        """An event of a type that is retained."""
        if isinstance(event, About):
            self._discovery.keep(event)
        self._retained[type(event)].keep(event)  # type: ignore[arg-type]

    def greet(self, connection: Connection) -> None:
        """Say all of it, to a broker that may have forgotten it or never knew."""
        connection.publish(STATUS, STATUS.of(self._device), ONLINE)
        for topic in self._retained.values():
            topic.forget_sent()
        self.home_assistant_has_started()
        self.retain_last_session(connection)

    def home_assistant_has_started(self) -> None:
        self._discovery.forget_sent()

    def retain_last_session(self, connection: Connection) -> None:
        """The last session, if it does not wait in the record for its turn; without any, nothing.

        What the broker retains of a session that is erased is replaced by this.
        """
        had_some = self._log.newest > 0  # asked first: one that is stored meanwhile is not gone
        try:
            entry = self._log.last_session()
        except StoreError as error:
            _log.warning("the last session cannot be read: %s", error)
            return
        if entry is None and had_some:
            connection.publish(RECORD_SESSION, RECORD_SESSION.of(self._device), b"")
        if entry and entry.mark <= self._log.acknowledged:
            connection.send(RECORD_SESSION, entry.event, now(self._clock))

    def send_due(self, connection: Connection) -> None:
        """What has changed, as far as the network takes it."""
        for retained in self._retained.values():
            if connection.congested:
                return
            if event := retained.due(self._clock.monotonic_s()):
                connection.send(retained.topic, event, now(self._clock))
        if message := self._discovery.due():
            connection.publish(DISCOVERY, discovery_topic(self._device), message)
