"""What a coach may ask of a treadmill over MQTT, what is answered, and what the page is told."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from softshoe.coaching import Skill
from softshoe.people import END, INVISIBLE

RequestId = Annotated[
    str,
    Meta(pattern=rf"^[A-Za-z0-9._-]{{1,32}}{END}", description="1 to 32 of A-Z, a-z, 0-9, . _ -"),
]
Text = Annotated[
    str,
    Meta(
        pattern=rf"^(?!\s)[^{INVISIBLE}]{{1,120}}{END}",
        description="1 to 120 characters, none of them a control character",
    ),
]
SessionId = Annotated[
    str, Meta(pattern=rf"^[A-Za-z0-9._-]{{1,64}}{END}", description="the key of a session")
]
StepNumber = Annotated[int, Meta(ge=1, le=2**31, description="the number of a step, from 1")]
Moment = Annotated[
    str,
    Meta(
        pattern=rf"^\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{{1,6}})?Z{END}",
        description="now, as in 2026-03-01T09:00:12.345Z",
    ),
]
Version = Annotated[Literal[1], Meta(description="1, or left out")]
Order = Annotated[
    Literal["start", "stop", "lap", "focus"], Meta(description="one of start, stop, lap, focus")
]


class CueRequest(Struct, frozen=True, kw_only=True):
    """Words for the runner, to be shown on the treadmill's page for some seconds."""

    v: Version = 1
    id: RequestId
    text: Text
    for_s: Annotated[float, Meta(ge=1, le=60, description="1 to 60 seconds")] = 8.0


class RecordRequest(Struct, frozen=True, kw_only=True):
    """Send these stored steps of a session again, the first and the last of them included."""

    v: Version = 1
    id: RequestId
    session: SessionId
    first: StepNumber = field(name="from")
    last: StepNumber = field(name="to")


class CommandRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Begin or end the run or mark a lap, as the button does; or mind a skill, as the page does."""

    v: Version = 1
    id: RequestId
    at: Moment
    do: Order
    skill: Annotated[
        Skill | None, Meta(description="with focus: the skill to mind; null: none any more")
    ] = None


class Answer(Struct, frozen=True, kw_only=True):
    """What became of a request: ``id`` is the request's."""

    id: str
    result: Literal["shown", "done", "refused", "expired"]
    why: str | None = None


class Message(Struct, frozen=True, kw_only=True):
    """A coach's words, to be shown as text for some seconds from when they are published."""

    id: str
    text: str
    for_s: float


class MessageShown(Struct, frozen=True):
    """A screen has shown this message."""

    id: str
