"""An event as a message: a JSON object of version, time and the event's fields."""

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from softshoe.clock import rfc3339
from softshoe.feed.contract import VERSION


def encode(event: Struct, at: str | None) -> bytes:
    """UTF-8 JSON; a number that is not finite becomes null."""
    return msgspec.json.encode({"v": VERSION, "at": at, **msgspec.to_builtins(event)})


def moment(started_at: str | None, t_s: float) -> str | None:
    """The time of a step, from the start of its session."""
    if started_at is None:
        return None
    return rfc3339(datetime.fromisoformat(started_at) + timedelta(seconds=t_s))
