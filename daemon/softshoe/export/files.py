"""A stored run as files to take home: which formats there are, and what each consists of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from softshoe.errors import InputError
from softshoe.events import Session, Step
from softshoe.export.csv_lines import csv_lines
from softshoe.export.rows import row
from softshoe.export.spans import Span
from softshoe.export.summary import QualityCount, encode_summary, stored_summary

Format = Literal["fit", "report", "csv", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


class File(Struct, frozen=True, eq=False):
    """A file's name and its bytes, made while they are taken."""

    name: str
    media_type: str
    chunks: Iterator[bytes]


FilesOfRun = Callable[[Session, Iterable[Step], Sequence[Span]], Iterator[File]]


def files_of(format: Format) -> FilesOfRun:
    """What makes a run's files; each must be taken whole before the next. InputError says what
    to install when this machine cannot write the format."""
    makers: dict[Format, Callable[[], FilesOfRun]] = {
        "fit": _fit_maker,
        "csv": lambda: _csv_files,
        "report": _report_maker,
        "json": lambda: _json_files,
    }
    return makers[format]()


def _csv_files(session: Session, steps: Iterable[Step], windows: Sequence[Span]) -> Iterator[File]:
    """The table of steps, and beside it what it rests on: as `softshoe analyze` writes them."""
    count = QualityCount()
    rows = (row(step) for step in count.counted(steps))
    lines = (line.encode() for line in csv_lines(rows))
    yield File(f"{session.session}.steps.csv", "text/csv; charset=utf-8", lines)
    summary = encode_summary(stored_summary(session, count))
    yield File(f"{session.session}.summary.json", "application/json", iter([summary]))


def _json_files(session: Session, steps: Iterable[Step], windows: Sequence[Span]) -> Iterator[File]:
    chunks = _json_chunks(session, steps, windows)
    yield File(f"{session.session}.json", "application/json", chunks)


def _json_chunks(
    session: Session, steps: Iterable[Step], windows: Sequence[Span]
) -> Iterator[bytes]:
    """One object; the summary stands last, as it counts the steps."""
    count, separator = QualityCount(), b""
    yield b'{"windows":' + msgspec.json.encode(windows) + b',\n"steps":['
    for step in count.counted(steps):
        yield separator + b"\n" + msgspec.json.encode(row(step))
        separator = b","
    yield b'],\n"summary":' + encode_summary(stored_summary(session, count)) + b"}\n"


def _fit_maker() -> FilesOfRun:
    try:
        from softshoe.export.fit import fit_chunks
    except ImportError as error:
        raise InputError("FIT needs fit-tool: pip install 'softshoe[fit]'") from error

    def files(session: Session, steps: Iterable[Step], windows: Sequence[Span]) -> Iterator[File]:
        chunks = fit_chunks(session, steps, windows)
        yield File(f"{session.session}.fit", "application/vnd.ant.fit", chunks)

    return files


def _report_maker() -> FilesOfRun:
    from softshoe.export.report import report_page  # loads a template engine

    def files(session: Session, steps: Iterable[Step], windows: Sequence[Span]) -> Iterator[File]:
        page = (report_page(session, steps, windows).encode() for _ in range(1))
        yield File(f"{session.session}.html", "text/html; charset=utf-8", page)

    return files
