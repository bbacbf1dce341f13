"""What runners add to what was measured: a title and a note of a run."""

from pathlib import Path

from softshoe.people import RunNote
from softshoe.store.database import changing, reading


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
