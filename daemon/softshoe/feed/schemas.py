"""The JSON Schema of every topic, generated from the types that travel.

`python -m softshoe.feed.schemas DIRECTORY` writes them to files.
"""

import json
import sys
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

from softshoe.feed.contract import TOPICS, VERSION, Topic

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ENVELOPE = {
    "v": {"const": VERSION},
    "at": {
        "description": "RFC 3339, UTC, milliseconds; null while the clock is not set",
        "anyOf": [
            {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"},
            {"type": "null"},
        ],
    },
}


def schema(topic: Topic) -> dict[str, Any]:
    """What a message of ``topic`` looks like. Every field that the device sends is always there."""
    body, parts = described(topic, "#/$defs/{name}")
    dialect = {"$schema": DIALECT, **body}
    return {**dialect, "$defs": parts} if parts else dialect


def described(topic: Topic, reference: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schema of ``topic``, and those of its parts by the names that ``reference`` refers to."""
    if topic.carries is None:
        return {"title": topic.path, "type": "string", "enum": ["online", "offline"]}, {}
    _, parts = msgspec.json.schema_components([topic.carries], ref_template=reference)
    body = {**parts.pop(topic.carries.__name__), "title": topic.path}
    body["description"] = cleandoc(body["description"])
    if not topic.inbound:
        body["properties"] = {**_ENVELOPE, **body["properties"]}
        body["required"] = list(body["properties"])
    if topic.moment:
        body["properties"]["moment"] = {"const": topic.moment}
    return body, {name: _complete(part) for name, part in parts.items()}


def _complete(part: dict[str, Any]) -> dict[str, Any]:
    """A nested object is sent with all its fields too."""
    told = cleandoc(part["description"])
    return {**part, "description": told, "required": list(part["properties"])}


def file_name(topic: Topic) -> str:
    return f"{topic.path.replace('/', '.')}.json"


def write(directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for topic in TOPICS:
        text = json.dumps(schema(topic), indent=2, ensure_ascii=False)
        (directory / file_name(topic)).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
