"""Brokers that are absent, killed, frozen or unwilling: nothing stored is missing afterwards."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.daemon.examples import a_session, a_step
from tests.daemon.feed.brokers import Daemon, Listener, Mosquitto, wait_until, with_a_memory

from softshoe.errors import ConfigError
from softshoe.events import Means, Session
from softshoe.feed.broker import EmbeddedBroker
from softshoe.feed.credentials import check
from softshoe.settings import BrokerSettings, FeedSettings
from softshoe.worker import Worker

Start = Callable[[FeedSettings], Daemon]
RUN_FOR_EVER = """
import sys
from pathlib import Path
from softshoe.settings import FeedSettings
from tests.daemon.feed.brokers import Daemon
Daemon(Path(sys.argv[1]), FeedSettings(port=int(sys.argv[2])))
"""


def numbers(listener: Listener) -> list[int]:
    """Step numbers in the order of their first delivery."""
    return list(dict.fromkeys(m.json()["step"] for m in listener.of("record/step")))


def run(daemon: Daemon, first: int, last: int) -> None:
    """Steps of a run, and the wait until they are on disk."""
    for number in range(first, last + 1):
        daemon.publish(a_step(number, moment="live"), a_step(number))
    wait_until(lambda: daemon.writer.durable_step == ("s1", last), f"step {last} on disk")


def test_a_killed_daemon_is_offline(
    mosquitto: Mosquitto, listen: Callable[..., Listener], tmp_path: Path
) -> None:
    mosquitto.start()
    listener = listen(mosquitto.port)
    command = [sys.executable, "-c", RUN_FOR_EVER, str(tmp_path / "a.db"), str(mosquitto.port)]
    with subprocess.Popen(command, env={"PYTHONPATH": ":".join(sys.path)}) as child:
        assert listener.wait_for("status")[0].payload == b"online"
        child.kill()
    assert listener.wait_for("status", 2)[1].payload == b"offline"
    assert listen(mosquitto.port).wait_for("status")[0].payload == b"offline"


def test_a_broker_that_comes_late_gets_everything_stored_and_nothing_live(
    tmp_path: Path, listen: Callable[..., Listener], start_daemon: Start
) -> None:
    broker = with_a_memory(tmp_path)
    broker.start()
    listener = listen(broker.port, durable=True)
    broker.kill()
    daemon = start_daemon(FeedSettings(port=broker.port))
    daemon.publish(a_session())
    run(daemon, 1, 40)
    assert daemon.feed.state == "away"
    assert daemon.feed.backlog == 41
    broker.start()
    listener.wait_for("record/step", 40)
    assert numbers(listener) == list(range(1, 41))
    assert listener.of("live/step") == []
    assert daemon.feed.stale > 0
    wait_until(lambda: daemon.feed.backlog == 0, "the backlog's end")
    broker.kill()


def test_a_broker_killed_in_mid_run_misses_nothing(
    tmp_path: Path, listen: Callable[..., Listener], start_daemon: Start
) -> None:
    broker = with_a_memory(tmp_path)
    broker.start()
    listener = listen(broker.port, durable=True)
    daemon = start_daemon(FeedSettings(port=broker.port))
    daemon.wait_connected()
    daemon.publish(a_session())
    run(daemon, 1, 10)
    listener.wait_for("record/step", 10)
    assert broker.process
    os.kill(broker.process.pid, signal.SIGSTOP)  # takes messages and never answers
    run(daemon, 11, 20)
    broker.kill()
    run(daemon, 21, 30)
    broker.start()
    wait_until(lambda: len(numbers(listener)) == 30, "all thirty steps")
    assert numbers(listener) == list(range(1, 31))
    daemon.publish(a_step(31, moment="live"))
    wait_until(lambda: listener.of("live/step")[-1].json()["step"] == 31, "the next live step")
    broker.kill()


def test_the_mark_survives_a_restart_of_the_daemon(
    mosquitto: Mosquitto, listen: Callable[..., Listener], start_daemon: Start
) -> None:
    mosquitto.start()
    listener = listen(mosquitto.port)
    first = start_daemon(FeedSettings(port=mosquitto.port))
    first.publish(a_session())
    run(first, 1, 10)
    listener.wait_for("record/step", 10)
    run(first, 11, 12)  # its commit saves the mark of the first ten
    first.close()
    second = start_daemon(FeedSettings(port=mosquitto.port))
    second.wait_connected()
    run(second, 13, 15)
    wait_until(lambda: second.feed.backlog == 0, "the backlog's end")
    wait_until(lambda: len(numbers(listener)) == 15, "all fifteen steps")
    sent = [m.json()["step"] for m in listener.of("record/step")]
    assert [number for number in sent if number <= 10] == list(range(1, 11)), "sent once"


def test_an_old_live_message_is_not_sent(
    mosquitto: Mosquitto, listen: Callable[..., Listener], start_daemon: Start
) -> None:
    mosquitto.start()
    listener = listen(mosquitto.port)
    daemon = start_daemon(FeedSettings(port=mosquitto.port))
    daemon.wait_connected()
    daemon.hub.publish(a_step(1, moment="live"), daemon.clock.monotonic_s() - 2.1)
    daemon.publish(a_step(2, moment="live"))
    assert listener.wait_for("live/step")[0].json()["step"] == 2
    assert daemon.feed.stale == 1


@pytest.fixture
def deaf_port() -> Iterator[int]:
    """A broker that lets anybody in and then never reads again."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        server.bind(("127.0.0.1", 0))
        server.listen()
        accepted: list[socket.socket] = []

        def welcome() -> None:
            connection, _ = server.accept()
            accepted.append(connection)
            connection.recv(1024)
            connection.sendall(b"\x20\x02\x00\x00")

        thread = threading.Thread(target=welcome)
        thread.start()
        yield server.getsockname()[1]
        thread.join()
        for connection in accepted:
            connection.close()


