"""What comes in: read, checked, handed on and answered. What makes no sense is counted."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from softshoe.explanation import explain
from softshoe.feed.client import Received
from softshoe.feed.commands import Commands
from softshoe.feed.contract import COMMAND, CUE, HEARD, RECORD_REQUEST, Topic
from softshoe.feed.cues import Cues
from softshoe.feed.repeats import Repeats
from softshoe.requests import Answer, RequestId

LARGEST_BYTES = 4096
_ANSWERS = 64
_REMEMBERED = 64
_REMEMBERED_S = 60.0


class _Known(Struct, frozen=True):
    """The one thing that an answer needs."""

    id: RequestId


class Inbox:
    """Everything that a coach may ask of one device."""

    def __init__(self, device: str, cues: Cues, commands: Commands, repeats: Repeats) -> None:
        self.refused = 0
        """Messages that were not read: retained, too large, or not what their topic carries."""
        self._cues = cues
        self._commands = commands
        self._repeats = repeats
        self._topics = {topic.of(device): topic for topic in HEARD}
        self._answers: deque[Answer] = deque(maxlen=_ANSWERS)
        self._seen: dict[Received, float] = {}

    def read(self, message: Received, now_s: float) -> None:
        topic = self._topics.get(message.topic)
        if topic is None or message.retained or len(message.payload) > LARGEST_BYTES:
            self.refused += 1
            return
        try:
            request = msgspec.json.decode(message.payload, type=topic.carries)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            self._refuse(topic, message.payload, error)
            return
        if topic is RECORD_REQUEST or self._is_new(message, now_s):
            self._obey(topic, request, message, now_s)

    def _obey(self, topic: Topic, request: Any, message: Received, now_s: float) -> None:
        answer = self._handlers[topic](request, now_s)
        if answer is None or answer.result == "done":
            self._seen[message] = now_s
        self._say(answer)

    @property
    def _handlers(self) -> dict[Topic, Callable[[Any, float], Answer | None]]:
        return {
            CUE: self._cues.take,
            COMMAND: self._commands.take,
            RECORD_REQUEST: lambda request, _: self._repeats.ask(request),
        }

    def shown(self, message: str) -> None:
        """A screen has shown this cue."""
        self._say(self._cues.shown(message))

    def answers(self, now_s: float) -> Iterator[Answer]:
        """Each once, when it is to be sent."""
        self._answers.extend(self._cues.over(now_s))
        while self._repeats.answers:
            self._answers.append(self._repeats.answers.popleft())
        while self._answers:
            yield self._answers.popleft()

    def _is_new(self, message: Received, now_s: float) -> bool:
        """A network may deliver a message twice: the same bytes within a minute are one."""
        for seen, at_s in list(self._seen.items()):
            if now_s - at_s > _REMEMBERED_S or len(self._seen) > _REMEMBERED:
                del self._seen[seen]
        return message not in self._seen

    def _refuse(self, topic: Topic, payload: bytes, error: Exception) -> None:
        self.refused += 1
        assert topic.carries
        try:
            known = msgspec.json.decode(payload, type=_Known)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return
        why = explain(topic.carries, str(error))
        self._say(Answer(id=known.id, result="refused", why=why))

    def _say(self, answer: Answer | None) -> None:
        if answer:
            self._answers.append(answer)
