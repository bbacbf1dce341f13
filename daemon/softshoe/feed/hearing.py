"""Hears what devices say at a broker, as a coach does: read, checked, and told apart by device."""

import re
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from softshoe.feed.client import Connection, Received
from softshoe.feed.contract import CUE, OFFLINE, ONLINE, SENT, Topic
from softshoe.feed.credentials import check
from softshoe.feed.link import Broker, Link
from softshoe.requests import CueRequest
from softshoe.settings import FeedSettings

EVERY = "+"
"""In the place of a device: all of them."""
_TOPIC = re.compile(r"softshoe/(?P<device>[a-z0-9-]{1,32})/(?P<path>[a-z/]+)")
_PATHS = {topic.path: topic for topic in SENT}
_LARGEST_BYTES = 65_536
_AT_ONCE = 256


class Heard(Struct, frozen=True):
    """One message of the contract. ``event`` is of the type that its topic carries."""

    device: str
    topic: Topic
    event: Any
    """None: nothing is retained there any more. Of `status`: the word."""
    message: Any
    """The same as it came, with the time when it was said, and fields of a later version."""
    retained: bool


def read(received: Received) -> Heard | None:
    """None for what is no message of the contract."""
    match = _TOPIC.fullmatch(received.topic)
    topic = _PATHS.get(match["path"]) if match else None
    if match is None or topic is None or len(received.payload) > _LARGEST_BYTES:
        return None
    try:
        event, message = _decode(topic, received.payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return Heard(match["device"], topic, event, message, received.retained)


def _decode(topic: Topic, payload: bytes) -> tuple[Any, Any]:
    if topic.carries is None:
        if payload not in (ONLINE, OFFLINE, b""):
            raise msgspec.ValidationError("neither online nor offline")
        return (payload.decode() or None,) * 2
    if not payload:
        return None, None
    return msgspec.json.decode(payload, type=topic.carries), msgspec.json.decode(payload)


class Hearing:
    """A connection that only listens and asks; it comes back by itself. Not thread-safe."""

    def __init__(
        self,
        settings: FeedSettings,
        monotonic_s: Callable[[], float],
        topics: Sequence[Topic],
        devices: Sequence[str] = (EVERY,),
    ) -> None:
        """Raises ConfigError when a file that the settings name cannot be used."""
        check(settings)
        self._monotonic_s = monotonic_s
        self._wanted = [(topic.of(device), topic.qos) for device in devices for topic in topics]
        self._link = Link(settings, None)
        self._connection: Connection | None = None
        self.refused = 0
        """Messages that were not of the contract."""

    @property
    def state(self) -> Broker:
        return self._link.state

    @property
    def why(self) -> str | None:
        """What stands between here and the broker; None when nothing does."""
        return self._link.why

    @property
    def failures(self) -> int:
        """Times in a row that the broker could not be reached, or sent us away."""
        return self._link.failures

    def hear(self, wait_s: float) -> list[Heard]:
        """What has come, oldest first; waits ``wait_s`` for it if there is nothing yet."""
        connection = self._link.turn(self._monotonic_s(), wait_s)
        if connection is None:
            time.sleep(wait_s)
        elif connection is not self._connection:
            connection.subscribe(self._wanted)
        self._connection = connection
        return self._read(connection) if connection else []

    def _read(self, connection: Connection) -> list[Heard]:
        found: list[Heard] = []
        for _ in range(_AT_ONCE):
            if not connection.received:
                break
            heard = read(connection.received.popleft())
            self.refused += heard is None
            found += [heard] if heard else []
            self._link.turn(self._monotonic_s())  # which reads one message
        return found

    def say(self, device: str, cue: CueRequest) -> bool:
        """Send a cue; False when there is no connection."""
        if self._connection is None:
            return False
        self._connection.publish(CUE, CUE.of(device), msgspec.json.encode(cue))
        return True

    def close(self) -> None:
        self._connection = None
        self._link.close()
