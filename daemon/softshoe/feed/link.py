"""Keeps a connection to the broker going: again and again, in the version that it speaks."""

import logging
import random
from typing import Literal

from softshoe.feed.client import Connection, Protocol
from softshoe.feed.contract import FRESH_S
from softshoe.settings import FeedSettings

Broker = Literal["connected", "away", "denied", "off"]
_FIRST_S, _LONGEST_S = 1.0, 60.0
_ANSWER_S = 20.0
_PROVEN_S = 10.0
_DOUBTFUL_AFTER = 5
_log = logging.getLogger(__name__)


def pause_s(attempt: int) -> float:
    """How long to wait after the ``attempt``-th failure in a row: 1 to 60 s, by chance."""
    doublings = min(attempt, 10)  # after a day without a broker there are thousands of failures
    return random.uniform(_FIRST_S, min(_LONGEST_S, 2.0**doublings))


class Link:
    """`turn` it often; it says whether there is a connection now.

    Without a device it only listens.
    """

    def __init__(self, settings: FeedSettings, device: str | None) -> None:
        self._settings = settings
        self._device = device
        self._protocol: Protocol = "3.1.1" if settings.protocol == "3.1.1" else "5"
        self._connection: Connection | None = None
        self.failures = 0
        """How many in a row."""
        self._known = False
        self._next_s = float("-inf")
        self._since_s = 0.0
        self._moved_s = 0.0
        self.state: Broker = "away"
        self.why: str | None = None
        """A sentence on the last failure; None while connected and before the first one."""

    def turn(self, now_s: float, wait_s: float = 0.0) -> Connection | None:
        """The connection when it is up; None while there is none.

        ``wait_s``: how long to wait at most for something to come.
        """
        if self._connection is None and now_s >= self._next_s:
            self._connection = Connection(self._settings, self._device, self._protocol)
            self._connection.open()
            self._since_s = self._moved_s = now_s
        if self._connection is not None:
            self._connection.work(wait_s)
            self._judge(self._connection, now_s)
        return self._connection if self.state == "connected" else None

    def _judge(self, connection: Connection, now_s: float) -> None:
        if not connection.congested:
            self._moved_s = now_s
        if connection.state == "opening" and now_s - self._since_s > _ANSWER_S:
            self._fail(connection, now_s, "the broker does not answer")
        elif connection.state == "up" and now_s - self._moved_s > FRESH_S:
            self._fail(connection, now_s, "the network takes nothing any more")
        elif connection.state in ("refused", "denied", "lost"):
            self._fail(connection, now_s, connection.why)
        elif connection.state == "up":
            self._up(now_s)

    def _up(self, now_s: float) -> None:
        if self.state != "connected":
            _log.info("connected to the broker with MQTT %s", self._protocol)
            self.state, self.why, self._since_s = "connected", None, now_s
            self._known = True
        if now_s - self._since_s > _PROVEN_S:
            self.failures = 0

    def _fail(self, connection: Connection, now_s: float, why: str) -> None:
        connection.drop()
        self._connection = None
        denied = connection.state == "denied"
        if connection.reached and not denied and self.state != "connected":
            self._try_the_other_version()
        self._wait(now_s, "denied" if denied else "away", why)

    def _try_the_other_version(self) -> None:
        """The broker was reached but did not let us in: it may speak only the older version.

        One that has let us in before is more likely to be in trouble.
        """
        doubtful = not self._known or self.failures >= _DOUBTFUL_AFTER
        if self._settings.protocol == "auto" and doubtful:
            self._protocol = "3.1.1" if self._protocol == "5" else "5"

    def _wait(self, now_s: float, state: Broker, why: str) -> None:
        self.failures += 1
        self._next_s = now_s + pause_s(self.failures)
        before = self.why
        self.why = f"the broker at {self._settings.host}:{self._settings.port} is {state}: {why}"
        if self.why != before:
            _log.warning("%s", self.why)
        self.state = state

    def close(self) -> None:
        """Say goodbye if there is anybody to say it to."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self.state = "off"
