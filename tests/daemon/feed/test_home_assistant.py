"""What Home Assistant is told, held to the rules that it publishes for such messages.

The rules were read in its documentation of MQTT discovery and in the schemas of its MQTT
integration; Home Assistant itself is not installed here.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from tests.daemon.feed.brokers import Daemon, Listener, Mosquitto, wait_until
from tests.daemon.feed.test_messages import ABOUT, HEALTH, STATE

from softshoe.events import Health, SourceHealth
from softshoe.feed.contract import SENT
from softshoe.feed.home_assistant import BIRTH, discovery, discovery_topic
from softshoe.feed.messages import encode
from softshoe.settings import FeedSettings

MESSAGE = discovery("treadmill", ABOUT)
COMPONENTS: dict[str, dict[str, Any]] = MESSAGE["components"]
TOPIC = re.compile(r"homeassistant/device/(?:[a-zA-Z0-9_-]+/)?[a-zA-Z0-9_-]+/config")
DEVICE_KEYS = {"identifiers", "name", "manufacturer", "model", "sw_version"}
SHARED_KEYS = {
    "availability_topic",
    "payload_available",
    "payload_not_available",
    "state_topic",
}
ENTITY_KEYS = {
    "platform",
    "unique_id",
    "name",
    "device_class",
    "entity_category",
    "state_topic",
    "value_template",
}
KEYS = {
    "sensor": ENTITY_KEYS | {"unit_of_measurement", "state_class", "expire_after", "options"},
    "binary_sensor": ENTITY_KEYS,
}
UNITS = {
    "duration": {"d", "h", "min", "s", "ms"},
    "speed": {"m/s", "km/h", "mph", "ft/s"},
    "distance": {"km", "m", "cm", "mm", "mi", "yd", "ft"},
}


def test_the_message_is_the_one_that_was_looked_at() -> None:
    assert json.loads((Path(__file__).parent / "home_assistant.json").read_text()) == MESSAGE


def test_the_message_is_one_that_it_takes() -> None:
    assert TOPIC.fullmatch(discovery_topic("treadmill"))
    assert set(MESSAGE) == {"device", "origin", "components", *SHARED_KEYS}
    assert MESSAGE["device"]["identifiers"]
    assert set(MESSAGE["device"]) <= DEVICE_KEYS
    assert MESSAGE["origin"]["name"]
    topics = {topic.of("treadmill"): topic for topic in SENT}
    assert topics[MESSAGE["availability_topic"]].retain


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_entity_is_one_that_it_takes(name: str) -> None:
    entity = COMPONENTS[name]
    assert set(entity) <= KEYS[entity["platform"]]
    assert entity["unique_id"] == f"softshoe-treadmill-{name}"
    topic = entity.get("state_topic", MESSAGE["state_topic"])
    assert {each.of("treadmill"): each for each in SENT}[topic].retain
    if entity.get("device_class") == "enum":
        assert "unit_of_measurement" not in entity
        assert "state_class" not in entity
    elif entity["platform"] == "sensor":
        assert entity["expire_after"] > 0
        allowed = UNITS.get(entity.get("device_class", ""), {entity["unit_of_measurement"]})
        assert entity["unit_of_measurement"] in allowed


def shown(name: str, event: Any) -> str:
    """What its template makes of a message."""
    value = json.loads(encode(event, None))
    template = Environment(autoescape=True).from_string(COMPONENTS[name]["value_template"])
    return template.render(value_json=value)


def test_templates_find_their_values() -> None:
    assert shown("cadence", STATE) == "171.4"
    assert shown("state", STATE) in COMPONENTS["state"]["options"]
    assert shown("steps", STATE) == "2"
    for name, entity in COMPONENTS.items():
        if "state_topic" not in entity:
            assert shown(name, STATE), "an unknown name would be empty"


def test_what_is_null_is_unknown() -> None:
    assert shown("contact_left", STATE) == "None", "the word that it takes for unknown"


def test_problems_are_told() -> None:
    assert shown("sensors", HEALTH) == "OFF"
    lost = Health(sources=(SourceHealth(name="deck", state="lost", nominal_rate_hz=1000.0),))
    assert shown("sensors", lost) == "ON"
    assert shown("disk", HEALTH) == "OFF"
    assert shown("disk", Health(disk="full")) == "ON"


def of_discovery(listener: Listener) -> list[bytes]:
    topic = discovery_topic("treadmill")
    return [each.payload for each in list(listener.messages) if each.topic == topic]


def test_it_is_told_at_once_and_when_it_starts_again(
    mosquitto: Mosquitto,
    listen: Callable[..., Listener],
    start_daemon: Callable[[FeedSettings], Daemon],
) -> None:
    mosquitto.start()
    listener = listen(mosquitto.port)
    daemon = start_daemon(FeedSettings(port=mosquitto.port))
    daemon.wait_connected()
    daemon.publish(ABOUT)
    wait_until(lambda: of_discovery(listener), "the first message")
    daemon.publish(ABOUT)
    listener.publish(BIRTH, b"online")
    wait_until(lambda: len(of_discovery(listener)) == 2, "the second")
    assert json.loads(of_discovery(listener)[1]) == MESSAGE


def test_one_setting_turns_it_off(
    mosquitto: Mosquitto,
    listen: Callable[..., Listener],
    start_daemon: Callable[[FeedSettings], Daemon],
) -> None:
    mosquitto.start()
    listener = listen(mosquitto.port)
    daemon = start_daemon(FeedSettings(port=mosquitto.port, home_assistant=False))
    daemon.wait_connected()
    daemon.publish(ABOUT)
    listener.publish(BIRTH, b"online")
    listener.wait_for("about")
    listener.send("cue", b"{}")
    wait_until(lambda: daemon.feed.refused == 1, "what came after the birth")
    assert of_discovery(listener) == []
