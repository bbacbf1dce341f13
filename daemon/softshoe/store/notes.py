"""What runners add to what was measured: a title and a note of a run; focus runs and ratings."""

from pathlib import Path
from typing import Literal

import msgspec

from softshoe.people import Practice, RunNote
from softshoe.store.database import changing, reading

Kind = Literal["focus_runs", "ratings"]


class Notes:
    """From any thread; every method may raise StoreError."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, session: str) -> RunNote:
        with reading(self._path) as db:
            row = db.execute(
                "SELECT title, note FROM notes WHERE session = ?", [session]
            ).fetchone()
        title, note = row or (None, None)
        return RunNote(title=title, note=note)

    def of_all(self, sessions: list[str]) -> dict[str, RunNote]:
        """By session, of those that have one."""
        those = f"session IN ({', '.join('?' * len(sessions))})"
        with reading(self._path) as db:
            rows = db.execute(
                f"SELECT session, title, note FROM notes WHERE {those}", sessions
            ).fetchall()
        return {session: RunNote(title=title, note=note) for session, title, note in rows}

    def save(self, session: str, note: RunNote) -> None:
        with changing(self._path) as db:
            db.execute(
                "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", [session, note.title, note.note]
            )

    def add(self, kind: Kind, practice: Practice) -> None:
        row = {
            **msgspec.structs.asdict(practice),
            "result": msgspec.json.encode(practice.result).decode(),
        }
        with changing(self._path) as db:
            db.table(kind).insert(row)

    def practised(self, kind: Kind, runner: str) -> list[Practice]:
        """What a runner has done, oldest first."""
        columns = "session, runner, skill, at, result"
        with reading(self._path) as db:
            rows = db.execute(
                f"SELECT {columns} FROM {kind} WHERE runner = ? ORDER BY number", [runner]
            ).fetchall()
        return [
            Practice(
                session=session,
                runner=runner,
                skill=skill,
                at=at,
                result=msgspec.json.decode(result),
            )
            for session, runner, skill, at, result in rows
        ]
