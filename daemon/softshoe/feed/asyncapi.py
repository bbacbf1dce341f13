"""The contract as an AsyncAPI 3 document, made from the topics and the types that travel."""

from typing import Any

from softshoe.feed.contract import ANSWER, FRESH_S, OFFLINE, STATUS, TOPICS, VERSION, Topic
from softshoe.feed.schemas import described

_REFERENCE = "#/components/schemas/{name}"
_BINDING = "0.2.0"
_DEVICE = {"device": {"description": "Which treadmill: a-z, 0-9 and -, at most 32."}}


def document() -> dict[str, Any]:
    """Seen from the device: it sends what a coach receives."""
    bodies = {_name(topic): described(topic, _REFERENCE) for topic in TOPICS}
    parts = {name: part for _, found in bodies.values() for name, part in found.items()}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "softshoe: the coach's feed",
            "version": f"{VERSION}.0.0",
            "description": "Every footfall of a treadmill over MQTT, live and recorded.",
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {"broker": _server()},
        "channels": {_name(topic): _channel(topic) for topic in TOPICS},
        "operations": {_name(topic): _operation(topic) for topic in TOPICS},
        "components": {
            "messages": {
                _name(topic): _message(topic, bodies[_name(topic)][0]) for topic in TOPICS
            },
            "schemas": dict(sorted(parts.items())),
        },
    }


def _name(topic: Topic) -> str:
    return topic.path.replace("/", "-")


def _server() -> dict[str, Any]:
    will = {"topic": STATUS.of("{device}"), "qos": STATUS.qos, "retain": STATUS.retain}
    return {
        "host": "127.0.0.1:1883",
        "protocol": "mqtt",
        "description": "The embedded broker, MQTT 3.1.1. With any other MQTT 5, if it can.",
        "bindings": {
            "mqtt": {
                "clientId": "softshoe-{device}",
                "lastWill": {**will, "message": OFFLINE.decode()},
                "bindingVersion": _BINDING,
            }
        },
    }


def _channel(topic: Topic) -> dict[str, Any]:
    return {
        "address": topic.of("{device}"),
        "parameters": _DEVICE,
        "messages": {_name(topic): {"$ref": f"#/components/messages/{_name(topic)}"}},
    }


def _operation(topic: Topic) -> dict[str, Any]:
    binding: dict[str, Any] = {"qos": topic.qos, "retain": topic.retain}
    if topic.expires:
        binding["messageExpiryInterval"] = int(FRESH_S)
    operation: dict[str, Any] = {
        "action": "receive" if topic.inbound else "send",
        "channel": {"$ref": f"#/channels/{_name(topic)}"},
        "bindings": {"mqtt": {**binding, "bindingVersion": _BINDING}},
    }
    if topic.inbound:
        operation["reply"] = {"channel": {"$ref": f"#/channels/{_name(ANSWER)}"}}
    return operation


def _message(topic: Topic, payload: dict[str, Any]) -> dict[str, Any]:
    plain = {} if topic.carries else {"contentType": "text/plain"}
    return {"name": topic.path, "title": topic.path, **plain, "payload": payload}
