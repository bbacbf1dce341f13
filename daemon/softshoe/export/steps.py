"""Steps as a table: comma-separated, one JSON object a line, or Parquet."""

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from softshoe.errors import InputError
from softshoe.events import Step
from softshoe.export.replace import replacing
from softshoe.export.rows import COLUMNS, row

Format = Literal["csv", "jsonl", "parquet"]


def write_steps(steps: Sequence[Step], path: Path, format: Format) -> None:
    """Write one row a step to ``path``, replacing what stood there. Raises InputError."""
    with replacing(path) as draft:
        _WRITERS[format](steps, draft)


def _write_csv(steps: Iterable[Step], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(map(_cell, row(step).values()) for step in steps)


def _cell(value: object) -> object:
    """Empty for what is not known; a list as JSON."""
    if isinstance(value, list):
        return msgspec.json.encode(value).decode() if value else ""
    return "" if value is None else value


def _write_jsonl(steps: Iterable[Step], path: Path) -> None:
    path.write_bytes(msgspec.json.Encoder().encode_lines([row(step) for step in steps]))


def _write_parquet(steps: Iterable[Step], path: Path) -> None:
    try:
        from softshoe.export.parquet import write_parquet
    except ImportError as error:
        raise InputError(
            "--format parquet needs pyarrow: pip install 'softshoe[analysis]'"
        ) from error
    write_parquet([row(step) for step in steps], path)


_WRITERS: dict[Format, Callable[[Iterable[Step], Path], None]] = {
    "csv": _write_csv,
    "jsonl": _write_jsonl,
    "parquet": _write_parquet,
}
