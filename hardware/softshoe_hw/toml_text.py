"""Writes a sidecar as TOML, which Python can read but not write."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from softshoe_hw.sidecar import Sidecar


def toml_text(sidecar: Sidecar) -> str:
    """What is known of it; what is not is left out."""
    content = _known(msgspec.to_builtins(sidecar))
    return "\n".join(_table(content, ())).lstrip("\n") + "\n"


def _known(value: Any) -> Any:
    """Without nulls, and without tables and lists that have nothing in them."""
    if isinstance(value, dict):
        known = {key: _known(item) for key, item in value.items()}
        return {key: item for key, item in known.items() if item not in (None, {}, [])}
    if isinstance(value, list | tuple):
        return [_known(item) for item in value]
    return value


def _table(table: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Its own keys first, then the tables in it, each under its full name."""
    for key, value in table.items():
        if not _is_tables(value):
            yield f"{key} = {_literal(value)}"
    for key, value in table.items():
        if not _is_tables(value):
            continue
        name = ".".join((*path, key))
        for inner in value if isinstance(value, list) else [value]:
            yield f"\n[[{name}]]" if isinstance(value, list) else f"\n[{name}]"
            yield from _table(inner, (*path, key))


def _is_tables(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], dict))


def _literal(value: Any) -> str:
    """JSON's spelling is TOML's too, but for one character that TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
