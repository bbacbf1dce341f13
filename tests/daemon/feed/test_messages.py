"""Every message of a short run, as a plain client receives it, from each kind of broker."""

import json
from collections.abc import Callable

import jsonschema
import pytest
from msgspec import Struct
from tests.daemon.examples import CONVENTIONS, a_session, a_step
from tests.daemon.feed.brokers import Daemon, Listener, Mosquitto

from softshoe.events import About, Health, LiveState, SourceHealth
from softshoe.feed.broker import EmbeddedBroker, feed_to
from softshoe.feed.contract import ANSWER, SENT
from softshoe.feed.schemas import schema
from softshoe.settings import BrokerSettings, FeedSettings

ABOUT = About(
    device="treadmill",
    version="0.1.0",
    rig="deck4",
    channels={"deck": ("fl", "fr", "rl", "rr")},
    rate_hz={"deck": 1000.0},
    conventions=CONVENTIONS,
    schema="/schemas",
)
HEALTH = Health(sources=(SourceHealth(name="deck", state="live", nominal_rate_hz=1000.0),))
STATE = LiveState(session="s1", state="running", steps=2, cadence_spm=171.4)


class Way(Struct):
    """The settings of the feed, and how to listen at the same broker."""

    settings: FeedSettings
    listen: Callable[[], Listener]
    keeps_qos: bool
    """The embedded broker delivers everything with the QoS of the subscription."""


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


def a_short_run(daemon: Daemon) -> None:
    daemon.publish(ABOUT, HEALTH, a_session(), STATE)
    for number in (1, 2):
        for moment in ("landing", "live", "final"):
            daemon.publish(a_step(number, moment=moment))
    daemon.publish(a_session(state="closed", steps=2, ended_at="2026-03-01T09:00:01.000Z"))


def test_every_message_of_a_run_fits_its_schema(
    way: Way, start_daemon: Callable[[FeedSettings], Daemon]
) -> None:
    listener = way.listen()
    daemon = start_daemon(way.settings)
    daemon.wait_connected()
    a_short_run(daemon)
    listener.wait_for("record/step", 2)
    listener.wait_for("record/session", 1)
    daemon.close()
    listener.wait_for("status", 2)
    for topic in set(SENT) - {ANSWER}:
        messages = listener.of(topic.path)
        assert messages, f"nothing on {topic.path}"
        assert {message.qos for message in messages} == {topic.qos if way.keeps_qos else 1}
        if topic.carries:
            for message in messages:
                jsonschema.validate(message.json(), schema(topic))
    assert [m.payload for m in listener.of("status")] == [b"online", b"offline"]
    assert [m.json()["step"] for m in listener.of("record/step")] == [1, 2]
    assert [m.json()["step"] for m in listener.of("live/step")] == [1, 2]
    assert listener.of("record/session")[-1].json()["state"] == "closed"
    assert listener.of("record/step")[1].json()["at"] == "2026-03-01T09:00:00.700Z"


def test_a_newcomer_is_told_what_is_retained(
    way: Way, start_daemon: Callable[[FeedSettings], Daemon]
) -> None:
    first = way.listen()
    daemon = start_daemon(way.settings)
    daemon.wait_connected()
    a_short_run(daemon)
    first.wait_for("record/session", 1)
    first.wait_for("record/step", 2)
    first.wait_for("live/state")
    late = way.listen()
    for topic in SENT:
        if topic.retain:
            assert late.wait_for(topic.path)[0].retained, topic.path
    assert not late.of("live/step")
    assert not late.of("record/step")


def test_the_embedded_broker_serves_web_sockets_too(
    broker_settings: BrokerSettings,
    embedded: EmbeddedBroker,
    listen: Callable[..., Listener],
    start_daemon: Callable[[FeedSettings], Daemon],
) -> None:
    listener = listen(broker_settings.websocket_port, transport="websockets")
    daemon = start_daemon(feed_to(broker_settings, FeedSettings()))
    daemon.wait_connected()
    a_short_run(daemon)
    assert [json.loads(m.payload)["step"] for m in listener.wait_for("record/step", 2)] == [1, 2]
