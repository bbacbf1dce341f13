"""One foot on the ground, with the samples that it needs to be measured, cut out of its track."""

import math

from msgspec import Struct

from softshoe.events import Array, Side
from softshoe.gait.filters import ZeroLag
from softshoe.gait.reach import Places
from softshoe.gait.sides import Parity, SideEvidence
from softshoe.gait.sole import Sole
from softshoe.gait.trace import Trace, filtered, find_edges, remove_drift
from softshoe.gait.track import Quiet, Track

BEFORE_S = 0.070
AFTER_S = 0.030


class Touch(Struct, eq=False):
    """A contact as stage 1 saw it. ``landed`` once its landing has been told."""

    on: int
    before: Quiet
    off: int | None = None
    landed: bool = False


class Contact(Struct, eq=False):
    """An accepted contact. What only its neighbours can tell is filled in when they are there.

    ``rows`` (n, channels) are raw and begin at index ``start``; ``ic`` and ``to`` are (fractional)
    indices of the trace that was cut from them; times are seconds of the source's clock.
    """

    zero_lag: ZeroLag
    rate_hz: float
    is_deck: bool
    level: float
    low: int
    high: int
    start: int
    rows: Array
    before: Quiet
    trace: Trace
    ic_s: float
    to_s: float
    bridged: bool
    foot: Side | None = None
    after: Quiet | None = None
    parity: Parity = 0
    chained: bool = False
    """Whether the contact before is this one's neighbour: nothing was lost between."""
    number: int | None = None
    side: Side | None = None
    places: Places | None = None
    sole: Sole | None = None
    strike: tuple[str, float] | None = None
    evidence: SideEvidence | None = None
    sides_disagree: bool = False
    sway_mm: float | None = None


def cut_contact(track: Track, touch: Touch, level: float, is_deck: bool) -> Contact | None:
    """Measure where a touch begins and ends; None when an edge is not among the samples."""
    assert touch.off is not None
    start = max(track.raw.first, touch.on - round(BEFORE_S * track.rate_hz))
    rows = track.raw.cut(start, track.raw.end).copy()
    low, high = touch.on - start, touch.off - start
    trace = cut_trace(
        rows, start, touch.before, None, track.zero_lag, is_deck, level, low, high, track.rate_hz
    )
    if trace is None:
        return None
    return Contact(
        zero_lag=track.zero_lag,
        rate_hz=track.rate_hz,
        is_deck=is_deck,
        level=level,
        low=low,
        high=high,
        start=start,
        rows=rows,
        before=touch.before,
        trace=trace,
        ic_s=track.time_s(start + trace.ic),
        to_s=track.time_s(start + trace.to),
        bridged=track.flaws(math.floor(start + trace.ic), math.ceil(start + trace.to))[0],
    )


def cut_trace(
    rows: Array,
    start: int,
    before: Quiet,
    after: Quiet | None,
    zero_lag: ZeroLag,
    is_deck: bool,
    level: float,
    low: int,
    high: int,
    rate_hz: float,
) -> Trace | None:
    force, channels = filtered(remove_drift(rows, start, before, after), zero_lag, is_deck)
    edges = find_edges(force, level, low, high)
    return None if edges is None else Trace(rate_hz, force, channels, *edges)


def complete(contact: Contact, track: Track, until_s: float) -> None:
    """Take in the deck's samples up to the next contact and the drift line's other end.

    (A foot's next zero comes a step too late for this; its sensors drift slowly.)
    """
    end = track.index_at(until_s) + round(AFTER_S * track.rate_hz)
    rows = track.raw.cut(contact.start, end)
    if track.raw.first > contact.start or len(rows) <= len(contact.rows):
        rows = contact.rows
    shift = track.time_s(contact.start)
    trace = cut_trace(
        rows,
        contact.start,
        contact.before,
        contact.after,
        contact.zero_lag,
        contact.is_deck,
        contact.level,
        contact.low,
        contact.high,
        contact.rate_hz,
    )
    if trace is not None:
        contact.rows, contact.trace = rows.copy(), trace
        contact.ic_s = shift + trace.ic / contact.rate_hz
        contact.to_s = shift + trace.to / contact.rate_hz
