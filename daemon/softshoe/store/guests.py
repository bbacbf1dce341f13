"""How old a guest's run is, and when it goes: nobody said whose it is."""

from datetime import datetime

from softshoe.clock import Clock
from softshoe.events import Session

KEPT_S = 24 * 3600.0
UNDATED_KEPT_S = 3600.0
CLAIM_S = 15 * 60.0


def age_s(session: Session, clock: Clock) -> float | None:
    """Seconds since it ended; None when no clock can tell, as after a restart without a network."""
    if session.boot == clock.boot():
        return clock.monotonic_s() - session.started_monotonic_s - session.duration_s
    if session.ended_at and clock.synced():
        return (clock.wall() - datetime.fromisoformat(session.ended_at)).total_seconds()
    return None


def has_outlived(session: Session, clock: Clock, opened_s: float) -> bool:
    """After 24 h; what cannot be dated goes an hour after the store was opened."""
    age = age_s(session, clock)
    return clock.monotonic_s() - opened_s > UNDATED_KEPT_S if age is None else age > KEPT_S


def can_be_claimed(session: Session, clock: Clock) -> bool:
    """While it goes on, and for 15 minutes after it."""
    age = age_s(session, clock)
    return session.state == "open" or (age is not None and age < CLAIM_S)
