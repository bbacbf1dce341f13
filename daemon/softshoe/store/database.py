"""The database file: who may write it, how it is opened, and what if it is no database."""

import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from softshoe.errors import StoreError
from softshoe.store.tables import migrate

WRITE_WAIT_S = 1.0
READ_WAIT_S = 5.0
BESIDE_WAIT_S = 5.0
_NOT_A_DATABASE = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_log = logging.getLogger(__name__)


def open_for_writing(path: Path) -> Database:
    """The database, its tables up to date; an unreadable file is moved aside, never deleted."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _open(path)
    except sqlite3.DatabaseError as error:
        if primary_code(error) not in _NOT_A_DATABASE:
            raise StoreError(f"{path}: {error}") from error
        _move_aside(path)
        return open_for_writing(path)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error


def prepare(path: Path) -> None:
    """Make the file, or bring its tables up to date, unless a daemon does so already."""
    try:
        claimed = lock(path)
    except StoreError:
        if path.exists():
            return
        raise
    with claimed:
        open_for_writing(path).close()


@contextmanager
def changing(path: Path) -> Iterator[Database]:
    """One transaction on a connection of its own, beside the daemon's; on disk at its end."""
    try:
        connection = _connect(f"{path.absolute().as_uri()}?mode=rw", BESIDE_WAIT_S)
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield Database(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error


def _connect(where: Path | str, wait_s: float) -> sqlite3.Connection:
    """What was erased is overwritten, and what was committed is on disk."""
    uri = isinstance(where, str)
    connection = sqlite3.connect(where, timeout=wait_s, check_same_thread=False, uri=uri)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")  # no copy of a row in a file of its own
    except BaseException:
        connection.close()
        raise
    return connection


def _open(path: Path) -> Database:
    connection = _connect(path, WRITE_WAIT_S)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        database = Database(connection)
        migrate(database)
    except BaseException:
        connection.close()
        raise
    return database


def primary_code(error: sqlite3.Error) -> int | None:
    """SQLite's own number for what went wrong, without its details."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _move_aside(path: Path) -> None:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for suffix in ("", "-wal", "-shm"):
        file = path.with_name(path.name + suffix)
        if file.exists():
            file.rename(aside.with_name(aside.name + suffix))
    _log.error("%s cannot be read; it is kept as %s and a new one was started", path, aside)


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """A connection that only reads, and sees one moment of the database all along."""
    if not path.exists():
        raise StoreError(f"{path}: no runs are stored here")
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", timeout=READ_WAIT_S, uri=True
        )
        connection.text_factory = _readable
        try:
            database = Database(connection)
            with database.atomic():
                yield database
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error


def _readable(text: bytes) -> str:
    """Never an error: a text that is damaged is found by its checksum."""
    return text.decode("utf-8", "replace")


def lock(path: Path) -> IO[str]:
    """Claim ``path`` for this process until the returned file is closed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.with_name(path.name + ".lock").open("a+")
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        owner = file.read().strip()
        file.close()
        raise StoreError(f"{path} is written by the process {owner}: stop that one first") from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
