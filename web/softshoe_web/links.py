"""Single-use links: a random word that stands for one run, for ten minutes. In memory only."""

import secrets
import threading
from collections.abc import Callable

from msgspec import Struct

LIFE_S = 600.0
MOST = 32
_BYTES = 16


class _Link(Struct, frozen=True):
    session: str
    until_s: float


class Links:
    """From any thread. When there are too many the oldest goes."""

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        self._monotonic_s = monotonic_s
        self._links: dict[str, _Link] = {}
        self._lock = threading.Lock()

    def make(self, session: str) -> str:
        """A new token for a run; the run's earlier one is worth nothing any more."""
        token = secrets.token_urlsafe(_BYTES)
        with self._lock:
            self._let_go(session)
            self._links[token] = _Link(session, self._monotonic_s() + LIFE_S)
        return token

    def session(self, token: str) -> str | None:
        """The run that a token stands for, as long as it does."""
        with self._lock:
            return self._valid(self._links.get(token))

    def spend(self, token: str) -> bool:
        """Use the token up; False when somebody else was faster, or it was too late."""
        with self._lock:
            return self._valid(self._links.pop(token, None)) is not None

    def _valid(self, link: _Link | None) -> str | None:
        return link.session if link and self._monotonic_s() < link.until_s else None

    def _let_go(self, session: str) -> None:
        """Of what is worth nothing, of the run's own, and of the oldest beyond the limit."""
        kept = {
            token: link
            for token, link in self._links.items()
            if self._valid(link) not in (None, session)
        }
        while len(kept) >= MOST:
            del kept[next(iter(kept))]
        self._links = kept
