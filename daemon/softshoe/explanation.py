"""Says what is wrong with JSON from outside, in our own words: nothing of it is repeated."""

import re
from typing import Any

import msgspec
from msgspec import Struct


def explain(kind: type[Struct], error: str) -> str:
    """What to send instead, naming the field that was wrong; ``error`` is what msgspec says."""
    fields = _fields(kind)
    wrong = re.search(r" - at `\$\.(\w+)", error)
    if wrong and wrong[1] in fields:
        return f"{wrong[1]}: {_told(fields[wrong[1]]) or 'not of the right kind'}."
    missing = re.search(r"missing required field `(\w+)`", error)
    if missing and missing[1] in fields:
        return f"{missing[1]} is missing: {_told(fields[missing[1]]) or 'say it'}."
    known = ", ".join(fields) or "nothing"
    return f"The body must be a JSON object of these fields and no other: {known}."


def _told(field: dict[str, Any]) -> str | None:
    """The description of a field, or of the part of it that is not null."""
    parts = (field, *field.get("anyOf", ()))
    return next((part["description"] for part in parts if "description" in part), None)


def _fields(kind: type[Struct]) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.schema(kind)["$defs"][kind.__name__]["properties"]
    return found
