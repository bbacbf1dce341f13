"""Keeping calibrations when no daemon runs: the file is opened, written and closed again."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from softshoe.calibrations import Calibration
from softshoe.errors import StoreError
from softshoe.store.database import lock, open_for_writing
from softshoe.store.journal import Journal


class Keeper:
    """Writes to a file that is this process's own until `claimed` ends."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, calibrations: Iterable[Calibration]) -> None:
        """On disk when this returns. StoreError when the disk does not take it."""
        try:
            journal = Journal(open_for_writing(self._path))
            try:
                journal.commit(calibrations, journal.acknowledged)
            finally:
                journal.close()
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}") from error


@contextmanager
def claimed(path: Path) -> Iterator[Keeper]:
    """StoreError at once when another process writes ``path``: nobody is to calibrate in vain."""
    owned = lock(path)
    try:
        yield Keeper(path)
    finally:
        owned.close()
