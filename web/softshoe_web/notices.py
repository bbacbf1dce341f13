"""A coach's messages on the screens: who has one on its stream may say once that it is shown."""

import secrets
import threading
from collections import deque
from hmac import compare_digest

from msgspec import Struct

from softshoe.requests import Message

_KEPT = 16


class Notice(Struct, frozen=True, kw_only=True):
    """A coach's words, to be shown as text for ``for_s`` seconds; ``nonce`` is worth one answer."""

    id: str
    text: str
    for_s: float
    nonce: str


class Notices:
    """Which notices have not been shown yet. From any thread."""

    def __init__(self) -> None:
        self.shown: deque[str] = deque(maxlen=_KEPT)
        """Ids of messages that have been shown, to be taken by the owner."""
        self._waiting: deque[Notice] = deque(maxlen=_KEPT)
        self._lock = threading.Lock()

    def issue(self, message: Message) -> Notice:
        """What the streams are to be sent of a message."""
        nonce = secrets.token_urlsafe(16)
        notice = Notice(id=message.id, text=message.text, for_s=message.for_s, nonce=nonce)
        with self._lock:
            self._waiting.append(notice)
        return notice

    def confirm(self, message: str, nonce: str) -> bool:
        """It is shown; False when no such notice waits for that any more."""
        with self._lock:
            for notice in self._waiting:
                if notice.id == message and compare_digest(notice.nonce, nonce):
                    self._waiting.remove(notice)
                    self.shown.append(message)
                    return True
        return False
