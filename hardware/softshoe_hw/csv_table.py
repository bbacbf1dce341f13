"""Reads a whole CSV of numbers at once, and says file and line of what is wrong with it.

The fast way lets numpy's own parser read everything; only when that fails are the lines walked
through, to name the first bad one.
"""

import gzip
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
from msgspec import Struct

from softshoe.errors import InputError
from softshoe.events import Array

_LARGEST_BYTES = 4 << 30
_LONGEST_HEADER = 1 << 20


class Table(Struct, frozen=True, eq=False):
    """Named columns of numbers; row i stands on line i + 2 of the file, NaN is an empty cell."""

    path: Path
    columns: tuple[str, ...]
    values: Array
    warnings: tuple[str, ...] = ()

    def column(self, name: str) -> Array:
        values: Array = self.values[:, self.columns.index(name)]
        return values

    def error(self, row: int, why: str) -> InputError:
        return InputError(f"{self.path}, line {row + 2}: {why}")


def read_table(path: Path) -> Table:
    """Read ``path`` (.csv or .csv.gz); InputError names file and line."""
    header, body = _header_and_body(path)
    if not body or body.isspace():
        raise InputError(f"{path}: empty, it has no rows of samples")
    columns = _columns(path, header.removeprefix(b"\xef\xbb\xbf"))
    body, warnings = _without_torn_line(path, body.replace(b"\r\n", b"\n"), len(columns))
    return Table(path, columns, _numbers(path, columns, body), warnings)


def _header_and_body(path: Path) -> tuple[bytes, bytes]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            header, body = file.readline(_LONGEST_HEADER), file.read(_LARGEST_BYTES)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except EOFError:
        raise InputError(f"{path}: the gzip file is cut short; copy it again") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{path}: not a sound gzip file ({error}); copy it again") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    if len(body) == _LARGEST_BYTES:
        raise InputError(f"{path}: larger than 4 GiB; cut it into parts")
    return header, body


def _columns(path: Path, header: bytes) -> tuple[str, ...]:
    try:
        names = tuple(name.strip().strip('"') for name in header.decode().split(","))
    except UnicodeDecodeError:
        raise InputError(f"{path}, line 1: not text; a CSV file is needed") from None
    if any(_is_number(name) for name in names):
        raise InputError(f"{path}, line 1: numbers where the columns' names should be")
    if len(names) == 1 and any(separator in names[0] for separator in ";\t"):
        raise InputError(f"{path}, line 1: columns must be separated by commas")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(f"{path}, line 1: column {twice!r} is there twice")
    return names


def _without_torn_line(path: Path, body: bytes, columns: int) -> tuple[bytes, tuple[str, ...]]:
    """Without the last line when writing it was interrupted: no end of line, and too few cells."""
    whole, _, last = body.rpartition(b"\n")
    if not last or last.count(b",") + 1 >= columns or not whole.strip():
        return body, ()
    line = whole.count(b"\n") + 3
    return whole, (f"{path}, line {line}: the last line is cut short and was left out",)


def _numbers(path: Path, columns: tuple[str, ...], body: bytes) -> Array:
    if not body.endswith(b"\n") or body.endswith(b"\n\n"):
        body = body.rstrip(b"\n") + b"\n"
    try:
        cells = BytesIO(_with_nan(body))
        values = np.loadtxt(cells, delimiter=",", comments=None, ndmin=2, encoding="utf-8")
    except (ValueError, UnicodeDecodeError):
        raise _first_bad_line(path, columns, body) from None
    if values.shape != (body.count(b"\n"), len(columns)):
        raise _first_bad_line(path, columns, body)
    return values


def _with_nan(body: bytes) -> bytes:
    """Empty cells spelled out; twice, because a comma ends one cell and begins the next."""
    spelled = body.replace(b",,", b",nan,").replace(b",,", b",nan,").replace(b",\n", b",nan\n")
    spelled = spelled.replace(b"\n,", b"\nnan,")
    return b"nan" + spelled if spelled.startswith(b",") else spelled


def _first_bad_line(path: Path, columns: tuple[str, ...], body: bytes) -> InputError:
    for line, row in enumerate(body.decode(errors="replace").split("\n")[:-1], start=2):
        cells = row.split(",")
        if not row.strip():
            return InputError(f"{path}, line {line}: an empty line among the samples")
        if len(cells) != len(columns):
            return InputError(f"{path}, line {line}: {len(cells)} cells for {len(columns)} columns")
        for name, cell in zip(columns, cells, strict=True):
            if cell and not _is_number(cell):
                return InputError(f"{path}, line {line}: {name} is {cell[:40]!r}, not a number")
    return InputError(f"{path}: not a CSV file of numbers")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return "_" not in text
