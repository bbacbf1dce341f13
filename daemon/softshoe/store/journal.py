"""Everything stored, in one order: each commit appends steps and the changed states of sessions."""

import threading
from collections.abc import Collection, Iterable, Sequence

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from softshoe.calibrations import Calibration
from softshoe.coaching import Practised
from softshoe.events import Session, Step
from softshoe.store.amendments import Amendments
from softshoe.store.blocks import Block, extend
from softshoe.store.rows import Row
from softshoe.store.tables import CALIBRATIONS, OF_A_RUNNER, OF_A_SESSION, SESSIONS, STEPS

Storable = Step | Session | Calibration | Practised


class Announced(Struct, frozen=True):
    """The state in which a session last got a mark, whose it was then, and that mark."""

    mark: int
    state: str
    clock: str
    runner: str


class Position(Struct, frozen=True):
    """How far the journal has come; replaced as a whole when a commit has succeeded."""

    newest: int
    steps: dict[str, int]
    sessions: dict[str, Announced]
    block: Block | None = None
    durable: tuple[str, int] | None = None


class _Draft:
    """The rows of one commit, with their marks, on top of a position."""

    def __init__(self, position: Position) -> None:
        self._newest = position.newest
        self._numbers = dict(position.steps)
        self._announced = dict(position.sessions)
        self._block = position.block
        self._durable = position.durable
        self.steps: list[Row] = []
        self.sessions: dict[str, Row] = {}
        self.calibrations: list[Row] = []
        self.practised: list[Row] = []
        self.blocks: dict[int, Block] = {}

    def add(self, event: Storable) -> None:
        if isinstance(event, Step):
            self._add_step(event)
        elif isinstance(event, Session):
            self._add_session(event)
        elif isinstance(event, Practised):
            self.practised.append(_practised_row(event))
        else:
            self.calibrations.append(CALIBRATIONS.row(event))

    def _add_step(self, step: Step) -> None:
        session, number = step.session, step.step
        if session is None or number is None or number <= self._numbers.get(session, 0):
            return  # stored before a restart of the writer: a row is written once
        self._newest += 1
        row = STEPS.row(step)
        self._block = extend(self._block, self._newest, row)
        self.blocks[self._block.first_mark] = self._block
        self.steps.append({"mark": self._newest, **row})
        self._numbers[session] = number
        self._durable = (session, number)

    def _add_session(self, session: Session) -> None:
        key, known = session.session, self._announced.get(session.session)
        now = Announced(self._newest + 1, session.state, session.clock, session.runner)
        if known is None or msgspec.structs.replace(known, mark=now.mark) != now:
            self._newest += 1
            known = now
            self._announced[key] = known
        self.sessions[key] = {"mark": known.mark, **SESSIONS.row(session)}

    def position(self) -> Position:
        return Position(self._newest, self._numbers, self._announced, self._block, self._durable)


