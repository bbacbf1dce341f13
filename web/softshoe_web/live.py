"""What the screens show now, and the last minute of it as ready-made frames of the live stream."""

import secrets
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from softshoe.coaching import Cue, Focus
from softshoe.events import About, Health, LiveState, Session, Step, Tick
from softshoe.hub import Published
from softshoe.people import Erased
from softshoe.requests import Message
from softshoe_web.notices import Notice, Notices

TAKEN = (Step, LiveState, Health, Session, About, Tick, Focus, Cue, Message)
TRAIL_STEPS = 44  # eleven landings a foot, each told at its landing and when the contact is over
FRAMES = 512

Shown = TypeVar("Shown", bound=Step | LiveState | Health | Session | About | Focus | Cue | Notice)


class Sent(Struct, Generic[Shown], frozen=True):
    """One event of the stream, and when it left the pipeline (seconds of the daemon's clock)."""

    published_s: float
    event: Shown


class Snapshot(Struct, frozen=True, kw_only=True):
    """All that a screen needs to begin: the newest of each event and the last steps."""

    server_s: float
    data_s: float | None = None
    state: LiveState | None = None
    health: Health | None = None
    session: Session | None = None
    about: About | None = None
    focus: Focus | None = None
    cue: Sent[Cue] | None = None
    """The last one of this run, whether or not it is still to be shown."""
    steps: tuple[Sent[Step], ...] = ()


class Beat(Struct, frozen=True):
    """Comes whatever happens: the daemon's clock, and when the pipeline last said anything."""

    server_s: float
    data_s: float | None


class Batch(Struct, frozen=True):
    """Frames after a cursor; ``missed`` when some before them are gone already."""

    frames: tuple[bytes, ...]
    cursor: int
    missed: bool


def without_name(session: Session) -> Session:
    """The session without the key that tells one runner from another."""
    runner = session.runner if session.runner == "guest" else "runner"
    return msgspec.structs.replace(session, runner=runner)


def nameless(session: Session) -> Session:
    """As shown to anyone: no name that they chose either."""
    return msgspec.structs.replace(without_name(session), alias=None)


def frame(name: str, data: Struct, event_id: str | None = None) -> bytes:
    """One server-sent event."""
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {name}\ndata: ".encode() + msgspec.json.encode(data) + b"\n\n"


class Live:
    """Written by one thread with `take`; read by any number of streams."""

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        self._monotonic_s = monotonic_s
        self._epoch = secrets.token_hex(4)
        self._changed = threading.Condition()
        self._frames: deque[bytes] = deque(maxlen=FRAMES)
        self._cursor = 0
        self._ended = False
        self._steps: deque[Sent[Step]] = deque(maxlen=TRAIL_STEPS)
        self._state: LiveState | None = None
        self._health: Health | None = None
        self._session: Session | None = None
        self._about: About | None = None
        self._focus: Focus | None = None
        self._cue: Sent[Cue] | None = None
        self._data_s: float | None = None
        self._erased: set[str] = set()
        self.notices = Notices()

    def take(self, published: Published) -> None:
        """Keep the event, and wake the streams."""
        event = published.event
        with self._changed:
            if isinstance(event, Step | LiveState | Tick):
                self._data_s = published.monotonic_s
            if isinstance(event, Erased):
                self._forget(event)
            elif isinstance(event, TAKEN) and not isinstance(event, Tick) and self._is_kept(event):
                self._send(Sent(published.monotonic_s, self._shown(event)))

    def _shown(self, event: Any) -> Any:
        """The event as anyone may see it."""
        if isinstance(event, Session):
            return nameless(event)
        return self.notices.issue(event) if isinstance(event, Message) else event

    def _is_kept(self, event: object) -> bool:
        return getattr(event, "session", None) not in self._erased

    def _forget(self, erased: Erased) -> None:
        """Let go of what is shown of these sessions; every stream begins anew with a snapshot."""
        self._erased |= set(erased.sessions)
        if self._session and not self._is_kept(self._session):
            self._session = self._state = self._focus = self._cue = None
            self._steps.clear()
        self._frames.clear()
        self._cursor += 1
        self._changed.notify_all()

    def _send(self, sent: Sent[Any]) -> None:
        self._cursor += 1
        self._frames.append(frame(self._keep(sent), sent, self._id(self._cursor)))
        self._changed.notify_all()

    def _keep(self, sent: Sent[Any]) -> str:
        """Put the event where a snapshot finds it; its name in the stream."""
        match sent.event:
            case Step() as step:
                if step.moment != "final":
                    self._steps.append(sent)
                return "step"
            case LiveState() as state:
                self._state = state
                return "state"
            case Focus() as focus:
                self._focus = focus
                return "focus"
            case Cue():
                self._cue = sent
                return "cue"
            case Notice():
                return "message"
            case Health() as health:
                self._health = health
                return "health"
            case Session() as session:
                self._begin_run(session)
                return "session"
            case about:
                self._about = about
                return "about"

    def _begin_run(self, session: Session) -> None:
        """What the coach said of the last run is not said of this one."""
        if self._session and session.session != self._session.session:
            self._cue = None
            if self._focus and self._focus.phase == "over":
                self._focus = None
        self._session = session

    def snapshot(self) -> Snapshot:
        with self._changed:
            return self._snapshot()

    def _snapshot(self) -> Snapshot:
        return Snapshot(
            server_s=self._monotonic_s(),
            data_s=self._data_s,
            state=self._state,
            health=self._health,
            session=self._session,
            about=self._about,
            focus=self._focus,
            cue=self._cue,
            steps=tuple(self._steps),
        )

    def start(self) -> tuple[bytes, int]:
        """A snapshot as a frame, and the cursor that follows it."""
        with self._changed:
            first = frame("snapshot", self._snapshot(), self._id(self._cursor))
            return first, self._cursor

    def beat(self) -> bytes:
        with self._changed:
            return frame("beat", Beat(self._monotonic_s(), self._data_s))

    def cursor_of(self, event_id: str) -> int | None:
        """Where to go on after ``event_id``; None when that was another life or is too long ago."""
        epoch, _, number = event_id.partition("-")
        if epoch != self._epoch or not (number.isascii() and number.isdecimal()):
            return None
        cursor = int(number) if len(number) < 16 else -1
        with self._changed:
            return cursor if self._oldest() <= cursor <= self._cursor else None

    def after(self, cursor: int, timeout_s: float) -> Batch:
        """Everything after ``cursor``, or nothing when ``timeout_s`` pass without it."""
        with self._changed:
            if cursor == self._cursor and not self._ended:
                self._changed.wait(timeout_s)
            missed = cursor < self._oldest()
            count = 0 if missed else self._cursor - cursor
            frames = tuple(self._frames)[len(self._frames) - count :]
            return Batch(frames, self._cursor, missed)

    def _oldest(self) -> int:
        return self._cursor - len(self._frames)

    def _id(self, cursor: int) -> str:
        return f"{self._epoch}-{cursor}"

    @property
    def ended(self) -> bool:
        return self._ended

    def begin(self) -> None:
        """Let streams run, also after an end."""
        self._ended = False

    def end(self) -> None:
        """Let every stream end now."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
