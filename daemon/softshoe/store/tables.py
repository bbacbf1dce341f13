"""What is stored, as numbered changes from an empty file to today's tables.

The columns of `steps`, `sessions` and `calibrations` follow the structs: a field that a struct
has gained becomes a column, null in what was stored before.
"""

from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from softshoe.calibrations import Calibration
from softshoe.errors import StoreError
from softshoe.events import Session, Step
from softshoe.store.rows import RowForm

STEPS = RowForm(Step)
SESSIONS = RowForm(Session)
CALIBRATIONS = RowForm(Calibration)
FORMS: dict[str, RowForm[Any]] = {
    "steps": STEPS,
    "sessions": SESSIONS,
    "calibrations": CALIBRATIONS,
}


def _first_tables(db: Database) -> None:
    db.table("steps").create({"mark": int, "session": str, "step": int}, pk="mark", strict=True)
    db.table("steps").create_index(["session", "step"], unique=True)
    db.table("sessions").create(
        {"number": int, "mark": int, "session": str}, pk="number", strict=True
    )
    db.table("sessions").create_index(["session"], unique=True)
    db.table("sessions").create_index(["mark"])
    db.table("calibrations").create({"number": int}, pk="number", strict=True)
    db.table("blocks").create(
        {
            "first_mark": int,
            "last_mark": int,
            "session": str,
            "first_step": int,
            "last_step": int,
            "first_s": float,
            "crc32": int,
        },
        pk="first_mark",
        strict=True,
    )
    db.table("blocks").create_index(["session", "last_step"])
    db.table("outbox").create({"name": str, "mark": int}, pk="name", strict=True)
    db.table("outbox").insert({"name": "broker", "mark": 0})


def _calibrations_by_kind_of_scale(db: Database) -> None:
    """The first form of this table was never filled: nothing could calibrate then."""
    db.table("calibrations").drop()
    db.table("calibrations").create({"number": int}, pk="number", strict=True)


def _people(db: Database) -> None:
    tables: tuple[tuple[str, str, dict[str, type]], ...] = (
        (
            "runners",
            "runner",
            {
                "runner": str,
                "name": str,
                "folded": str,
                "pin": str,
                "alias": str,
                "units": str,
                "coach": int,
                "created_at": str,
            },
        ),
        (
            "tablets",
            "tablet",
            {"tablet": str, "name": str, "scope": str, "token": str, "paired_at": str},
        ),
        ("codes", "code", {"code": str, "scope": str, "boot": str, "until_s": float}),
        ("machine", "name", {"name": str, "value": str}),
        ("notes", "session", {"session": str, "title": str, "note": str}),
        ("targets", "number", {"number": int, "runner": str, "target": str}),
    )
    for name, key, columns in tables:
        db.table(name).create(columns, pk=key, strict=True)
    for name, column, kind in (("focus_runs", "practised", str), ("ratings", "rating", int)):
        columns = {"session": str, "skill": str, column: kind}
        db.table(name).create(columns, pk=("session", "skill"), strict=True)
    db.table("runners").create_index(["folded"], unique=True)
    db.table("tablets").create_index(["token"], unique=True)
    db.table("targets").create_index(["runner"])


OF_A_SESSION = ("steps", "blocks", "notes", "focus_runs", "ratings", "sessions")
OF_A_RUNNER = ("runners", "targets")
"""What goes when a session, or a runner, is erased."""

CHANGES: tuple[Callable[[Database], None], ...] = (
    _first_tables,
    _calibrations_by_kind_of_scale,
    _people,
)


def migrate(db: Database, changes: tuple[Callable[[Database], None], ...] = CHANGES) -> None:
    """Bring the tables up to date, each change whole or not at all."""
    done = db.execute("PRAGMA user_version").fetchone()[0]
    if done > len(changes):
        raise StoreError(
            f"the database has tables of version {done}, this softshoe knows {len(changes)}: "
            "update softshoe, or give another file"
        )
    for number, change in enumerate(changes[done:], start=done + 1):
        with db.atomic():
            change(db)
            db.execute(f"PRAGMA user_version = {number}")
    _follow_the_structs(db)


def _follow_the_structs(db: Database) -> None:
    with db.atomic():
        for table, form in FORMS.items():
            missing = form.columns.keys() - db.table(table).columns_dict.keys()
            for name in (name for name in form.columns if name in missing):
                db.table(table).add_column(name, form.columns[name])
