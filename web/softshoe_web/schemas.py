"""JSON Schemas of what the API answers, made from the types themselves."""

from typing import Any

import msgspec

from softshoe.calibrating.progress import Progress, Setup
from softshoe.coaching import Cue, Focus
from softshoe.events import About, Health, LiveState, Session, Step
from softshoe_web.columns import StepColumns
from softshoe_web.live import Beat, Sent, Snapshot
from softshoe_web.notices import Notice

_TYPES: dict[str, Any] = {
    "about": About,
    "beat": Beat,
    "calibration": Progress,
    "calibration-start": Setup,
    "cue": Cue,
    "focus": Focus,
    "health": Health,
    "sent-about": Sent[About],
    "sent-cue": Sent[Cue],
    "sent-focus": Sent[Focus],
    "sent-message": Sent[Notice],
    "sent-health": Sent[Health],
    "sent-session": Sent[Session],
    "sent-state": Sent[LiveState],
    "sent-step": Sent[Step],
    "session": Session,
    "snapshot": Snapshot,
    "state": LiveState,
    "step": Step,
    "step-columns": StepColumns,
}


def schema_names() -> tuple[str, ...]:
    return tuple(_TYPES)


def schema(name: str) -> dict[str, Any]:
    return msgspec.json.schema(_TYPES[name])
