"""What runners practised, and what they and their coaches said of it."""

from pathlib import Path

import msgspec
from msgspec.structs import replace

from softshoe.coach.result import rated
from softshoe.coaching import History, Practised, Skill, Target
from softshoe.errors import StoreError
from softshoe.store.database import changing, reading

_ROWS = "SELECT practised, rating FROM focus_runs LEFT JOIN ratings USING (session, skill)"


class Practice:
    """From any thread; every method may raise StoreError."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def history(self, runner: str) -> History:
        """What the coach remembers of a runner, oldest first."""
        practised = self.of_runner(runner)
        return History(
            results=tuple(each.result for each in practised),
            baselines=tuple(baseline for each in practised for baseline in each.baselines),
            targets=tuple(self.targets(runner)),
        )

    def of_runner(self, runner: str) -> list[Practised]:
        """All that a runner has practised, oldest first."""
        whose = "JOIN sessions USING (session) WHERE sessions.runner = ? ORDER BY sessions.number"
        return self._where(whose, runner)

    def of_session(self, session: str) -> list[Practised]:
        """What was practised in one run."""
        return self._where("WHERE session = ? ORDER BY focus_runs.rowid", session)

    def rate(self, session: str, skill: Skill, rating: int) -> None:
        """1 to 5; the last word counts."""
        with changing(self._path) as db:
            db.execute("INSERT OR REPLACE INTO ratings VALUES (?, ?, ?)", [session, skill, rating])

    def targets(self, runner: str) -> list[Target]:
        """Oldest first."""
        with reading(self._path) as db:
            rows = db.execute(
                "SELECT target FROM targets WHERE runner = ? ORDER BY number", [runner]
            ).fetchall()
        return [msgspec.json.decode(target, type=Target) for (target,) in rows]

    def aim(self, runner: str, target: Target) -> None:
        """From now on this target holds, in place of the rule."""
        row = {"runner": runner, "target": msgspec.json.encode(target).decode()}
        with changing(self._path) as db:
            db.table("targets").insert(row)

    def _where(self, condition: str, value: str) -> list[Practised]:
        with reading(self._path) as db:
            rows = db.execute(f"{_ROWS} {condition}", [value]).fetchall()
        try:
            return [_practised(text, rating) for text, rating in rows]
        except msgspec.MsgspecError as error:
            raise StoreError(f"{self._path}: what was practised is damaged: {error}") from error


def _practised(text: str, rating: int | None) -> Practised:
    practised = msgspec.json.decode(text, type=Practised)
    if rating is None:
        return practised
    return replace(practised, result=rated(practised.result, rating))
