from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.daemon.feed.brokers import Daemon, Listener, Mosquitto, free_port

from softshoe.feed.broker import EmbeddedBroker
from softshoe.settings import BrokerSettings, FeedSettings


@pytest.fixture
def mosquitto(tmp_path: Path) -> Iterator[Mosquitto]:
    """Not started yet."""
    broker = Mosquitto(tmp_path)
    yield broker
    broker.kill()


@pytest.fixture
def broker_settings() -> BrokerSettings:
    return BrokerSettings(port=free_port(), websocket_port=free_port())


@pytest.fixture
def embedded(broker_settings: BrokerSettings) -> Iterator[EmbeddedBroker]:
    broker = EmbeddedBroker(broker_settings)
    broker.start()
    yield broker
    broker.close()


@pytest.fixture
def listen() -> Iterator[Callable[..., Listener]]:
    listeners: list[Listener] = []

    def listening(
        port: int, transport: str = "tcp", five: bool = False, durable: bool = False
    ) -> Listener:
        listeners.append(Listener(port, transport, five, durable))
        return listeners[-1]

    yield listening
    for listener in listeners:
        listener.close()


@pytest.fixture
def start_daemon(tmp_path: Path) -> Iterator[Callable[[FeedSettings], Daemon]]:
    daemons: list[Daemon] = []

    def started(settings: FeedSettings) -> Daemon:
        daemons.append(Daemon(tmp_path / "softshoe.db", settings))
        return daemons[-1]

    yield started
    for daemon in daemons:
        daemon.close()
