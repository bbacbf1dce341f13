"""Where a contact lies: on the belt, on the sole, on which side; and a foot's usual landing."""

from collections import deque
from typing import Literal

import numpy as np

from softshoe.events import Side
from softshoe.gait.contact import Contact
from softshoe.gait.reach import measure_places
from softshoe.gait.settings import GaitSettings
from softshoe.gait.sides import Parities, SideEvidence
from softshoe.gait.sole import landing_place, measure_sole
from softshoe.gait.trace import Trace, place_floor
from softshoe.gait.track import Track
from softshoe.rigs import InsoleLayout, Rig

STRIKE_STEPS = 25
SWAY_STEPS = 25
SWAY_LEAST = 10
CLEAR_RATIO = 3.0
AROUND_S = 0.080
NAMES: tuple[Side, Side] = ("left", "right")


def place_on_deck(contact: Contact, belt_m_s: float | None, body_weight: float | None) -> None:
    """Fill in ``places`` where the track has moments."""
    if contact.is_deck and contact.trace.channels.shape[1] == 3:
        belt_mm_s = 1000.0 * (belt_m_s or 0.0)
        contact.places = measure_places(contact.trace, belt_mm_s, place_floor(body_weight))


def place_on_sole(contact: Contact, track: Track, layout: InsoleLayout) -> None:
    """Fill in ``sole`` from a foot's own track, over the contact's time."""
    trace = sole_trace(contact, track)
    if trace is not None:
        contact.sole = measure_sole(trace, trace.channels, layout)


def sole_trace(contact: Contact, track: Track) -> Trace | None:
    """The foot's sensors around a contact that may have been timed on another track."""
    if not contact.is_deck:
        return contact.trace
    return foot_trace(track, contact.ic_s, contact.to_s)


def foot_trace(track: Track, ic_s: float, to_s: float) -> Trace | None:
    """A foot's sensors between two times and 80 ms around them, as far as there are samples."""
    start = track.index_at(ic_s - AROUND_S)
    rows = track.raw.cut(start, track.index_at(to_s + AROUND_S))
    if start < track.raw.first or not len(rows):
        return None
    pressure = track.zero_lag.apply(rows - track.baseline.zero)
    offset = track.time_s(start) * track.rate_hz
    ic, to = ic_s * track.rate_hz - offset, to_s * track.rate_hz - offset
    if to > len(rows) - 1:
        return None
    return Trace(track.rate_hz, pressure.sum(axis=1), pressure, ic, to)


def place_of_landing(track: Track, ic_s: float, layout: InsoleLayout) -> tuple[float, float] | None:
    """(x %, y mm lateral +) where a foot that is still down has landed."""
    trace = foot_trace(track, ic_s, track.time_s(track.raw.end - 1))
    if trace is None or not layout.sensors:
        return None
    return landing_place(trace, trace.channels, trace.force, layout)


def foot_under(start_s: float, end_s: float, feet: tuple[Track, ...]) -> Side:
    """The foot whose insole carries a deck's contact; unknown unless one clearly does."""
    loads = []
    for track in feet:
        rows = track.raw.cut(track.index_at(start_s), track.index_at(end_s))
        loads.append(max(0.0, float((rows - track.baseline.zero).sum())))
    if max(loads) == 0.0 or max(loads) < CLEAR_RATIO * min(loads):
        return "unknown"
    return NAMES[loads.index(max(loads))]


class Laterality:
    """Gives each contact its parity and its side, in order."""

    def __init__(self, rig: Rig) -> None:
        self._knows_place = rig.name.startswith("deck4")
        self._parities = Parities()
        self._evidence = SideEvidence()
        self._chains = [self._evidence]
        self._row: deque[Contact] = deque(maxlen=3)

    def steps_since_last(self, contact: Contact) -> int:
        """How many usual step times have gone since the last contact that was fed."""
        return self._parities.steps_since_last(contact.ic_s)

    def feed(self, contact: Contact) -> None:
        steps = self._parities.feed(contact.ic_s)
        if steps == 0:
            self._evidence = SideEvidence()
            self._chains = [*self._chains, self._evidence]
        if steps != 1:
            self._row.clear()
        contact.parity, contact.evidence = self._parities.parity, self._evidence
        self._row.append(contact)
        self._compare()
        contact.side = self._name(contact)

    def _compare(self) -> None:
        if len(self._row) < 3:
            return
        before, middle, after = (contact.places for contact in self._row)
        if before and middle and after:
            neighbours = 0.5 * (before.middle_y_mm + after.middle_y_mm)
            self._evidence.feed(self._row[1].parity, middle.middle_y_mm - neighbours)

    def _name(self, contact: Contact) -> Side | None:
        if not self._knows_place:
            return contact.foot
        by_place = self._evidence.side(contact.parity)
        if contact.foot in NAMES:
            contact.sides_disagree = by_place not in ("unknown", contact.foot)
            return contact.foot
        return by_place

    def decide_whole(self) -> None:
        """Of a finished recording: let each chain be labelled by all of its contacts."""
        for evidence in self._chains:
            evidence.decide_whole()

    def expected(self, initial_contact_s: float) -> Side | None:
        """The side of a contact that has just begun, where the deck tells it."""
        if not self._knows_place:
            return None
        return self._evidence.side(self._parities.expected(initial_contact_s))


def name_late(contact: Contact) -> None:
    """Evidence that came after the contact may still tell its side."""
    if contact.side == "unknown" and contact.evidence is not None and contact.foot is None:
        contact.side = contact.evidence.side(contact.parity)


class Habits:
    """A foot's usual landing over its last 25 steps, and how much the runner sways."""

    def __init__(self, settings: GaitSettings) -> None:
        self._settings = settings
        self._values: dict[Side | int, deque[float]] = {}
        self._middles: deque[float] = deque(maxlen=SWAY_STEPS)
        self._last_y: float | None = None

    def feed(self, contact: Contact, travel_mm: float | None) -> None:
        """Fill in ``strike`` and ``sway_mm``; ``travel_mm`` is None without deck or belt speed."""
        index = contact.sole.strike_index_pct if contact.sole else None
        if index is not None:
            contact.strike = self._strike(contact, index, self._settings.rear_below_pct)
        elif travel_mm is not None:
            contact.strike = self._strike(contact, -travel_mm, -self._settings.rear_travel_mm)
        contact.sway_mm = self._sway(contact)

    def _strike(
        self, contact: Contact, value: float, limit: float
    ) -> tuple[Literal["rear", "non_rear"], float]:
        """The mean of the last 25 decides; confidence is the share of them on the same side."""
        foot = contact.foot or contact.parity
        values = self._values.setdefault(foot, deque(maxlen=STRIKE_STEPS))
        values.append(value)
        rear = sum(values) / len(values) < limit
        agreeing = sum((one < limit) == rear for one in values)
        return ("rear" if rear else "non_rear"), agreeing / len(values)

    def _sway(self, contact: Contact) -> float | None:
        if contact.places is None:
            return None
        y = contact.places.loaded_y_mm
        if contact.chained and self._last_y is not None:
            self._middles.append(0.5 * (y + self._last_y))
        self._last_y = y
        return float(np.std(self._middles)) if len(self._middles) >= SWAY_LEAST else None
