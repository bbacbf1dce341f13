"""Rows of steps as comma-separated lines."""

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec

from softshoe.export.rows import COLUMNS, Row


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """The table line by line, its heading first; it never holds more than one row."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(COLUMNS)
    yield line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow(map(_cell, row.values()))
        yield line.getvalue()


def _cell(value: object) -> object:
    """Empty for what is not known; a list as JSON."""
    if isinstance(value, list):
        return msgspec.json.encode(value).decode() if value else ""
    return "" if value is None else value
