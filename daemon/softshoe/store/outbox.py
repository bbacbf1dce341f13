"""The store as the feed's outbox: what is on disk, in order, and what the broker has of it."""

from softshoe.roles import Logged
from softshoe.store.journal import Journal
from softshoe.store.queries import Runs


class Outbox:
    """Implements softshoe.roles.StepLog. Reads over connections of its own."""

    def __init__(self, journal: Journal, runs: Runs) -> None:
        self._journal = journal
        self._runs = runs
        self._acknowledged = journal.acknowledged

    @property
    def newest(self) -> int:
        return self._journal.newest

    @property
    def acknowledged(self) -> int:
        return self._acknowledged

    @property
    def unsaved(self) -> bool:
        """Whether the broker has acknowledged more than the disk knows."""
        return self._acknowledged != self._journal.acknowledged

    def after(self, mark: int, limit: int) -> list[Logged]:
        return self._runs.log_after(mark, limit)

    def again(self, session: str, after: int, limit: int) -> list[Logged]:
        """Their marks are not those of the log: nothing is acknowledged by them."""
        found = self._runs.session(session)
        if found is None:
            return []
        steps = self._runs.steps(session, after, limit)
        return [Logged(0, step, found.started_at) for step in steps]

    def last_session(self) -> Logged | None:
        return self._runs.last_logged_session()

    def acknowledge(self, mark: int) -> None:
        self._acknowledged = max(self._acknowledged, mark)
