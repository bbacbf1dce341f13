"""The gym's broker as it is shipped: who may do what, and whom a device does not trust."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.reasoncodes import ReasonCode
from tests.daemon.examples import a_session, a_step
from tests.daemon.feed.brokers import Daemon, Mosquitto, wait_until
from tests.daemon.feed.gym import dated_certificate, gym, keys

from softshoe.feed.contract import TOPICS
from softshoe.settings import FeedSettings

Start = Callable[[FeedSettings], Daemon]
OWN = {topic.path for topic in TOPICS} | {"bridge"}
SENT = OWN - {"cue", "command", "record/request"}
DEVICES = ("treadmill", "other")
HOUSE = {"homeassistant/device/treadmill/config", "homeassistant/device/other/config"}
BIRTH = "homeassistant/status"
EVERYTHING = {f"softshoe/{device}/{path}" for device in DEVICES for path in OWN} | HOUSE | {BIRTH}


def of_all(*paths: str) -> set[str]:
    return {f"softshoe/{device}/{path}" for device in DEVICES for path in paths}


def own(device: str, *paths: str) -> set[str]:
    return {f"softshoe/{device}/{path}" for path in paths}


def may_write(role: str) -> set[str]:
    """What the contract lets each role write."""
    return {
        "treadmill": own("treadmill", *SENT) | {"homeassistant/device/treadmill/config"},
        "other": own("other", *SENT) | {"homeassistant/device/other/config"},
        "anna": of_all("cue", "record/request"),
        "boss": of_all("cue", "record/request", "command"),
        "house": {BIRTH},
    }[role]


def may_read(role: str) -> set[str]:
    """What the contract lets each role read."""
    coach = of_all(*SENT, "record/request")
    live = {path for path in OWN if path.startswith("live/")}
    return {
        "treadmill": own("treadmill", "cue", "command", "record/request") | {BIRTH},
        "other": own("other", "cue", "command", "record/request") | {BIRTH},
        "anna": coach,
        "boss": coach,
        "house": of_all("status", *live) | HOUSE | {BIRTH},
    }[role]


ROLES = ("treadmill", "other", "anna", "boss", "house")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys and rights for everybody, made as the paper says."""
    folder = tmp_path_factory.mktemp("keys") / "softshoe"
    keys(folder, "broker", "127.0.0.1")
    for role, name in [
        ("device", "treadmill"),
        ("device", "other"),
        ("coach", "anna"),
        ("commander", "boss"),
        ("home-assistant", "house"),
    ]:
        keys(folder, role, name)
    return folder


@pytest.fixture
def broker(folder: Path, tmp_path: Path) -> Iterator[Mosquitto]:
    found = gym(tmp_path / "gym", folder)
    found.start()
    yield found
    found.kill()


class Guest:
    """Somebody who listens to all they are given, and writes down what they were let write."""

    def __init__(self, port: int, folder: Path, name: str, password: str) -> None:
        self.heard: set[str] = set()
        self.allowed: set[str] = set()
        self.answered = 0
        self.denied = threading.Event()
        self.ready = threading.Event()
        self._names: dict[int, str] = {}
        self._client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        self._client.username_pw_set(name, password)
        self._client.tls_set(str(folder / "ca.crt"))
        self._client.on_connect = self._connected
        self._client.on_message = self._heard
        self._client.on_publish = self._published
        self._client.on_subscribe = lambda *_: self.ready.set()
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()

    def _connected(self, _c: object, _d: object, _f: object, reason: ReasonCode, _p: object):
        if reason.is_failure:
            self.denied.set()
        self._client.subscribe("#", 1)

    def _heard(self, _client: object, _data: object, message: MQTTMessage) -> None:
        self.heard.add(message.topic)

    def _published(self, _c: object, _d: object, mid: int, reason: ReasonCode, _p: object) -> None:
        if not reason.is_failure:
            self.allowed.add(self._names[mid])
        self.answered += 1

    def write_everywhere(self) -> None:
        for number, topic in enumerate(sorted(EVERYTHING), start=self.answered + 2):
            self._names[number] = topic
            assert self._client.publish(topic, b"x", 1).mid == number
            time.sleep(0.001)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


def password(folder: Path, name: str) -> str:
    return (folder / f"{name}.password").read_text().strip()


