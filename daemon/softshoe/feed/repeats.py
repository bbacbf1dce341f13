"""Stored steps that somebody asked for again, read from the log a few at a time."""

from collections import deque

from softshoe.requests import Answer, RecordRequest
from softshoe.roles import Logged, StepLog

_READ_AT_ONCE = 64
_WAITING = 16
_MOST_STEPS = 100_000


class Repeats:
    """One request after the other; each is answered when its last step has been sent."""

    def __init__(self, log: StepLog) -> None:
        self._log = log
        self._waiting: deque[RecordRequest] = deque()
        self._ready: deque[Logged] = deque()
        self._after = 0
        self._sent = 0
        self.answers: deque[Answer] = deque()
        """To be taken by whoever answers."""

    def ask(self, request: RecordRequest) -> Answer | None:
        """Queue it; an answer at once when that is not possible."""
        if request in self._waiting:
            return None
        if request.last < request.first:
            return _refused(request, "to: not before from.")
        if request.last - request.first >= _MOST_STEPS:
            return _refused(request, f"At most {_MOST_STEPS} steps at once.")
        if len(self._waiting) >= _WAITING:
            return _refused(request, "Too many requests wait: ask again later.")
        self._waiting.append(request)
        if len(self._waiting) == 1:
            self.restart()
        return None

    def restart(self) -> None:
        """Begin the present request anew: what was under way may be lost."""
        self._ready.clear()
        self._sent = 0
        self._after = self._waiting[0].first - 1 if self._waiting else 0

    def next(self) -> Logged | None:
        """The step to be sent next; None when there is none now. Raises StoreError."""
        while self._waiting and not self._ready:
            if not self._read(self._waiting[0]):
                self._finish(self._waiting.popleft())
        if not self._ready:
            return None
        self._sent += 1
        return self._ready.popleft()

    def _read(self, request: RecordRequest) -> bool:
        if self._after >= request.last:
            return False
        limit = min(_READ_AT_ONCE, request.last - self._after)
        for entry in self._log.again(request.session, self._after, limit):
            number = getattr(entry.event, "step", None) or 0
            self._after = number
            if number <= request.last:
                self._ready.append(entry)
        return bool(self._ready)

    def _finish(self, request: RecordRequest) -> None:
        if self._sent:
            steps = f"{self._sent} steps sent." if self._sent > 1 else "1 step sent."
            self.answers.append(Answer(id=request.id, result="done", why=steps))
        else:
            self.answers.append(_refused(request, "No such steps are stored."))
        self.restart()


def _refused(request: RecordRequest, why: str) -> Answer:
    return Answer(id=request.id, result="refused", why=why)
