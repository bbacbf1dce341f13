"""Sends what is stored: every entry at least once, in order, as fast as the broker may be asked."""

from collections import deque
from collections.abc import Callable, Collection

from softshoe.events import Step
from softshoe.feed.contract import RECORD_SESSION, RECORD_STEP, Topic
from softshoe.feed.messages import encode, moment
from softshoe.feed.repeats import Repeats
from softshoe.roles import Logged, StepLog

RATE_PER_S = 200.0
IN_FLIGHT = 64
LAST_MINUTE = 200
"""Entries that a minute of running makes at most."""
_BURST = 40.0

Send = Callable[[Topic, bytes], int]


class RecordSender:
    """Walks along the log behind the writer; what is acknowledged in order is never sent again."""

    def __init__(self, log: StepLog) -> None:
        self._log = log
        self._allowance = 0.0
        self._last_s = 0.0
        self._ready: deque[Logged] = deque()
        self._unanswered: dict[int, int] = {}  # mark by message, in the order of sending
        self._answered: set[int] = set()
        self._repeated: set[int] = set()
        self._read_to = log.acknowledged
        self.repeats = Repeats(log)

    def restart(self, now_s: float, *, remembered: bool) -> None:
        """A new connection: go on after what the broker has acknowledged.

        A broker that has forgotten us may have lost messages too: it gets the last minute again.
        """
        self._ready.clear()
        self._unanswered.clear()
        self._answered.clear()
        self._repeated.clear()
        self.repeats.restart()
        back = 0 if remembered else LAST_MINUTE
        self._read_to = max(0, self._log.acknowledged - back)
        self._allowance, self._last_s = 0.0, now_s

    def forget(self, sessions: Collection[str]) -> None:
        """They are erased: what was read of them is not sent any more."""
        self._ready = deque(each for each in self._ready if each.event.session not in sessions)
        self.repeats.restart()

    @property
    def backlog(self) -> int:
        """Entries that the broker has not acknowledged."""
        return self._log.newest - self._log.acknowledged

    def acknowledged(self, message: int) -> None:
        """The broker has this message; the mark moves on only when it has all before it too."""
        self._repeated.discard(message)
        if message in self._unanswered:
            self._answered.add(message)
        while (first := next(iter(self._unanswered), None)) in self._answered:
            self._answered.discard(first)
            self._log.acknowledge(self._unanswered.pop(first))

    def pump(self, now_s: float, at: str | None, send: Send) -> None:
        """Send the next entries, as many as may be under way and as 200 a second allow."""
        self._allowance += (now_s - self._last_s) * RATE_PER_S
        self._allowance, self._last_s = min(self._allowance, _BURST), now_s
        while self._may_send and self._more():
            self._allowance -= 1
            entry = self._ready.popleft()
            self._unanswered[send(*_message(entry, at))] = entry.mark
        while self._may_send and (again := self.repeats.next()):
            self._allowance -= 1
            self._repeated.add(send(*_message(again, at)))
        if not self._ready and not self._unanswered:
            self._log.acknowledge(self._read_to)  # damaged entries are not there to be answered

    @property
    def _may_send(self) -> bool:
        under_way = len(self._unanswered) + len(self._repeated)
        return self._allowance >= 1 and under_way < IN_FLIGHT

    def _more(self) -> bool:
        if not self._ready and self._read_to < (newest := self._log.newest):
            self._ready.extend(self._log.after(self._read_to, IN_FLIGHT))
            self._read_to = self._ready[-1].mark if self._ready else newest
        return bool(self._ready)


def _message(entry: Logged, at: str | None) -> tuple[Topic, bytes]:
    if isinstance(entry.event, Step):
        return RECORD_STEP, encode(entry.event, moment(entry.started_at, entry.event.t_s))
    return RECORD_SESSION, encode(entry.event, at)