def test_a_connection_that_takes_nothing_is_given_up(deaf_port: int, start_daemon: Start) -> None:
    daemon = start_daemon(FeedSettings(port=deaf_port, protocol="3.1.1"))
    daemon.wait_connected()

    def given_up() -> bool:
        daemon.publish(a_step(1, moment="live"))
        return daemon.feed.state == "away"

    wait_until(given_up, "the end of the connection")
    assert daemon.feed.stale > 0


@pytest.mark.parametrize(
    "rules",
    ["allow_anonymous false\n", "allow_anonymous true\nacl_file {acl}\n"],
    ids=["nobody may connect", "nobody may write"],
)
def test_a_broker_that_refuses_is_named_denied(
    rules: str, tmp_path: Path, start_daemon: Start
) -> None:
    (tmp_path / "acl").write_text("topic read #\n")
    broker = Mosquitto(tmp_path, rules.format(acl=tmp_path / "acl"))
    broker.start()
    daemon = start_daemon(FeedSettings(port=broker.port))
    daemon.publish(a_session())
    run(daemon, 1, 3)
    wait_until(lambda: daemon.feed.state == "denied", "the denial")
    assert daemon.feed.backlog == 4
    broker.kill()


def test_a_fault_in_the_feeds_thread_is_counted_and_the_feed_goes_on(
    mosquitto: Mosquitto, listen: Callable[..., Listener], tmp_path: Path
) -> None:
    mosquitto.start()
    listener = listen(mosquitto.port)
    daemon = Daemon(tmp_path / "a.db", FeedSettings(port=mosquitto.port), start=False)
    read, stop = daemon.feed._inbox.read, threading.Event()
    faults = [RuntimeError("a fault in a callback")]

    def read_once_wrongly(*message: object) -> None:
        if faults:
            raise faults.pop()
        read(*message)  # type: ignore[arg-type]

    daemon.feed._inbox.read = read_once_wrongly  # type: ignore[method-assign]
    worker = Worker("feed", partial(daemon.feed.run, stop))
    worker.start(0.0)
    daemon.wait_connected()
    listener.send("cue", {"id": "c1", "text": "lost in the fault"})
    wait_until(lambda: not worker.alive, "the fault")
    for now_s in (1.0, 2.0):
        worker.tend(now_s)
    listener.send("cue", {"id": "c2", "text": "after it", "for_s": 1})
    assert listener.wait_for("answer")[0].json()["id"] == "c2"
    assert (worker.restarts, worker.alive) == (1, True)
    stop.set()
    worker.join(5.0)
    daemon.writer.close()


