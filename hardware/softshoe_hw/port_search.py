"""Which ports to try now: those that are named, and those that are plugged in."""

from collections.abc import Iterable
from math import inf

from msgspec import Struct

_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_LONGEST_NAMED_PAUSE_S = 2.0


class _Tried(Struct):
    """A port that was tried: when to try it again, and how long the next pause will be."""

    due_s: float
    pause_s: float
    why: str | None = None


class PortSearch:
    """Remembers what was tried. A port that answers in vain is left alone for longer each time."""

    def __init__(self, named: Iterable[str]) -> None:
        self._named = tuple(named)
        self._tried: dict[str, _Tried] = {}

    def due(self, plugged: Iterable[str], now_s: float) -> list[str]:
        """What to open now; `failed` or `gone` tells how it ended."""
        there = (*self._named, *plugged)
        self._tried = {port: tried for port, tried in self._tried.items() if port in there}
        due = [port for port in dict.fromkeys(there) if self._is_due(port, now_s)]
        for port in due:
            pause_s = self._tried[port].pause_s if port in self._tried else _FIRST_PAUSE_S
            self._tried[port] = _Tried(inf, pause_s)
        return due

    def failed(self, port: str, why: str, now_s: float) -> None:
        """It could not be opened, or no board was there."""
        pause_s = self._tried[port].pause_s if port in self._tried else _FIRST_PAUSE_S
        longest_s = _LONGEST_NAMED_PAUSE_S if port in self._named else _LONGEST_PAUSE_S
        self._tried[port] = _Tried(now_s + pause_s, min(2 * pause_s, longest_s), why)

    def gone(self, port: str, why: str, now_s: float) -> None:
        """A board was there and went away: it is looked for at once."""
        self._tried[port] = _Tried(now_s + _FIRST_PAUSE_S, _FIRST_PAUSE_S, why)

    @property
    def why(self) -> dict[str, str]:
        """Why ports that are there cannot be used."""
        return {port: tried.why for port, tried in self._tried.items() if tried.why}

    def _is_due(self, port: str, now_s: float) -> bool:
        return port not in self._tried or now_s >= self._tried[port].due_s
