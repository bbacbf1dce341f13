"""`python -m tests.daemon.feed.write_papers`: the papers on the contract anew, from the code."""

import ast
import json
from inspect import cleandoc, getsource
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

from softshoe import coaching, events
from softshoe.feed import schemas
from softshoe.feed.asyncapi import document
from softshoe.feed.contract import TOPICS, Topic
from softshoe.feed.schemas import schema

DAEMON = Path(__file__).parents[3] / "daemon"
SCHEMAS = DAEMON / "softshoe" / "feed" / "schemas"
ASYNCAPI = DAEMON / "asyncapi.json"
PAGE = DAEMON / "mqtt.md"
HEAD = """\
# The topics, field by field

Written by `python -m tests.daemon.feed.write_papers`, like [asyncapi.json](asyncapi.json), which
says the same to programs, as an AsyncAPI 3 document. What the topics are for and how they are sent
stands in [the feed's README](softshoe/feed/README.md); how to begin, in
[subscribe.md](subscribe.md). All of them are below `softshoe/<device>/`. `null` means that this rig
cannot know. The numbers of a step are defined in [README.md](README.md), "Each number".
"""


TYPES = {**vars(events), **vars(coaching)}


def asyncapi() -> str:
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def page() -> str:
    return HEAD + "".join(_topic(topic) for topic in TOPICS) + _parts()


def _topic(topic: Topic) -> str:
    found = schema(topic)
    way = "to the device" if topic.inbound else "from the device"
    retained = "retained" if topic.retain else "not retained"
    head = f"\n## `{topic.path}`\n\n{way.capitalize()}, QoS {topic.qos}, {retained}. "
    if topic.carries is None:
        return f"{head}Plain text: `online` or `offline`.\n"
    return head + _one_line(found["description"]) + "\n\n" + _table(found, topic.carries)


def _one_line(text: str) -> str:
    return " ".join(cleandoc(text).replace("``", "`").split())


def _remarks(kind: type) -> dict[str, str]:
    """What stands below the fields of a type in its source."""
    (struct,) = ast.parse(dedent(getsource(kind))).body
    assert isinstance(struct, ast.ClassDef)
    remarks = {}
    for field, below in pairwise(struct.body):
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
            remarks[ast.unparse(field.target)] = _one_line(ast.literal_eval(below.value))
    return remarks


def _table(found: dict[str, Any], kind: type) -> str:
    required, remarks = found.get("required", []), _remarks(kind)
    rows = "".join(
        f"| `{name}` | {_kind(field)}{'' if name in required else ', may be left out'} "
        f"| {field.get('description', remarks.get(name, ''))} |\n"
        for name, field in found["properties"].items()
    )
    return f"| field | is | |\n|---|---|---|\n{rows}"


def _kind(field: dict[str, Any]) -> str:
    """What may stand there, in words."""
    if "anyOf" in field:
        return " or ".join(_kind(each) for each in field["anyOf"])
    if "const" in field or "enum" in field:
        values = field.get("enum", [field.get("const")])
        return ", ".join("null" if value is None else f"`{value}`" for value in values)
    if "$ref" in field:
        return f"[{_part(field)}](#{_part(field).lower()})"
    if field["type"] == "array":
        items = field.get("items") or field.get("prefixItems", [{}])[0]
        return f"list of {_kind(items)}" if items else "list"
    if field["type"] == "object":
        return f"object of {_kind(field['additionalProperties'])} by name"
    return {"string": "text", "integer": "whole number"}.get(field["type"], field["type"])


def _part(field: dict[str, Any]) -> str:
    return str(field["$ref"]).rpartition("/")[2]


def _parts() -> str:
    parts: dict[str, Any] = {}
    for topic in TOPICS:
        parts |= schema(topic).get("$defs", {})
    return "".join(
        f"\n## {name}\n\n{_one_line(part['description'])}\n\n{_table(part, TYPES[name])}"
        for name, part in sorted(parts.items())
    )


if __name__ == "__main__":
    schemas.write(SCHEMAS)
    ASYNCAPI.write_text(asyncapi(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