def test_each_role_may_do_with_each_topic_what_the_contract_says(
    broker: Mosquitto, folder: Path
) -> None:
    guests = {name: Guest(broker.port, folder, name, password(folder, name)) for name in ROLES}
    for guest in guests.values():
        assert guest.ready.wait(10)
    for guest in guests.values():
        guest.write_everywhere()
    for name, guest in guests.items():
        wait_until(lambda guest=guest: guest.answered == len(EVERYTHING), f"answers to {name}")
    written = set().union(*(may_write(name) for name in ROLES))
    for name, guest in guests.items():
        assert guest.allowed == may_write(name), name
        wait_until(lambda g=guest, n=name: g.heard >= may_read(n) & written, f"what {name} hears")
    for name, guest in guests.items():
        guest.close()
        assert guest.heard == may_read(name) & written, name


@pytest.mark.parametrize(("name", "secret"), [("anna", "wrong"), ("stranger", "x"), ("", "")])
def test_a_stranger_is_not_let_in(broker: Mosquitto, folder: Path, name: str, secret: str) -> None:
    guest = Guest(broker.port, folder, name, secret)
    assert guest.denied.wait(10)
    guest.close()


def settings(broker: Mosquitto, folder: Path, **changes: object) -> FeedSettings:
    values = {
        "port": broker.port,
        "user": "treadmill",
        "password_file": str(folder / "treadmill.password"),
        "ca_file": str(folder / "ca.crt"),
        "certificate_file": str(folder / "treadmill.crt"),
        "key_file": str(folder / "treadmill.key"),
    } | changes
    return FeedSettings(**values)  # type: ignore[arg-type]


def test_a_device_is_let_in_by_the_files_that_were_made_for_it(
    broker: Mosquitto, folder: Path, start_daemon: Start
) -> None:
    daemon = start_daemon(settings(broker, folder))
    daemon.wait_connected()
    daemon.publish(a_session(), a_step(1))
    wait_until(lambda: daemon.writer.durable_step and daemon.feed.backlog == 0, "all acknowledged")
    assert daemon.feed.why is None


def test_a_device_that_calls_itself_another_is_denied_and_told_why(
    broker: Mosquitto, folder: Path, start_daemon: Start
) -> None:
    secret = str(folder / "other.password")
    daemon = start_daemon(settings(broker, folder, user="other", password_file=secret))
    wait_until(lambda: daemon.feed.state == "denied", "the denial")
    assert "softshoe/treadmill/" in (daemon.feed.why or "")
    assert "was refused: Not authorized" in (daemon.feed.why or "")


def why_away(daemon: Daemon) -> str:
    wait_until(lambda: daemon.feed.why, "the reason")
    assert daemon.feed.state == "away"
    return daemon.feed.why or ""


@pytest.fixture
def other_folder(tmp_path: Path) -> Path:
    """Keys of another gym."""
    keys(tmp_path / "elsewhere", "broker", "gym.example")
    return tmp_path / "elsewhere"


def test_a_broker_of_another_authority_is_not_trusted(
    broker: Mosquitto, folder: Path, other_folder: Path, start_daemon: Start
) -> None:
    daemon = start_daemon(settings(broker, folder, ca_file=str(other_folder / "ca.crt")))
    assert "its certificate is not trusted: self-signed certificate in" in why_away(daemon)


def test_a_broker_of_another_name_is_not_trusted(
    other_folder: Path, tmp_path: Path, start_daemon: Start
) -> None:
    broker = gym(tmp_path / "gym", other_folder)
    broker.start()
    daemon = start_daemon(FeedSettings(port=broker.port, ca_file=str(other_folder / "ca.crt")))
    assert "IP address mismatch, certificate is not valid for '127.0.0.1'" in why_away(daemon)
    broker.kill()


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("20200101", "20210101", "its certificate is not trusted: certificate has expired"),
        ("20900101", "20950101", "is not yet valid; is this machine's clock set?"),
    ],
)
def test_a_certificate_that_is_not_valid_today_is_not_trusted(
    other_folder: Path, tmp_path: Path, start_daemon: Start, start: str, end: str, why: str
) -> None:
    dated_certificate(other_folder, start, end)
    broker = gym(tmp_path / "gym", other_folder)
    broker.start()
    daemon = start_daemon(FeedSettings(port=broker.port, ca_file=str(other_folder / "ca.crt")))
    assert why in why_away(daemon)
    broker.kill()


def test_tls_is_not_spoken_with_a_broker_that_has_none(
    mosquitto: Mosquitto, folder: Path, start_daemon: Start
) -> None:
    mosquitto.start()
    daemon = start_daemon(settings(mosquitto, folder))
    assert "does it speak TLS at this port?" in why_away(daemon)


def test_a_broker_with_tls_does_not_answer_to_plain_text(
    broker: Mosquitto, start_daemon: Start
) -> None:
    daemon = start_daemon(FeedSettings(port=broker.port))
    assert "does it want TLS? set ca_file" in why_away(daemon)
