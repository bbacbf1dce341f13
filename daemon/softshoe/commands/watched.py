"""What a coach wants to know of each treadmill, gathered from the feed, as rows of a table."""

import re
from collections.abc import Callable
from typing import Any

from softshoe.coaching import Focus
from softshoe.commands.text_table import number_text
from softshoe.events import Health, LiveState, Session
from softshoe.feed.contract import ABOUT, FOCUS, HEALTH, RECORD_SESSION, STATE, STATUS, Topic
from softshoe.feed.hearing import Heard

HEADING = (
    "treadmill",
    "who",
    "now",
    "focus",
    "trouble",
    "time",
    "spm",
    "left",
    "right",
    "balance",
    "steps",
)
WORDS = 5
TOPICS = (STATUS, ABOUT, STATE, FOCUS, HEALTH, RECORD_SESSION)
_LATE_S = 3.0
_BAD = ("stale", "lost", "broken")


class Treadmill:
    """The newest of each kind of message of one device."""

    def __init__(self, device: str) -> None:
        self.device = device
        self._newest: dict[Topic, Any] = {}
        self._live_s: float | None = None

    def take(self, heard: Heard, now_s: float) -> None:
        self._newest[heard.topic] = heard.event
        if heard.topic is STATE:
            self._live_s = None if heard.retained else now_s

    def row(self, now_s: float) -> tuple[str, ...]:
        """One text for each column of HEADING; what is late is not shown as if it were now."""
        now = self._now(now_s)
        state: LiveState = self._newest.get(STATE) or LiveState()
        shown = state if now in ("running", "walking") else LiveState()
        return (
            self.device,
            self._who(state),
            now,
            self._focus(),
            "; ".join(self._trouble()),
            _minutes(state.running_s) if state.session else "–",
            number_text(shown.cadence_spm, 0),
            _softness(shown, shown.left.valr_bw_s),
            _softness(shown, shown.right.valr_bw_s),
            number_text(shown.balance_pct, 1),
            str(state.steps) if state.session else "–",
        )

    def _now(self, now_s: float) -> str:
        state: LiveState | None = self._newest.get(STATE)
        if self._newest.get(STATUS) == "offline":
            return "offline"
        if state is None or state.state in ("ready", "done"):
            return "free" if state is None or state.state == "ready" else "done"
        if state.state == "running" and (self._live_s is None or now_s - self._live_s > _LATE_S):
            return "not live"
        if state.state == "running" and state.activity == "walk":
            return "walking"
        return state.state

    def _who(self, state: LiveState) -> str:
        """Their alias, if they chose one: the feed names nobody."""
        session: Session | None = self._newest.get(RECORD_SESSION)
        if session is None or session.state != "open" or session.session != state.session:
            return ""
        return printable(session.alias or ("guest" if session.runner == "guest" else ""))

    def _focus(self) -> str:
        focus: Focus | None = self._newest.get(FOCUS)
        return focus.skill if focus and focus.phase != "over" else ""

    def _trouble(self) -> list[str]:
        health: Health | None = self._newest.get(HEALTH)
        if health is None:
            return []
        sensors = [
            f"{source.name} {source.state}" for source in health.sources if source.state in _BAD
        ]
        disk = [] if health.disk == "ok" else [f"disk {health.disk}"]
        return [printable(text) for text in (*sensors, *disk)]


class Gym:
    """All treadmills that were heard of."""

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        self._monotonic_s = monotonic_s
        self._treadmills: dict[str, Treadmill] = {}

    def take(self, heard: Heard) -> None:
        treadmill = self._treadmills.setdefault(heard.device, Treadmill(heard.device))
        treadmill.take(heard, self._monotonic_s())

    def rows(self) -> list[tuple[str, ...]]:
        """In the order of their names, 2 before 10."""
        now_s = self._monotonic_s()
        ordered = sorted(self._treadmills.values(), key=lambda each: in_order(each.device))
        return [treadmill.row(now_s) for treadmill in ordered]


def in_order(name: str) -> list[tuple[int, str]]:
    """A key to sort by: numbers in names count as numbers."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)
    ]


def printable(text: str) -> str:
    """Without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _softness(state: LiveState, mean: float | None) -> str:
    """Per cent from the runner's own line; without a line the loading rate itself."""
    if mean is None or not state.line_valr_bw_s:
        return number_text(mean, 0)
    return f"{100 * mean / state.line_valr_bw_s - 100:+.0f}%"


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