def test_a_user_and_a_password_from_a_file_let_in(tmp_path: Path, start_daemon: Start) -> None:
    (tmp_path / "users").write_text("")
    (tmp_path / "secret").write_text("soft\n")
    command = ["mosquitto_passwd", "-b", str(tmp_path / "users"), "treadmill", "soft"]
    subprocess.run(command, check=True, capture_output=True)
    (tmp_path / "users").chmod(0o644)
    broker = Mosquitto(tmp_path, f"allow_anonymous false\npassword_file {tmp_path / 'users'}\n")
    tmp_path.chmod(0o755)
    broker.start()
    secret = str(tmp_path / "secret")
    daemon = start_daemon(FeedSettings(port=broker.port, user="treadmill", password_file=secret))
    daemon.wait_connected()
    broker.kill()


def test_a_broker_is_trusted_by_its_certificate(tmp_path: Path, start_daemon: Start) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=gym"
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out"]
    subprocess.run([*command.split(), *names, str(certificate)], check=True, capture_output=True)
    rules = f"allow_anonymous true\ncertfile {certificate}\nkeyfile {key}\n"
    broker = Mosquitto(tmp_path, rules)
    broker.start()
    daemon = start_daemon(FeedSettings(port=broker.port, ca_file=str(certificate)))
    daemon.wait_connected()
    broker.kill()


def test_a_broker_that_speaks_only_the_older_version_is_found_out(
    broker_settings: BrokerSettings,
    embedded: EmbeddedBroker,
    listen: Callable[..., Listener],
    start_daemon: Start,
) -> None:
    listener = listen(broker_settings.port)
    daemon = start_daemon(FeedSettings(port=broker_settings.port, protocol="auto"))
    daemon.wait_connected()
    daemon.publish(a_session())
    run(daemon, 1, 2)
    listener.wait_for("record/step", 2)


def test_an_embedded_broker_that_died_is_told_again_what_is_retained(
    broker_settings: BrokerSettings,
    embedded: EmbeddedBroker,
    listen: Callable[..., Listener],
    start_daemon: Start,
) -> None:
    daemon = start_daemon(FeedSettings(port=broker_settings.port, protocol="3.1.1"))
    daemon.wait_connected()
    daemon.publish(a_session(left=Means(n=3)))
    run(daemon, 1, 2)
    wait_until(lambda: daemon.feed.backlog == 0, "the backlog's end")
    embedded._end()
    wait_until(lambda: daemon.feed.state == "away", "the loss")
    embedded.start()
    listener = listen(broker_settings.port)
    assert listener.wait_for("status")[0].payload == b"online"
    session = listener.wait_for("record/session")[0].json()
    assert session["session"] == "s1"
    assert session.keys() >= set(Session.__struct_fields__)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (FeedSettings(user="a", password_file="/nowhere"), r"password_file: /nowhere"),
        (FeedSettings(ca_file="/nowhere"), r"\[feed\] ca_file: /nowhere: No such file"),
        (FeedSettings(ca_file=__file__), r"\[feed\] ca_file: .* not the PEM file"),
        (FeedSettings(certificate_file="/a"), r"\[feed\] certificate_file needs ca_file"),
    ],
)
def test_a_file_that_is_missing_is_named(settings: FeedSettings, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        check(settings)
