"""softshoe.toml → frozen structs. Every mistake in it is told at once, each with its line.

An unknown key is a mistake, because a key that nobody reads is a setting that does not work.
"""

import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from softshoe.errors import ConfigError
from softshoe.settings import (
    BeltSettings,
    BrokerSettings,
    ButtonSettings,
    BuzzerSettings,
    CoachSettings,
    DeviceSettings,
    FeedSettings,
    LampSettings,
    RunnerSettings,
    SessionSettings,
    SourceSettings,
    StoreSettings,
    WallSettings,
    WebSettings,
)

_LARGEST_FILE = 64 * 1024


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings, one field for each table of the file."""

    device: DeviceSettings = DeviceSettings()
    runner: RunnerSettings = RunnerSettings()
    source: SourceSettings = SourceSettings()
    belt: BeltSettings = BeltSettings()
    lamps: LampSettings = LampSettings()
    buzzer: BuzzerSettings = BuzzerSettings()
    button: ButtonSettings = ButtonSettings()
    session: SessionSettings = SessionSettings()
    coach: CoachSettings = CoachSettings()
    store: StoreSettings = StoreSettings()
    broker: BrokerSettings = BrokerSettings()
    feed: FeedSettings = FeedSettings()
    web: WebSettings = WebSettings()
    wall: WallSettings = WallSettings()


class Problem(Struct, frozen=True):
    """What is wrong with one key of one table, or of one entry of a list of tables."""

    table: str
    key: str | None
    text: str
    entry: int | None = None


def load(path: Path) -> Config:
    """Read a configuration; raises ConfigError with a line for each problem."""
    text = _read(path)
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: {_why_not_toml(error)}") from None
    problems = sorted(_problems(tables), key=lambda problem: find_line(text, problem))
    if problems:
        raise ConfigError("\n".join(_describe(path, text, problem) for problem in problems))
    return msgspec.convert(tables, Config)


def _read(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{path}: {error.strerror or error}; name another with --config"
        ) from None
    if len(raw) > _LARGEST_FILE:
        raise ConfigError(f"{path}: {len(raw)} bytes are too many for a configuration")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}: not UTF-8 text; save the file as UTF-8") from None


def _why_not_toml(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "not TOML that a person writes: nested too deeply"
    return f"not TOML: {_one_line(str(error))}"


def _problems(tables: dict[str, object]) -> Iterator[Problem]:
    known = {field.name: field.type for field in msgspec.structs.fields(Config)}
    for name, table in tables.items():
        if name not in known:
            yield Problem(name, None, _unknown("table", name, known))
        elif not isinstance(table, dict):
            yield Problem(name, None, f"{name}: must be a table, [{name}]")
        else:
            yield from _problems_of_table(name, table, known[name])


def _problems_of_table(
    name: str, table: dict[str, object], settings: type[Struct]
) -> Iterator[Problem]:
    known = {field.encode_name: field.type for field in msgspec.structs.fields(settings)}
    wrong = False
    for key, value in table.items():
        for problem in _problems_of_key(name, key, value, known):
            wrong = True
            yield problem
    if not wrong:
        yield from _wrong_together(name, table, settings)


def _problems_of_key(
    name: str, key: str, value: object, known: dict[str, type]
) -> Iterator[Problem]:
    entries = _entries(known.get(key))
    if entries and isinstance(value, list) and all(isinstance(each, dict) for each in value):
        for number, entry in enumerate(value):
            for problem in _problems_of_table(f"{name}.{key}", entry, entries):
                yield replace(problem, entry=number)
    elif text := _wrong(key, value, known):
        yield Problem(name, key, text)


def _entries(kind: type | None) -> type[Struct] | None:
    """What a list of tables consists of."""
    inner = next(iter(get_args(kind)), None)
    return inner if isinstance(inner, type) and issubclass(inner, Struct) else None


def _wrong(key: str, value: object, known: dict[str, type]) -> str | None:
    if key not in known:
        return _unknown("key", key, known)
    if isinstance(value, float) and not isfinite(value):
        return f"{key}: must be a finite number"
    try:
        msgspec.convert(value, known[key])
    except msgspec.ValidationError as error:
        choices = get_args(known[key]) if isinstance(value, str) else ()
        if choices and all(isinstance(choice, str) for choice in choices):
            return f"{key}: must be one of {', '.join(choices)}"
        return f"{key}: {_plain(str(error))}"
    return None


def _wrong_together(
    name: str, table: dict[str, object], settings: type[Struct]
) -> Iterator[Problem]:
    """What a struct's own check says when each key alone is right, or one is missing."""
    try:
        msgspec.convert(table, settings)
    except msgspec.ValidationError as error:
        yield Problem(name, None, f"[{name}]: {_plain(str(error))}")


def _unknown(what: str, name: str, known: dict[str, type]) -> str:
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
    return f"unknown {what} {_one_line(name)}; {hint}"


def _plain(text: str) -> str:
    """What msgspec says, in the words of somebody who writes the file."""
    words = {
        "float": "a number",
        "int": "a whole number",
        "str": "text",
        "bool": "true or false",
        "array": "a list",
        "object": "a table",
        "null": "nothing",
    }
    text = text.partition(" - at `")[0]
    text = re.sub(r"`([a-z |]+)`", lambda names: _types(names[1], words), text)
    text = re.sub(r"matching regex '\^(.*?)(?:\\\\Z|\$)'", r"of the form \1", text)
    return _one_line(text[:1].lower() + text[1:])


def _types(names: str, words: dict[str, str]) -> str:
    known = [words.get(name, name) for name in names.split(" | ") if name != "null"]
    return " or ".join(known or ["nothing"])


def _one_line(text: str) -> str:
    """Without line breaks and control characters, and not longer than a line."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:200]


def _describe(path: Path, text: str, problem: Problem) -> str:
    return f"{path}:{find_line(text, problem)}: {problem.text}"


def find_line(text: str, problem: Problem) -> int:
    """The line that a problem is about: its key below its table's header, or the header."""
    if problem.entry is not None:
        return _find_line_of_entry(text, problem, problem.entry)
    table: list[str] = []
    header = 1
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("["):
            table = _path(line.strip().lstrip("[").partition("]")[0])
            header = number if table[:1] == [problem.table] else header
        elif "=" in line and _sets(line, table, problem):
            return number
    return header


def _find_line_of_entry(text: str, problem: Problem, entry: int) -> int:
    header, seen = None, -1
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("["):
            is_one = line.lstrip("[ \t").partition("]")[0].strip() == problem.table
            seen += is_one
            header = number if is_one and seen == entry else header
        elif seen == entry and _path(line.partition("=")[0]) == [problem.key]:
            return number
    parent, _, key = problem.table.rpartition(".")
    return header or find_line(text, Problem(parent, key, problem.text))


def _sets(line: str, table: list[str], problem: Problem) -> bool:
    path = [*table, *_path(line.partition("=")[0])]
    if problem.key is None:
        return not table and path[0] == problem.table
    return path[:2] == [problem.table, problem.key]


def _path(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]
