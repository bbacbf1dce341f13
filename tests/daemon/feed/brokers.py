"""Real brokers, a real listener, and a daemon's store and feed between hub and broker."""

import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from tests.daemon.examples import HandClock

from softshoe.clock import Clock, SystemClock
from softshoe.events import Wish
from softshoe.feed.credentials import password, tls
from softshoe.feed.publisher import Publisher
from softshoe.hub import Hub
from softshoe.settings import FeedSettings
from softshoe.store.writer import StoreWriter

PATIENCE_S = 15.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], object], what: str, every_s: float = 0.01) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline_s, f"still waiting for: {what}"
        time.sleep(every_s)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Mosquitto:
    """Debian's broker, on loopback, without a memory on disk."""

    def __init__(self, directory: Path, more: str = "allow_anonymous true\n") -> None:
        found = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
        if found is None:
            pytest.skip("mosquitto is not installed: apt install mosquitto")
        self.port = free_port()
        self._configuration = directory / "mosquitto.conf"
        self._configuration.write_text(f"user root\nlistener {self.port} 127.0.0.1\n{more}")
        self._command = [found, "-c", str(self._configuration)]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(lambda: listens(self.port), "mosquitto")

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


def with_a_memory(directory: Path) -> Mosquitto:
    """A broker that keeps subscriptions even when it is killed."""
    memory = f"persistence true\npersistence_location {directory}/\n"
    saving = "autosave_interval 1\nautosave_on_changes true\n"
    return Mosquitto(directory, f"allow_anonymous true\n{memory}{saving}")


class Message(Struct):
    topic: str
    payload: bytes
    qos: int
    retained: bool
    at_s: float

    def json(self) -> dict[str, Any]:
        return json.loads(self.payload)  # type: ignore[no-any-return]


class Listener:
    """A plain client that writes down everything below `softshoe/` and `homeassistant/`.

    ``durable``: the broker keeps its subscription, and what comes meanwhile. ``secured``: the CA,
    the user and the password by which it is let in.
    """

    def __init__(
        self,
        port: int,
        transport: str = "tcp",
        five: bool = False,
        durable: bool = False,
        secured: FeedSettings | None = None,
    ) -> None:
        self.messages: list[Message] = []
        self.subscribed = threading.Event()
        self._port = port
        self._new_client = partial(
            Client,
            CallbackAPIVersion.VERSION2,
            client_id="coach" if durable else "",
            clean_session=None if five else not durable,
            protocol=MQTTProtocolVersion.MQTTv5 if five else MQTTProtocolVersion.MQTTv311,
            transport=transport,  # type: ignore[arg-type]
        )
        self._secured = secured
        self.come()
        assert self.subscribed.wait(PATIENCE_S)

    def come(self) -> None:
        """Connect; also again after `leave`."""
        self._client = self._new_client()
        if self._secured:
            self._client.tls_set_context(tls(self._secured))
            if self._secured.user:
                self._client.username_pw_set(self._secured.user, password(self._secured))
        self._client.reconnect_delay_set(0.05, 0.1)  # type: ignore[arg-type]
        self._client.on_connect = self._subscribe
        self._client.on_subscribe = lambda *_: self.subscribed.set()
        self._client.on_message = lambda _client, _data, message: self._take(message)
        self._client.connect("127.0.0.1", self._port)
        self._client.loop_start()

    def leave(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _subscribe(self, *_: object) -> None:
        self._client.subscribe([("softshoe/#", 1), ("homeassistant/#", 1)])

    def _take(self, message: MQTTMessage) -> None:
        topic, retained = message.topic, message.retain
        self.messages.append(
            Message(topic, bytes(message.payload), message.qos, retained, time.monotonic())
        )

    def send(self, path: str, message: dict[str, object] | bytes, *, retain: bool = False) -> None:
        """Write to a topic of the device, as a coach."""
        payload = message if isinstance(message, bytes) else json.dumps(message).encode()
        self._client.publish(f"softshoe/treadmill/{path}", payload, 1, retain)

    def publish(self, topic: str, payload: bytes) -> None:
        self._client.publish(topic, payload, 1)

    def of(self, path: str) -> list[Message]:
        """What came on one topic of the device."""
        return [m for m in list(self.messages) if m.topic == f"softshoe/treadmill/{path}"]

    def wait_for(self, path: str, count: int = 1) -> list[Message]:
        wait_until(lambda: len(self.of(path)) >= count, f"{count} on {path}")
        return self.of(path)

    def close(self) -> None:
        self.leave()


class Way(Struct):
    """The settings of the feed, and how to listen at the same broker."""

    settings: FeedSettings
    listen: Callable[[], Listener]
    keeps_qos: bool
    """The embedded broker delivers everything with the QoS of the subscription."""


class ThatMorning(SystemClock):
    """The machine's pace, on the morning of the hand-made sessions: a guest's go after a day."""

    def __init__(self) -> None:
        self._hand = HandClock()
        self._began_s = self.monotonic_s()

    def wall(self) -> datetime:
        return self._hand.wall() + timedelta(seconds=self.monotonic_s() - self._began_s)

    def synced(self) -> bool:
        return True


class Daemon:
    """Hub, store and feed, each sink in its thread, as the service runs them."""

    def __init__(
        self,
        path: Path,
        settings: FeedSettings,
        clock: Clock | None = None,
        hub: Hub | None = None,
        *,
        start: bool = True,
    ) -> None:
        self.hub = hub or Hub()
        self.clock = clock or ThatMorning()
        self.writer = StoreWriter(path, self.hub, self.clock)
        self.commands: list[Wish] = []
        self.feed = Publisher(
            settings, "treadmill", self.hub, self.clock, self.writer.log, self._obey
        )
        self._stop_store, self._stop_feed = threading.Event(), threading.Event()
        self._store = threading.Thread(target=self.writer.run, args=[self._stop_store])
        self._feed = threading.Thread(target=self.feed.run, args=[self._stop_feed])
        if start:
            self._store.start()
            self._feed.start()

    def _obey(self, command: Wish) -> bool:
        self.commands.append(command)
        return True

    def publish(self, *events: object) -> None:
        for event in events:
            self.hub.publish(event, self.clock.monotonic_s())  # type: ignore[arg-type]

    def wait_connected(self) -> None:
        wait_until(lambda: self.feed.state == "connected", "the feed's connection")

    def close(self) -> None:
        """Stop the store, then the feed, as the service does."""
        for stop, thread in ((self._stop_store, self._store), (self._stop_feed, self._feed)):
            stop.set()
            thread.join()
        self.writer.close()
