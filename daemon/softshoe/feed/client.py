"""One connection to a broker, from opening to its end; the only file that imports paho.

Once the broker is reached paho runs in the caller's thread alone: `publish` writes, `work` reads.
So no thread of its own can die unnoticed, and a new client for each connection cannot send what an
older one had queued.
"""

import secrets
import socket
import threading
from collections import deque
from collections.abc import Sequence
from typing import Any, Literal

from msgspec import Struct
from paho.mqtt.client import (
    MQTT_CLEAN_START_FIRST_ONLY,
    Client,
    ConnectFlags,
    DisconnectFlags,
    MQTTMessage,
)
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from softshoe.feed.contract import FRESH_S, OFFLINE, STATUS, Topic
from softshoe.feed.credentials import hung_up, password, tls, unreached
from softshoe.feed.messages import encode
from softshoe.settings import FeedSettings

Protocol = Literal["5", "3.1.1"]
State = Literal["opening", "up", "refused", "denied", "lost"]

_CONNECT_S = 3.0
_SEND_BUFFER_BYTES = 8192
_IN_FLIGHT = 100
_VERSIONS = {"5": MQTTProtocolVersion.MQTTv5, "3.1.1": MQTTProtocolVersion.MQTTv311}
_SESSION_S = 86_400
_LARGEST_BYTES = 65_536
_RECEIVED = 64
_DENIALS = {133, 134, 135, 138, 140}  # client id, user or password, not authorised, banned, method


class Received(Struct, frozen=True):
    """A message as it came in."""

    topic: str
    payload: bytes
    retained: bool


class Connection:
    """Not thread-safe: every method is called by one thread; none waits unless told to."""

    def __init__(self, settings: FeedSettings, device: str | None, protocol: Protocol) -> None:
        """``device``: for which it speaks; None: for nobody, it listens and is not remembered.

        Raises ConfigError when a file that the settings name cannot be used.
        """
        self._settings = settings
        self._device = device or ""
        self._five = protocol == "5"
        self._remembers = self._five and bool(device)
        self.state: State = "opening"
        self.why = ""
        self.reached = False
        """Whether anybody answered at the broker's address."""
        self._given_up = False
        """Nobody wants it any more, perhaps before anybody answered."""
        self._reaching = threading.Thread(target=self._reach, name="feed-connect", daemon=True)
        self.acknowledged: deque[int] = deque()
        """Identifiers of messages that the broker has acknowledged, to be taken by the owner."""
        self.received: deque[Received] = deque(maxlen=_RECEIVED)
        """Messages to be taken by the owner; when there are too many the oldest go."""
        self.remembered = False
        """Whether the broker still knows this device from the last time."""
        self._unanswered: dict[int, str] = {}
        self._client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=f"softshoe-{device}" if device else f"listener-{secrets.token_hex(6)}",
            protocol=_VERSIONS[protocol],
            clean_session=None if self._five else True,
            reconnect_on_failure=False,
        )
        self._client.connect_timeout = _CONNECT_S
        self._client.max_inflight_messages_set(_IN_FLIGHT)
        if device:
            self._client.will_set(STATUS.of(device), OFFLINE, STATUS.qos, STATUS.retain)
        self._client.on_connect = self._on_connect
        self._client.on_disconnect = self._on_disconnect
        self._client.on_publish = self._on_publish
        self._client.on_message = self._on_message
        if settings.user:
            self._client.username_pw_set(settings.user, password(settings))
        if context := tls(settings):
            self._client.tls_set_context(context)

    def open(self) -> None:
        """Begin to reach the broker, in a thread: looking up its name may take many seconds."""
        self._reaching.start()

    def _reach(self) -> None:
        settings = self._settings
        try:
            self._client.connect(
                settings.host,
                settings.port,
                settings.keepalive_s,
                clean_start=not self._remembers if self._five else MQTT_CLEAN_START_FIRST_ONLY,
                properties=_connecting(self._remembers) if self._five else None,
            )
            _tune(self._client.socket())
            self.reached = True
            if self._given_up:
                self.drop()
        except (OSError, ValueError) as error:
            self._end("lost", unreached(error, tls=bool(settings.ca_file)))

    def work(self, wait_s: float = 0.0) -> None:
        """Read what came, within ``wait_s``; write what waits, keep the connection alive."""
        if self._reaching.is_alive():
            return
        if self._client.loop(timeout=wait_s) is not MQTTErrorCode.MQTT_ERR_SUCCESS:
            self._end("lost", "the connection was lost")

    def publish(self, topic: Topic, name: str, payload: bytes) -> int:
        """Send it, and return the identifier by which it will be acknowledged."""
        properties = None
        if self._five and topic.expires:
            properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
            properties.MessageExpiryInterval = int(FRESH_S)
        mid = self._client.publish(name, payload, topic.qos, topic.retain, properties).mid
        if topic.qos:
            self._unanswered[mid] = name
        return mid

    def send(self, topic: Topic, event: Struct, at: str | None) -> int:
        """Publish an event of this device, said to be of the time ``at``."""
        return self.publish(topic, topic.of(self._device), encode(event, at))

    def subscribe(self, wanted: Sequence[tuple[str, int]]) -> None:
        """Ask for what is sent to these topics, each with its QoS."""
        self._client.subscribe(list(wanted))

    @property
    def congested(self) -> bool:
        """Whether the network has not yet taken what was given to it."""
        return self.reached and self._client.want_write()

    def close(self) -> None:
        """Say goodbye, so that the last will is not sent."""
        self._given_up = True
        if self.reached:
            self._client.disconnect()

    def drop(self) -> None:
        """Cut the connection; the broker sends the last will."""
        self._given_up = True
        if found := self._client.socket():
            found.close()

    def _on_connect(
        self, _client: Client, _data: Any, flags: ConnectFlags, reason: ReasonCode, _more: Any
    ) -> None:
        if not reason.is_failure:
            self.state, self.remembered = "up", flags.session_present
        else:
            self._end("denied" if reason.value in _DENIALS else "refused", str(reason))

    def _on_disconnect(
        self, _client: Client, _data: Any, _flags: DisconnectFlags, reason: ReasonCode, _more: Any
    ) -> None:
        said = str(reason)
        if self.state == "opening":
            said = hung_up(said, tls=bool(self._settings.ca_file))
        self._end("lost", said)

    def _on_publish(
        self, _client: Client, _data: Any, mid: int, reason: ReasonCode, _more: Any
    ) -> None:
        name = self._unanswered.pop(mid, "a message")
        if reason.is_failure:
            state: State = "denied" if reason.value in _DENIALS else "refused"
            self._end(state, f"{name} was refused: {reason}")
        else:
            self.acknowledged.append(mid)

    def _on_message(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        self.received.append(Received(message.topic, bytes(message.payload), message.retain))

    def _end(self, state: State, why: str) -> None:
        """The first reason for an end is the one that counts."""
        if self.state in ("opening", "up"):
            self.state, self.why = state, why


def _connecting(remembers: bool) -> Properties:
    """Only a broker that keeps a session can say later that it has lost it."""
    wanted = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
    if remembers:
        wanted.SessionExpiryInterval = _SESSION_S
    wanted.MaximumPacketSize = _LARGEST_BYTES
    return wanted


def _tune(found: Any) -> None:
    """Small buffers and no waiting: a live message arrives now or not at all."""
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(FRESH_S * 1000))
