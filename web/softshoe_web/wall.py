"""The coach's wall as the daemon relays it: what all treadmills at the broker say."""

import threading
from collections import deque
from collections.abc import Iterator
from http import HTTPStatus
from secrets import token_hex
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from softshoe.clock import Clock
from softshoe.feed.contract import (
    ABOUT,
    ANSWER,
    FOCUS,
    HEALTH,
    RECORD_SESSION,
    STATE,
    STATUS,
)
from softshoe.feed.credentials import check
from softshoe.feed.hearing import Heard, Hearing
from softshoe.requests import CueRequest
from softshoe.settings import FeedSettings, WallSettings
from softshoe_web.live import Batch, frame
from softshoe_web.problems import Problem
from softshoe_web.stream import BEAT_S, RETRY

TOPICS = (STATUS, ABOUT, STATE, FOCUS, HEALTH, RECORD_SESSION, ANSWER)
FRAMES = 1024
DEVICES = 200
NOT_CONNECTED = "The broker cannot be reached now: nothing was sent."
NO_FEED = "There is no broker to hear of other treadmills: see [feed] enabled."
_WAIT_S = 0.05


class Relayed(Struct, frozen=True):
    """One message of a treadmill, as it came; ``retained``: it may be old."""

    device: str
    path: str
    retained: bool
    message: Any


class Link(Struct, frozen=True):
    """How the daemon and the broker stand; comes with every beat."""

    state: str
    why: str | None


class Asked(Struct, frozen=True):
    """A cue that was sent; what becomes of it comes as an answer of this id."""

    id: str


class Wall:
    """`run` listens in one thread while at least one stream is open; any number read `stream`."""

    name = "wall"

    def __init__(self, feed: FeedSettings | None, settings: WallSettings, clock: Clock) -> None:
        """``feed`` None: there is no broker. Raises ConfigError when a file cannot be used."""
        self.websocket = settings.websocket
        self._feed = feed and _as_coach(feed, settings)
        if self._feed:
            check(self._feed)
        self._clock = clock
        self._changed = threading.Condition()
        self._kept: dict[tuple[str, str], bytes] = {}
        self._frames: deque[bytes] = deque(maxlen=FRAMES)
        self._cursor = 0
        self._watchers = 0
        self._stopped = False
        self._link = Link("away", None if feed else NO_FEED)
        self._cues: deque[tuple[str, CueRequest]] = deque()

    # --- the thread that listens -------------------------------------------------------------

    def run(self, stop: threading.Event) -> None:
        """Listen while somebody watches, until ``stop``."""
        self._stopped = False
        while not stop.is_set():
            if self._feed and self._watchers:
                self._listen(self._feed, stop)
            else:
                stop.wait(_WAIT_S)

    def _listen(self, feed: FeedSettings, stop: threading.Event) -> None:
        hearing = Hearing(feed, self._clock.monotonic_s, TOPICS)
        while self._watchers and not stop.is_set():
            self._take(hearing.hear(_WAIT_S), Link(hearing.state, hearing.why))
            while self._cues and hearing.say(*self._cues[0]):
                self._cues.popleft()
        hearing.close()
        self._forget()

    def _take(self, messages: list[Heard], link: Link) -> None:
        with self._changed:
            self._link = link
            for heard in messages:
                self._tell(heard)
            if messages:
                self._changed.notify_all()

    def _tell(self, heard: Heard) -> None:
        relayed = Relayed(heard.device, heard.topic.path, heard.retained, heard.message)
        told = frame("heard", relayed)
        self._cursor += 1
        self._frames.append(told)
        if heard.topic.retain and self._has_room(heard.device):
            self._kept[heard.device, heard.topic.path] = told

    def _has_room(self, device: str) -> bool:
        """Whoever may write to the broker can make devices up."""
        known = {each for each, _ in self._kept}
        return device in known or len(known) < DEVICES

    def _forget(self) -> None:
        """Nobody watches, so nobody hears what changes."""
        with self._changed:
            self._kept.clear()
            self._cues.clear()
            self._link = Link("away", None)

    # --- those that watch --------------------------------------------------------------------

    def stream(self) -> Iterator[bytes]:
        """All that is known, then what comes; a beat with the link's state twice a second."""
        with self._changed:
            self._watchers += 1
        try:
            yield RETRY
            cursor: int | None = None
            while not self._stopped:
                if cursor is None:
                    first, cursor = self._start()
                    yield first
                batch = self._after(cursor)
                yield b"".join((frame("link", self._link), *batch.frames))
                cursor = None if batch.missed else batch.cursor
        finally:
            with self._changed:
                self._watchers -= 1

    def _start(self) -> tuple[bytes, int]:
        with self._changed:
            return b"".join((frame("link", self._link), *self._kept.values())), self._cursor

    def _after(self, cursor: int) -> Batch:
        with self._changed:
            if cursor == self._cursor and not self._stopped:
                self._changed.wait(BEAT_S)
            count = self._cursor - cursor
            missed = count > len(self._frames)
            frames = () if missed else tuple(self._frames)[len(self._frames) - count :]
            return Batch(frames, self._cursor, missed)

    def say(self, device: str, text: str, for_s: float) -> Asked:
        """Send a cue. Problem when there is no connection."""
        if self._link.state != "connected":
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, self._link.why or NOT_CONNECTED)
        cue = CueRequest(id=f"wall-{token_hex(8)}", text=text, for_s=for_s)
        self._cues.append((device, cue))
        return Asked(cue.id)

    def end(self) -> None:
        """Let every stream end now."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()


def _as_coach(feed: FeedSettings, settings: WallSettings) -> FeedSettings:
    """The broker of the feed; as somebody else, where that is configured."""
    if not settings.user:
        return feed
    return replace(
        feed,
        user=settings.user,
        password_file=settings.password_file,
        certificate_file="",
        key_file="",
    )
