"""A coach's words on their way to the runner's eyes: shown by a screen, or expired."""

from collections.abc import Callable

from softshoe.requests import Answer, CueRequest, Message

_WAITING = 8
EVERY_S = 1.0


class Cues:
    """Hands each to the screens by ``show``, and knows which have not been seen yet."""

    def __init__(self, show: Callable[[Message], None]) -> None:
        self._show = show
        self._until_s: dict[str, float] = {}
        self._last_s = float("-inf")

    def take(self, cue: CueRequest, now_s: float) -> Answer | None:
        """Show it; an answer at once when that is not possible."""
        if cue.id in self._until_s:
            return _refused(cue, "A cue of this id is being shown.")
        if now_s - self._last_s < EVERY_S or len(self._until_s) >= _WAITING:
            return _refused(cue, "Too many cues: one a second at most.")
        self._last_s = now_s
        self._until_s[cue.id] = now_s + cue.for_s
        self._show(Message(id=cue.id, text=cue.text, for_s=cue.for_s))
        return None

    def shown(self, cue: str) -> Answer | None:
        """A screen has shown it; None when nobody waits for that."""
        known = self._until_s.pop(cue, None) is not None
        return Answer(id=cue, result="shown") if known else None

    def over(self, now_s: float) -> list[Answer]:
        """Those that no screen has shown in their time."""
        late = [cue for cue, until_s in self._until_s.items() if now_s > until_s]
        for cue in late:
            del self._until_s[cue]
        why = "No screen has shown it in its time."
        return [Answer(id=cue, result="expired", why=why) for cue in late]


def _refused(cue: CueRequest, why: str) -> Answer:
    return Answer(id=cue.id, result="refused", why=why)
