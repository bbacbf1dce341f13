"""Runners: a name and a PIN at this machine, and what they chose."""

import secrets
import sqlite3
import unicodedata
from pathlib import Path

import msgspec

from softshoe.clock import Clock, now
from softshoe.people import Runner
from softshoe.store.database import changing, reading
from softshoe.store.hashing import is_hash_of, slow_hash

_FIELDS = ", ".join(Runner.__struct_fields__)
_NOBODY = slow_hash(secrets.token_hex())


class Runners:
    """From any thread; every method may raise StoreError."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def all(self) -> list[Runner]:
        """By name."""
        return self._where("1 ORDER BY folded", ())

    def of_key(self, runner: str) -> Runner | None:
        return next(iter(self._where("runner = ?", (runner,))), None)

    def of_coach(self) -> list[Runner]:
        """Those who let coaches see their runs."""
        return self._where("coach ORDER BY folded", ())

    def with_pin(self, name: str, pin: str) -> Runner | None:
        """Who this is; None, after the same time, when the name or the PIN is another's."""
        with reading(self._path) as db:
            found = db.execute(
                "SELECT runner, pin FROM runners WHERE folded = ?", [_folded(name)]
            ).fetchone()
        key, hashed = found or ("", _NOBODY)
        return self.of_key(key) if is_hash_of(pin, hashed) else None

    def add(self, name: str, pin: str) -> Runner | None:
        """None when somebody has this name already."""
        runner = Runner(runner=secrets.token_hex(8), name=name, created_at=now(self._clock))
        row = {**_row(runner), "folded": _folded(name), "pin": slow_hash(pin)}
        with changing(self._path) as db:
            try:
                db.table("runners").insert(row)
            except sqlite3.IntegrityError:
                return None
        return runner

    def save(self, runner: Runner) -> None:
        """What they chose. Their name stays."""
        with changing(self._path) as db:
            db.execute(
                "UPDATE runners SET alias = ?, units = ?, coach = ? WHERE runner = ?",
                [runner.alias, runner.units, int(runner.coach), runner.runner],
            )

    def _where(self, condition: str, arguments: tuple[str, ...]) -> list[Runner]:
        with reading(self._path) as db:
            rows = db.execute(
                f"SELECT {_FIELDS} FROM runners WHERE {condition}", arguments
            ).fetchall()
        return [_runner(row) for row in rows]


def _folded(name: str) -> str:
    """Names that look alike are one."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _row(runner: Runner) -> dict[str, str | int | None]:
    return {**msgspec.structs.asdict(runner), "coach": int(runner.coach)}


def _runner(row: tuple[object, ...]) -> Runner:
    fields = dict(zip(Runner.__struct_fields__, row, strict=True))
    return msgspec.convert({**fields, "coach": bool(fields["coach"])}, Runner)
