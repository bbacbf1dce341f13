"""What a session becomes when it was cut short, or when the clock is set after it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from softshoe.clock import rfc3339
from softshoe.events import Session, Step


def interrupted(session: Session, last: Step | None) -> Session:
    """The session closed at the end of its last stored step."""
    duration_s = last.t_s + (last.contact_ms or 0.0) / 1000 if last else 0.0
    return msgspec.structs.replace(
        session,
        state="interrupted",
        duration_s=duration_s,
        running_s=min(session.running_s, duration_s),
        steps=(last.step or 0) if last else 0,
        ended_at=_later(session.started_at, duration_s),
    )


def dated(session: Session, wall_of_monotonic: Callable[[float], datetime]) -> Session:
    """The session with the times that were unknown while it ran."""
    started_at = rfc3339(wall_of_monotonic(session.started_monotonic_s))
    ended_at = None if session.state == "open" else _later(started_at, session.duration_s)
    return msgspec.structs.replace(
        session, clock="synced", started_at=started_at, ended_at=ended_at
    )


def _later(moment: str | None, seconds: float) -> str | None:
    if moment is None:
        return None
    return rfc3339(datetime.fromisoformat(moment) + timedelta(seconds=seconds))
