"""The machine's PIN, the code that lets a tablet in, and the tablets that were."""

import secrets
from pathlib import Path

import msgspec
from sqlite_utils import Database

from softshoe.clock import Clock, now
from softshoe.people import Scope, Tablet
from softshoe.store.database import changing, reading
from softshoe.store.hashing import is_hash_of, slow_hash, token_hash

CODE_S = 600.0
_ROW = "SELECT tablet, name, scope, paired_at FROM tablets"


class Tablets:
    """From any thread or process; every method may raise StoreError."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    # --- the machine's PIN --------------------------------------------------------------------

    @property
    def has_pin(self) -> bool:
        """Whether anybody may be let in at all. False also where there is no file yet."""
        return self._path.exists() and self._pin() is not None

    def set_pin(self, pin: str) -> None:
        with changing(self._path) as db:
            db.execute("INSERT OR REPLACE INTO machine VALUES ('pin', ?)", [slow_hash(pin)])

    def is_pin(self, pin: str) -> bool:
        hashed = self._pin()
        return hashed is not None and is_hash_of(pin, hashed)

    def _pin(self) -> str | None:
        with reading(self._path) as db:
            row = db.execute("SELECT value FROM machine WHERE name = 'pin'").fetchone()
        return row[0] if row else None

    # --- letting a tablet in ------------------------------------------------------------------

    def new_code(self, scope: Scope) -> str:
        """Six digits for one tablet, valid for 10 minutes of this boot; the one before is not."""
        code = f"{secrets.randbelow(10**6):06}"
        row = [slow_hash(code), scope, self._clock.boot(), self._clock.monotonic_s() + CODE_S]
        with changing(self._path) as db:
            db.execute("DELETE FROM codes")
            db.execute("INSERT INTO codes VALUES (?, ?, ?, ?)", row)
        return code

    @property
    def awaits_one(self) -> bool:
        """Whether there is a code that somebody may type now."""
        with reading(self._path) as db:
            return self._live_code(db) is not None

    def redeem(self, code: str, name: str) -> tuple[str, Tablet] | None:
        """A token, told this once, for the tablet that shows the code; None when it is not it."""
        token = secrets.token_urlsafe(32)
        with changing(self._path) as db:
            scope = self._take_code(db, code)
            if scope is None:
                return None
            tablet = Tablet(
                tablet=secrets.token_hex(4), name=name, scope=scope, paired_at=now(self._clock)
            )
            row = {**msgspec.structs.asdict(tablet), "token": token_hash(token)}
            db.table("tablets").insert(row)
        return token, tablet

    def _take_code(self, db: Database, code: str) -> Scope | None:
        """The scope it gives, once."""
        live = self._live_code(db)
        if live is None or not is_hash_of(code, live[0]):
            return None
        db.execute("DELETE FROM codes")
        return live[1]

    def _live_code(self, db: Database) -> tuple[str, Scope] | None:
        """Hash and scope of the code that is neither used up nor too old."""
        now = [self._clock.boot(), self._clock.monotonic_s()]
        row: tuple[str, Scope] | None = db.execute(
            "SELECT code, scope FROM codes WHERE boot = ? AND until_s >= ?", now
        ).fetchone()
        return row

    # --- who was let in -----------------------------------------------------------------------

    def of_token(self, token: str) -> Tablet | None:
        with reading(self._path) as db:
            row = db.execute(f"{_ROW} WHERE token = ?", [token_hash(token)]).fetchone()
        return _tablet(row) if row else None

    def all(self) -> list[Tablet]:
        """In the order in which they were paired."""
        with reading(self._path) as db:
            return [_tablet(row) for row in db.execute(f"{_ROW} ORDER BY rowid").fetchall()]

    def revoke(self, tablet: str) -> bool:
        """Its token is worth nothing from now on. False when there is no such tablet."""
        with changing(self._path) as db:
            return bool(db.execute("DELETE FROM tablets WHERE tablet = ?", [tablet]).rowcount)


def _tablet(row: tuple[str, str, Scope, str | None]) -> Tablet:
    tablet, name, scope, paired_at = row
    return Tablet(tablet=tablet, name=name, scope=scope, paired_at=paired_at)
