"""Every message of a short run, as a plain client receives it, from each kind of broker."""

import json
from collections.abc import Callable

import jsonschema
from tests.daemon.examples import CONVENTIONS, a_session, a_step
from tests.daemon.feed.brokers import Daemon, Listener, Way

from softshoe.coaching import Focus
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
FOCUS = Focus(
    skill="soft",
    t_s=70.0,
    phase="window",
    focus_run=1,
    planned_min=5,
    window=1,
    windows=5,
    left_s=50.0,
    total_s=300.0,
    done_s=10.0,
    on_target_s=6.0,
    counted_s=9.0,
    minute=("inside", *["to_come"] * 59),
    metric="valr13_bw_s",
    target=52.5,
)
STATE = LiveState(session="s1", state="running", steps=2, cadence_spm=171.4)


def a_short_run(daemon: Daemon) -> None:
    daemon.publish(ABOUT, HEALTH, a_session(), STATE, FOCUS)
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
