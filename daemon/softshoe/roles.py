"""What a part must be able to do to take a place in the run."""

import threading
from collections.abc import Collection, Iterator
from typing import Protocol

from msgspec import Struct

from softshoe.events import BoardReport, Session, SourceItem, Step
from softshoe.rigs import Conditions, Rig


class Source(Protocol):
    """Gives samples: a board, a recording or the simulator. All three enter by the same door."""

    @property
    def name(self) -> str: ...

    @property
    def rig(self) -> Rig:
        """Its streams; which board samples them may become known, or change, later."""
        ...

    @property
    def conditions(self) -> Conditions: ...

    def blocks(self) -> Iterator[SourceItem | BoardReport]:
        """Yield blocks of 10-50 ms, in the order of time, until the end or until `close`.

        The source itself keeps real time where it has one. Raises SourceLost or SourceBroken.
        """
        ...

    def close(self) -> None:
        """Make `blocks` return soon. May be called from another thread, and twice."""
        ...


class Sink(Protocol):
    """Takes events out of its own subscription, in a thread that the service gives it."""

    @property
    def name(self) -> str: ...

    def run(self, stop: threading.Event) -> None:
        """Work until ``stop``, then finish what waits. Raising is a fault: it is restarted."""
        ...


class RunsReader(Protocol):
    """Reads finished and running sessions, from any thread."""

    def sessions(
        self, limit: int = 50, before: str | None = None, of: Collection[str] | None = None
    ) -> list[Session]:
        """Newest first, all or ``of`` these runners; ``before``: the last one already seen."""
        ...

    def session(self, session: str) -> Session | None: ...

    def steps(self, session: str, after: int = 0, limit: int = 10_000) -> list[Step]:
        """Final steps with a number above ``after``, in order."""
        ...


class Logged(Struct, frozen=True):
    """One entry of the record: a final step, or a session whose state changed.

    ``mark`` grows with every entry; ``started_at`` is the session's, null while it is not dated.
    """

    mark: int
    event: Step | Session
    started_at: str | None = None


class StepLog(Protocol):
    """What is stored, in order, and how far the broker has acknowledged it. From any thread."""

    @property
    def newest(self) -> int:
        """The mark of the last entry that is on disk."""
        ...

    @property
    def acknowledged(self) -> int: ...

    def after(self, mark: int, limit: int) -> list[Logged]:
        """Up to ``limit`` stored entries above ``mark``, in order."""
        ...

    def again(self, session: str, after: int, limit: int) -> list[Logged]:
        """Up to ``limit`` stored steps of a session with numbers above ``after``, in order."""
        ...

    def last_session(self) -> Logged | None:
        """The session that was stored last, where its last change of state stands."""
        ...

    def acknowledge(self, mark: int) -> None:
        """The broker has everything up to ``mark``; saved with the next commit."""
        ...
