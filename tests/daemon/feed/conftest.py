from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.daemon.feed.brokers import Daemon, Listener, Mosquitto, Way, free_port

from softshoe.feed.broker import EmbeddedBroker, feed_to
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


@pytest.fixture(params=["embedded", "mosquitto 5", "mosquitto 3.1.1", "mosquitto auto"])
def way(request: pytest.FixtureRequest, listen: Callable[..., Listener]) -> Way:
    broker, _, protocol = request.param.partition(" ")
    if broker == "embedded":
        settings: BrokerSettings = request.getfixturevalue("broker_settings")
        request.getfixturevalue("embedded")
        return Way(feed_to(settings, FeedSettings()), lambda: listen(settings.port), False)
    mosquitto: Mosquitto = request.getfixturevalue("mosquitto")
    mosquitto.start()
    five = protocol != "3.1.1"
    feed = FeedSettings(port=mosquitto.port, protocol=protocol)
    return Way(feed, lambda: listen(mosquitto.port, five=five), True)


@pytest.fixture
def start_daemon(tmp_path: Path) -> Iterator[Callable[[FeedSettings], Daemon]]:
    daemons: list[Daemon] = []

    def started(settings: FeedSettings) -> Daemon:
        daemons.append(Daemon(tmp_path / "softshoe.db", settings))
        return daemons[-1]

    yield started
    for daemon in daemons:
        daemon.close()
