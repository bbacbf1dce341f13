"""Reading what is stored, from any thread: each call has a connection of its own."""

import logging
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from softshoe.calibrations import Calibration
from softshoe.events import Session, Step
from softshoe.people import GUEST
from softshoe.roles import Logged
from softshoe.store.blocks import Block, checksum
from softshoe.store.database import reading
from softshoe.store.rows import RowForm
from softshoe.store.tables import CALIBRATIONS, SESSIONS, STEPS

T = TypeVar("T", bound=Struct)
_log = logging.getLogger(__name__)


class Damage(Struct, frozen=True):
    """Steps that cannot be read back as they were written, and are withheld."""

    session: str
    first_step: int
    last_step: int


class Runs:
    """Implements softshoe.roles.RunsReader. Every method may raise StoreError."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def sessions(
        self, limit: int = 50, before: str | None = None, of: Collection[str] | None = None
    ) -> list[Session]:
        """Newest first, all or ``of`` these runners; ``before``: the last one already seen."""
        older = "(? IS NULL OR number < (SELECT number FROM sessions WHERE session = ?))"
        arguments: list[Any] = [before, before]
        if of is not None:
            older += f" AND runner IN ({', '.join('?' * len(of))})"
            arguments += of
        with reading(self._path) as db:
            return _select(db, SESSIONS, "sessions", older, arguments, "number DESC", limit)

    def ended_guests(self) -> list[Session]:
        """Sessions of guests that are over, oldest first."""
        over = "runner = ? AND state <> 'open'"
        with reading(self._path) as db:
            return _select(db, SESSIONS, "sessions", over, [GUEST])

    def sessions_of(self, runner: str) -> list[str]:
        """The ids of all a runner's sessions, oldest first."""
        sql = "SELECT session FROM sessions WHERE runner = ? ORDER BY number"
        with reading(self._path) as db:
            return [session for (session,) in db.execute(sql, [runner]).fetchall()]

    def session(self, session: str) -> Session | None:
        with reading(self._path) as db:
            return _first(_select(db, SESSIONS, "sessions", "session = ?", [session]))

    def open_sessions(self) -> list[Session]:
        """Newest first."""
        with reading(self._path) as db:
            return _select(db, SESSIONS, "sessions", "state = 'open'", order="number DESC")

    def undated_sessions(self, boot: str) -> list[Session]:
        """Sessions of a boot that ran before the clock was set, oldest first."""
        unsynced = "clock = 'unsynced' AND boot = ?"
        with reading(self._path) as db:
            return _select(db, SESSIONS, "sessions", unsynced, [boot])

    def steps(self, session: str, after: int = 0, limit: int = 10_000) -> list[Step]:
        """Final steps with a number above ``after``, in order; damaged ones are left out."""
        with reading(self._path) as db:
            blocks = _blocks(db, "session = ? AND last_step > ?", [session, after])
            pairs = _sound_steps(db, blocks)
            later = (step for _, step in pairs if step.step is not None and step.step > after)
            return list(islice(later, limit))

    def last_step(self, session: str) -> Step | None:
        """The last step of a session that can be read."""
        with reading(self._path) as db:
            blocks = _blocks(db, "session = ?", [session], order="first_mark DESC")
            for block in blocks:
                if pairs := list(_sound_steps(db, [block])):
                    return pairs[-1][1]
        return None

    def damage(self, session: str) -> list[Damage]:
        """The steps of a session that are withheld because their checksum does not fit."""
        with reading(self._path) as db:
            blocks = list(_blocks(db, "session = ?", [session]))
            return [_damage(block) for block in blocks if _sound_rows(db, block) is None]

    def log_after(self, mark: int, limit: int) -> list[Logged]:
        """Final steps and changed sessions above ``mark``, in the order in which they came."""
        with reading(self._path) as db:
            steps = _logged_steps(db, mark, limit)
            sessions = _logged_sessions(db, "mark > ?", [mark], "mark", limit)
        return sorted([*steps, *sessions], key=lambda entry: entry.mark)[:limit]

    def last_logged_session(self) -> Logged | None:
        """The newest session, with the mark of its last change of state."""
        with reading(self._path) as db:
            return _first(_logged_sessions(db, None, [], "number DESC", 1))

    def calibration(self, board: str, kind: str) -> Calibration | None:
        """The newest of its kind."""
        which = "board = ? AND json_extract(found, '$.kind') = ?"
        with reading(self._path) as db:
            return _first(
                _select(db, CALIBRATIONS, "calibrations", which, [board, kind], "number DESC", 1)
            )

    def calibrations(self, boards: Iterable[str]) -> tuple[Calibration, ...]:
        """What holds for these boards: of each, the newest of every kind."""
        newest = "number IN (SELECT max(number) FROM calibrations GROUP BY board, {})"
        which = newest.format("json_extract(found, '$.kind')")
        with reading(self._path) as db:
            found = _select(db, CALIBRATIONS, "calibrations", which)
        return tuple(each for each in found if each.board in set(boards))


def _select(
    db: Database,
    form: RowForm[T],
    table: str,
    where: str,
    arguments: list[Any] | None = None,
    order: str = "number",
    limit: int | None = None,
) -> list[T]:
    rows = db.table(table).rows_where(where, arguments, order_by=order, limit=limit)
    structs = (_struct(form, row) for row in rows)
    return [struct for struct in structs if struct is not None]


def _struct(form: RowForm[T], row: dict[str, Any]) -> T | None:
    """The struct, or None and a line in the log when the row was damaged."""
    try:
        return form.struct(row)
    except msgspec.MsgspecError as error:
        _log.error("a stored %s is damaged and left out: %s", form.kind.__name__, error)
        return None


def _first(structs: list[T]) -> T | None:
    return structs[0] if structs else None


def _blocks(
    db: Database, where: str, arguments: list[Any], order: str = "first_mark"
) -> Iterator[Block]:
    for row in db.table("blocks").rows_where(where, arguments, order_by=order):
        yield msgspec.convert(row, Block)


def _sound_rows(db: Database, block: Block) -> list[dict[str, Any]] | None:
    """The rows of a block, or None when they are not those that were written."""
    span = [block.first_mark, block.last_mark]
    marked = list(db.table("steps").rows_where("mark BETWEEN ? AND ?", span, "mark"))
    written = ({name: row[name] for name in row if name != "mark"} for row in marked)
    return marked if checksum(written) == block.crc32 else None


def _sound_steps(db: Database, blocks: Iterator[Block] | list[Block]) -> Iterator[tuple[int, Step]]:
    for block in blocks:
        rows = _sound_rows(db, block)
        if rows is None:
            _log.error("steps are damaged and left out: %s", _damage(block))
            continue
        for row in rows:
            if step := _struct(STEPS, row):
                yield row["mark"], step


def _logged_steps(db: Database, mark: int, limit: int) -> list[Logged]:
    started = dict(db.execute("SELECT session, started_at FROM sessions").fetchall())
    pairs = _sound_steps(db, _blocks(db, "last_mark > ?", [mark]))
    later = ((number, step) for number, step in pairs if number > mark)
    return [
        Logged(number, step, started.get(step.session)) for number, step in islice(later, limit)
    ]


def _logged_sessions(
    db: Database, where: str | None, arguments: list[Any], order: str, limit: int
) -> list[Logged]:
    rows = db.table("sessions").rows_where(where, arguments, order, limit=limit)
    pairs = ((row["mark"], _struct(SESSIONS, row)) for row in rows)
    return [Logged(mark, session, session.started_at) for mark, session in pairs if session]


def _damage(block: Block) -> Damage:
    return Damage(block.session or "", block.first_step, block.last_step)
