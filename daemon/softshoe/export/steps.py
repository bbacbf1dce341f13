"""Steps as a table: comma-separated, one JSON object a line, or Parquet."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from softshoe.errors import InputError
from softshoe.events import Step
from softshoe.export.csv_lines import csv_lines
from softshoe.export.replace import replacing
from softshoe.export.rows import Row, row

Format = Literal["csv", "jsonl", "parquet"]
RowsWriter = Callable[[Sequence[Row], Path], None]
StepsWriter = Callable[[Sequence[Step], Path], None]


def steps_writer(format: Format) -> StepsWriter:
    """A function that writes one row a step to a path. InputError if this machine has none."""
    writers: dict[Format, RowsWriter] = {"csv": _write_csv, "jsonl": _write_jsonl}
    write_rows = writers.get(format) or _parquet_writer()

    def write_steps(steps: Sequence[Step], path: Path) -> None:
        with replacing(path) as draft:
            write_rows([row(step) for step in steps], draft)

    return write_steps


def _write_csv(rows: Sequence[Row], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        file.writelines(csv_lines(rows))


def _write_jsonl(rows: Sequence[Row], path: Path) -> None:
    path.write_bytes(msgspec.json.Encoder().encode_lines(rows))


def _parquet_writer() -> RowsWriter:
    try:
        from softshoe.export.parquet import write_parquet
    except ImportError as error:
        raise InputError(
            "--format parquet needs pyarrow: pip install 'softshoe[analysis]'"
        ) from error
    return write_parquet
