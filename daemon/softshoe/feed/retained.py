"""What a newcomer must know at once: the newest of each kind, sent when it has changed."""

from typing import Any

import msgspec
from msgspec import Struct

from softshoe.coaching import Focus
from softshoe.events import About, Health, LiveState
from softshoe.feed.contract import ABOUT, FOCUS, HEALTH, STATE, Topic

EVERY_S = 1.0
Retained = About | Focus | Health | LiveState


class RetainedTopic:
    """The newest event of one topic, and whether it should be sent now."""

    def __init__(self, topic: Topic, every_s: float = 0.0) -> None:
        self.topic = topic
        self._every_s = every_s
        self._newest: Retained | None = None
        self._sent: Any = None
        self._sent_s = float("-inf")

    def keep(self, event: Retained) -> None:
        self._newest = event

    def forget_sent(self) -> None:
        """A new connection: the broker may know nothing any more."""
        self._sent, self._sent_s = None, float("-inf")

    def due(self, now_s: float) -> Retained | None:
        """The event to send now; None when nothing has changed, or it is too early."""
        if self._newest is None or now_s - self._sent_s < self._every_s:
            return None
        if (said := _said(self._newest)) == self._sent:
            return None
        self._sent, self._sent_s = said, now_s
        return self._newest


def retained_topics() -> dict[type[Struct], RetainedTopic]:
    """One for each type, fresh."""
    return {
        About: RetainedTopic(ABOUT),
        Focus: RetainedTopic(FOCUS, EVERY_S),
        Health: RetainedTopic(HEALTH),
        LiveState: RetainedTopic(STATE, EVERY_S),
    }


def _said(event: Retained) -> Any:
    """What of an event is news: of a Health its states, of the others everything."""
    if not isinstance(event, Health):
        return event
    sources = tuple((one.name, one.state, one.saturated, one.why) for one in event.sources)
    return sources, msgspec.structs.replace(
        event, sources=(), broker_backlog=0, disk_free_mb=None, dropped={}, restarts={}
    )