class Journal:
    """The one hand that writes the tables. Any thread may call it; calls wait for each other."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._lock = threading.Lock()
        self._position = _last_position(db)
        self._amendments = Amendments()
        self._unswept = False
        self.acknowledged = _outbox_mark(db)
        """The mark that the broker has acknowledged, as saved."""

    @property
    def newest(self) -> int:
        return self._position.newest

    @property
    def durable(self) -> tuple[str, int] | None:
        return self._position.durable

    def commit(self, events: Iterable[Storable], acknowledged: int) -> None:
        """Everything or nothing, on disk when this returns. Raises sqlite3.Error."""
        with self._lock:
            self._commit(events, acknowledged)

    def _commit(self, events: Iterable[Storable], acknowledged: int) -> None:
        draft = _Draft(self._position)
        for event in map(self._amendments.amend, events):
            if event is not None:
                draft.add(event)
        with self._db.atomic():
            self._write(draft, acknowledged)
        self._position = draft.position()
        self.acknowledged = acknowledged

    def give(self, session: str, runner: str, alias: str | None) -> None:
        """Make a guest's session somebody's, also when it is told again. Raises sqlite3.Error."""
        with self._lock:
            self._amendments.give(session, runner, alias)
            rows = self._db.query("SELECT * FROM sessions WHERE session = ?", [session])
            self._commit([SESSIONS.struct(row) for row in rows], self.acknowledged)

    def erase(self, sessions: Collection[str], runner: str | None = None) -> None:
        """Sessions, or a runner and all theirs; also what is still told. Raises sqlite3.Error.

        Until `sweep` has been done, older copies of them may lie in the log beside the file.
        """
        with self._lock:
            with self._db.atomic():
                _delete(self._db, OF_A_SESSION, "session", sessions)
                if runner:
                    _delete(self._db, OF_A_RUNNER, "runner", [runner])
            self._amendments.erase({*sessions, *([runner] if runner else [])})
            self._position = _without(self._position, sessions)
            self._unswept = True

    def sweep(self) -> bool:
        """Empty the log beside the file, if something was erased. False: a reader is in the way."""
        with self._lock:
            if self._unswept:
                busy, _, _ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                self._unswept = bool(busy)
            return not self._unswept

    def _write(self, draft: _Draft, acknowledged: int) -> None:
        self._insert("steps", draft.steps)
        self._insert("calibrations", draft.calibrations)
        blocks = [msgspec.structs.asdict(block) for block in draft.blocks.values()]
        self._insert("blocks", blocks, replacing="first_mark")
        self._insert("sessions", list(draft.sessions.values()), replacing="session")
        self._insert("focus_runs", draft.practised, replacing="session, skill")
        if acknowledged != self.acknowledged:
            self._db.execute("UPDATE outbox SET mark = ?", [acknowledged])

    def _insert(self, table: str, rows: Sequence[Row], replacing: str | None = None) -> None:
        if not rows:
            return
        names = [f'"{name}"' for name in rows[0]]
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        if replacing:
            updates = ", ".join(f"{name} = excluded.{name}" for name in names)
            sql += f" ON CONFLICT ({replacing}) DO UPDATE SET {updates}"
        self._db.conn.executemany(sql, [tuple(row.values()) for row in rows])

    def close(self) -> None:
        with self._lock:
            self._db.close()


def _practised_row(practised: Practised) -> Row:
    text = msgspec.json.encode(practised).decode()
    return {"session": practised.session, "skill": practised.result.skill, "practised": text}


def _delete(db: Database, tables: Iterable[str], key: str, values: Collection[str]) -> None:
    for table in tables:
        db.conn.executemany(f"DELETE FROM {table} WHERE {key} = ?", [(value,) for value in values])


def _without(position: Position, sessions: Collection[str]) -> Position:
    block, durable = position.block, position.durable
    return Position(
        newest=position.newest,
        steps={name: last for name, last in position.steps.items() if name not in sessions},
        sessions={name: said for name, said in position.sessions.items() if name not in sessions},
        block=None if block and block.session in sessions else block,
        durable=None if durable and durable[0] in sessions else durable,
    )


def _outbox_mark(db: Database) -> int:
    return int(db.execute("SELECT mark FROM outbox").fetchone()[0])


def _last_position(db: Database) -> Position:
    marks = "SELECT max(mark) FROM (SELECT mark FROM {} ORDER BY mark DESC LIMIT 1)"
    tables = ("steps", "sessions", "outbox")
    newest = max(db.execute(marks.format(table)).fetchone()[0] or 0 for table in tables)
    rows = db.execute(
        "SELECT session, mark, state, clock, runner FROM sessions WHERE state = 'open'"
    ).fetchall()
    last = db.execute("SELECT session, step FROM steps ORDER BY mark DESC LIMIT 1").fetchone()
    return Position(
        newest=newest,
        steps=_last_steps(db),
        sessions={session: Announced(*said) for session, *said in rows},
        durable=tuple(last) if last else None,
    )


def _last_steps(db: Database) -> dict[str, int]:
    """The last stored step of each session that may still go on."""
    sql = (
        "SELECT session, max(step) FROM steps WHERE session IN"
        " (SELECT session FROM sessions WHERE state = 'open') GROUP BY session"
    )
    return dict(db.execute(sql).fetchall())
