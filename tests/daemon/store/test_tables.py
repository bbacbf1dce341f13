"""Tables come from an empty file or an older one, whole or not at all."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from softshoe.calibrations import Calibration
from softshoe.errors import StoreError
from softshoe.events import Session, Step
from softshoe.store.database import lock, open_for_writing, prepare
from softshoe.store.tables import CHANGES, migrate


def columns(db: Database, table: str) -> set[str]:
    return set(db.table(table).columns_dict)


def test_an_empty_file_gets_every_table(path: Path) -> None:
    db = open_for_writing(path)
    assert columns(db, "steps") == {"mark", *Step.__struct_fields__}
    assert columns(db, "sessions") == {"number", "mark", *Session.__struct_fields__}
    assert columns(db, "calibrations") == {"number", *Calibration.__struct_fields__}
    assert db.execute("PRAGMA user_version").fetchone() == (len(CHANGES),)
    db.close()


def test_the_disk_is_asked_to_keep_its_word(path: Path) -> None:
    db = open_for_writing(path)
    settings = ["journal_mode", "synchronous", "secure_delete"]
    assert [db.execute(f"PRAGMA {name}").fetchone()[0] for name in settings] == ["wal", 2, 1]
    db.close()


def test_a_field_that_is_new_becomes_a_column(path: Path) -> None:
    db = open_for_writing(path)
    db.execute("ALTER TABLE steps DROP COLUMN sway_mm")
    db.close()
    db = open_for_writing(path)
    assert "sway_mm" in columns(db, "steps")
    db.close()


def test_a_change_that_fails_leaves_nothing_behind() -> None:
    def broken(db: Database) -> None:
        db.table("blocks").drop()
        raise sqlite3.OperationalError("power cut")

    db = Database(memory=True)
    migrate(db)
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, (*CHANGES, broken))
    assert db.table("blocks").exists()
    assert db.execute("PRAGMA user_version").fetchone() == (len(CHANGES),)
    db.close()


def test_only_new_changes_are_made() -> None:
    def second(db: Database) -> None:
        db.table("diary").create({"text": str})

    db = Database(memory=True)
    migrate(db)
    migrate(db, (*CHANGES, second))
    migrate(db, (*CHANGES, second))
    assert db.execute("PRAGMA user_version").fetchone() == (len(CHANGES) + 1,)
    db.close()


def test_the_first_table_of_calibrations_gives_way(path: Path) -> None:
    db = Database(path)
    migrate(db, CHANGES[:1])
    db.execute("ALTER TABLE calibrations ADD COLUMN 'values' TEXT NOT NULL DEFAULT '{}'")
    db.close()
    db = open_for_writing(path)
    assert columns(db, "calibrations") == {"number", *Calibration.__struct_fields__}
    db.close()


def test_people_come_to_a_file_of_runs(path: Path) -> None:
    db = Database(path)
    migrate(db, CHANGES[:2])
    db.execute("INSERT INTO sessions (number, mark, session) VALUES (1, 1, 's1')")
    db.close()
    prepare(path)
    db = open_for_writing(path)
    assert db.execute("SELECT session, runner FROM sessions").fetchall() == [("s1", None)]
    assert db.table("runners").count == db.table("tablets").count == 0
    db.close()


def test_a_file_that_a_daemon_writes_is_not_prepared_again(path: Path) -> None:
    with lock(path):
        with pytest.raises(StoreError, match="stop that one first"):
            prepare(path)
        path.touch()
        prepare(path)
        assert path.stat().st_size == 0


def test_tables_of_a_newer_softshoe_are_refused(path: Path) -> None:
    db = open_for_writing(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreError, match=r"version 99.*update softshoe"):
        open_for_writing(path)
