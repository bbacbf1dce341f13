"""The sink that stores: takes events from the hub and commits them, once a second at most."""

import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Literal

from softshoe.calibrations import Calibration
from softshoe.clock import Clock
from softshoe.coaching import Practised
from softshoe.errors import StoreError
from softshoe.events import Session, Step
from softshoe.hub import Hub
from softshoe.people import Erased
from softshoe.store.batch import BOUND, COMMIT_EVERY_S, Batch
from softshoe.store.database import lock, open_for_writing, primary_code
from softshoe.store.guests import has_outlived
from softshoe.store.journal import Journal
from softshoe.store.outbox import Outbox
from softshoe.store.queries import Runs
from softshoe.store.recovery import dated, interrupted

Disk = Literal["ok", "full", "failing"]
_WAIT_S = 0.1
_TIDY_EVERY_S = 10.0
_log = logging.getLogger(__name__)


class StoreWriter:
    """The only writer of one file. What the disk refuses stays in memory and is tried again."""

    name = "store"

    def __init__(self, path: Path, hub: Hub, clock: Clock) -> None:
        """Claim and open the file, or raise StoreError."""
        self._path = path
        self._hub = hub
        self._clock = clock
        self._lock = lock(path)
        try:
            self._journal = Journal(open_for_writing(path))
        except BaseException:
            self._lock.close()
            raise
        self._runs = Runs(path)
        self.log = Outbox(self._journal, self._runs)
        self._batch = Batch()
        self._opened_s = clock.monotonic_s()
        self._tried_s = self._opened_s - COMMIT_EVERY_S
        self._tidied_s = self._opened_s - _TIDY_EVERY_S
        self.disk: Disk = "ok"
        self._subscription = hub.subscribe(
            self.name, (Step, Session, Calibration, Practised), BOUND
        )

    def run(self, stop: threading.Event) -> None:
        """Store until ``stop``, then everything that waits."""
        while not stop.is_set():
            self.take(_WAIT_S)
            self.commit_if_due()
            self.tidy_if_due()
        self.take(0.0)
        self._commit()

    def take(self, timeout_s: float) -> None:
        """Move what the hub has for us into memory that waits for the disk."""
        for published in self._subscription.take(timeout_s):
            self._batch.add(published.event)  # type: ignore[arg-type]

    def commit_if_due(self) -> None:
        """Once a second, or with 64 rows, or when a session has ended."""
        waited_s = self._clock.monotonic_s() - self._tried_s
        if self.disk != "ok" and waited_s < COMMIT_EVERY_S:
            return
        if self._batch.due(waited_s) or (self.log.unsaved and waited_s >= COMMIT_EVERY_S):
            self._commit()

    def _commit(self) -> None:
        self._tried_s = self._clock.monotonic_s()
        events = self._batch.waiting()
        try:
            self._journal.commit(events, self.log.acknowledged)
        except sqlite3.Error as error:
            self._refused(error)
            return
        self._batch.written(len(events))
        self.disk = "ok"

    def _refused(self, error: sqlite3.Error) -> None:
        if self.disk == "ok":
            _log.error("%s: %s; steps wait in memory", self._path, error)
        self.disk = "full" if primary_code(error) == sqlite3.SQLITE_FULL else "failing"

    @property
    def durable_step(self) -> tuple[str, int] | None:
        """Session and number of the last step that is on disk. From any thread."""
        return self._journal.durable

    @property
    def waiting(self) -> int:
        """Events that are not on disk yet."""
        return len(self._batch) + self._subscription.depth

    @property
    def dropped(self) -> int:
        """Events lost because the disk refused them for too long."""
        return self._batch.dropped + self._subscription.dropped

    @property
    def disk_free_mb(self) -> int | None:
        try:
            return shutil.disk_usage(self._path.parent).free // 1_000_000
        except OSError:
            return None

    def unfinished(self) -> Session | None:
        """The newest session that a crash or a power cut left open."""
        return next(iter(self._runs.open_sessions()), None)

    def last_step(self, session: str) -> Step | None:
        """The last step of a session that is on disk."""
        return self._runs.last_step(session)

    def interrupt(self, keep: str | None = None) -> list[Session]:
        """Close every session left open, except ``keep``, at its last stored step."""
        left = [session for session in self._runs.open_sessions() if session.session != keep]
        closed = [interrupted(session, self.last_step(session.session)) for session in left]
        return self._save(closed)

    def date_sessions(
        self, boot: str, wall_of_monotonic: Callable[[float], datetime]
    ) -> list[Session]:
        """Give the sessions of this boot that ran before the clock was set their times."""
        undated = self._runs.undated_sessions(boot)
        return self._save([dated(session, wall_of_monotonic) for session in undated])

    # --- whose a run is, and letting go of it -------------------------------------------------

    def give(self, session: str, runner: str, alias: str | None) -> None:
        """Make a guest's session a runner's. StoreError when the disk does not take it."""
        try:
            self._journal.give(session, runner, alias)
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}") from error

    def erase(self, sessions: Collection[str], runner: str | None = None) -> None:
        """Overwrite sessions, or a runner and all theirs, and let everybody know.

        StoreError when the disk does not take it; then nothing is erased.
        """
        if runner:
            sessions = self._runs.sessions_of(runner)
        try:
            self._journal.erase(sessions, runner)
            self._journal.sweep()
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}") from error
        self._hub.publish(Erased(tuple(sessions)), self._clock.monotonic_s())

    def tidy_if_due(self) -> None:
        """Every 10 s: guests' runs that are old enough go, and what was erased is swept."""
        now_s = self._clock.monotonic_s()
        if now_s - self._tidied_s < _TIDY_EVERY_S:
            return
        self._tidied_s = now_s
        try:
            self._tidy()
            self._journal.sweep()
        except (StoreError, sqlite3.Error) as error:
            _log.error("nothing can be erased now: %s", error)

    def _tidy(self) -> None:
        guests = self._runs.ended_guests()
        old = [each.session for each in guests if has_outlived(each, self._clock, self._opened_s)]
        if old:
            self.erase(old)

    def _save(self, sessions: list[Session]) -> list[Session]:
        try:
            self._journal.commit(sessions, self.log.acknowledged)
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}") from error
        return sessions

    def close(self) -> None:
        """Give the file back. Call it when `run` has returned."""
        self._hub.unsubscribe(self._subscription)
        self._journal.close()
        self._lock.close()
