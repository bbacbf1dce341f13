"""A coach's commands: off unless the configuration allows them, and only while they are fresh."""

from collections.abc import Callable
from datetime import datetime

from softshoe.clock import Clock
from softshoe.coaching import FocusOn
from softshoe.events import Command, Wish
from softshoe.requests import Answer, CommandRequest

FRESH_S = 10.0
EVERY_S = 1.0

Obey = Callable[[Wish], bool]


class Commands:
    """Hands each to ``obey``, which says whether there was room for it; None: commands are off."""

    def __init__(self, clock: Clock, obey: Obey | None) -> None:
        self._clock = clock
        self._obey = obey
        self._last_s = float("-inf")

    def take(self, request: CommandRequest, now_s: float) -> Answer:
        if self._obey is None:
            return _answer(request, "refused", "Commands are off at this treadmill.")
        if not self._clock.synced():
            return _answer(request, "refused", "The clock of this treadmill is not set.")
        if abs((self._clock.wall() - datetime.fromisoformat(request.at)).total_seconds()) > FRESH_S:
            return _answer(request, "expired", f"at: not within {FRESH_S:.0f} s of now.")
        if request.skill is not None and request.do != "focus":
            return _answer(request, "refused", "skill: only with focus.")
        if now_s - self._last_s < EVERY_S:
            return _answer(request, "refused", "Too many commands: one a second at most.")
        self._last_s = now_s
        if not self._obey(_wish(request)):
            return _answer(request, "refused", "Nothing is being measured.")
        return _answer(request, "done")


def _wish(request: CommandRequest) -> Wish:
    if request.do == "focus":
        return FocusOn(skill=request.skill)
    return Command(0.0, request.do)


def _answer(request: CommandRequest, result: str, why: str | None = None) -> Answer:
    return Answer(id=request.id, result=result, why=why)  # type: ignore[arg-type]
