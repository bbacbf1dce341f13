"""A treadmill's own mosquitto, as it is shipped, hands on to the gym's whatever the gym missed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.daemon.examples import a_session, a_step
from tests.daemon.feed.brokers import Daemon, Listener, Mosquitto, wait_until
from tests.daemon.feed.gym import broker_of, gym, keys

from softshoe.requests import Message, MessageShown
from softshoe.settings import FeedSettings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "softshoe"
    keys(folder, "broker", "127.0.0.1")
    keys(folder, "device", "treadmill")
    keys(folder, "coach", "anna")
    return folder


@pytest.fixture
def central(folder: Path, tmp_path: Path) -> Iterator[Mosquitto]:
    broker = gym(tmp_path / "gym", folder)
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture
def local(folder: Path, tmp_path: Path, central: Mosquitto) -> Iterator[Mosquitto]:
    """With the gym's port here, and a shorter wait between tries."""
    bridge = keys(folder, "bridge", "treadmill", "127.0.0.1")
    bridge = bridge.replace(":8883", f":{central.port}").replace("timeout 1 60", "timeout 1")
    broker = broker_of(tmp_path / "local", bridge, folder)
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture
def coach(folder: Path, central: Mosquitto) -> Iterator[Listener]:
    """Durable, and back whenever the gym's broker is."""
    anna = FeedSettings(
        user="anna",
        password_file=str(folder / "anna.password"),
        ca_file=str(folder / "ca.crt"),
    )
    listener = Listener(central.port, durable=True, secured=anna)
    yield listener
    listener.close()


@pytest.fixture
def daemon(local: Mosquitto, tmp_path: Path) -> Iterator[Daemon]:
    daemon = Daemon(tmp_path / "softshoe.db", FeedSettings(port=local.port))
    daemon.wait_connected()
    yield daemon
    daemon.close()


def run(daemon: Daemon, first: int, last: int) -> None:
    daemon.publish(*(a_step(number) for number in range(first, last + 1)))
    wait_until(lambda: daemon.writer.durable_step == ("s1", last), f"step {last} on disk")
    wait_until(lambda: daemon.feed.backlog == 0, "the backlog's end")


def test_what_was_recorded_while_the_gym_was_away_arrives(
    central: Mosquitto, coach: Listener, daemon: Daemon
) -> None:
    daemon.publish(a_session())
    run(daemon, 1, 10)
    coach.wait_for("record/step", 10)
    assert coach.wait_for("status")[0].payload == b"online"
    assert coach.wait_for("bridge")[-1].payload == b"1"
    central.kill()
    run(daemon, 11, 60)
    central.start()
    wait_until(lambda: len(set(steps(coach))) == 60, "all sixty steps")
    assert list(dict.fromkeys(steps(coach))) == list(range(1, 61))


def steps(coach: Listener) -> list[int]:
    return [message.json()["step"] for message in coach.of("record/step")]


def test_a_cue_goes_down_and_its_answer_up(coach: Listener, daemon: Daemon) -> None:
    coach.wait_for("status")
    messages = daemon.hub.subscribe("page", (Message,), 8)
    coach.send("cue", {"id": "c1", "text": "Light feet"})
    assert messages.take(10.0)[0].event == Message(id="c1", text="Light feet", for_s=8.0)
    daemon.publish(MessageShown("c1"))
    assert coach.wait_for("answer")[0].json()["result"] == "shown"
