"""Keeping calibrations when no daemon runs: the file is opened, written and closed again."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from softshoe.calibrations import Calibration
from softshoe.errors import StoreError
from softshoe.store.database import lock, open_for_writing
from softshoe.store.journal import Journal


def keep(path: Path, calibrations: Iterable[Calibration]) -> None:
    """On disk when this returns. StoreError when the file is another process's or cannot be."""
    owned = lock(path)
    try:
        journal = Journal(open_for_writing(path))
        try:
            journal.commit(calibrations, journal.acknowledged)
        finally:
            journal.close()
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error
    finally:
        owned.close()
