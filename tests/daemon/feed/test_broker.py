"""The embedded broker: on loopback, ended with its parent, started again when it dies."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable

import psutil
import pytest
from tests.daemon.feed.brokers import Listener, free_port, listens, wait_until

from softshoe.errors import InputError
from softshoe.feed.broker import EmbeddedBroker
from softshoe.settings import BrokerSettings

HOLD_A_BROKER = """
import sys, time
from softshoe.feed.broker import EmbeddedBroker
from softshoe.settings import BrokerSettings
broker = EmbeddedBroker(BrokerSettings(port=int(sys.argv[1]), websocket_port=0))
broker.start()
print(broker.pid, flush=True)
time.sleep(60)
"""


def test_it_listens_on_loopback_only(
    embedded: EmbeddedBroker, broker_settings: BrokerSettings
) -> None:
    listening = psutil.Process(embedded.pid).net_connections(kind="tcp")
    addresses = {tuple(one.laddr) for one in listening if one.status == psutil.CONN_LISTEN}
    ports = (broker_settings.port, broker_settings.websocket_port)
    assert addresses == {("127.0.0.1", port) for port in ports}


def test_a_taken_port_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port} is in use"):
            EmbeddedBroker(BrokerSettings(port=port)).start()


def test_its_ports_are_free_when_it_is_closed(broker_settings: BrokerSettings) -> None:
    for _ in range(2):
        broker = EmbeddedBroker(broker_settings)
        broker.start()
        broker.close()
    assert not listens(broker_settings.port)


def test_it_does_without_web_sockets(listen: Callable[..., Listener]) -> None:
    broker = EmbeddedBroker(BrokerSettings(port=free_port(), websocket_port=0))
    broker.start()
    assert len(psutil.Process(broker.pid).net_connections(kind="tcp")) == 1
    broker.close()


def test_it_is_started_again_when_it_dies(
    embedded: EmbeddedBroker, broker_settings: BrokerSettings
) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=embedded.run, args=[stop])
    thread.start()
    first = embedded.pid
    assert first
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: embedded.restarts == 1 and listens(broker_settings.port), "its return")
    assert embedded.pid != first
    stop.set()
    thread.join()
    assert listens(broker_settings.port), "it lives until it is closed"


def test_it_ends_with_its_parent() -> None:
    command = [sys.executable, "-c", HOLD_A_BROKER, str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        broker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    wait_until(lambda: not broker.is_running(), "the broker's end")


def test_an_interrupt_from_the_keyboard_is_left_to_the_daemon(
    embedded: EmbeddedBroker, listen: Callable[..., Listener], broker_settings: BrokerSettings
) -> None:
    assert embedded.pid
    os.kill(embedded.pid, signal.SIGINT)
    listen(broker_settings.port)
    assert psutil.Process(embedded.pid).is_running()
