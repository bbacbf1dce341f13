"""Where the pressure is: width, sides, reach, strike of a deck that knows its centre of pressure.

The belt carries a foot backwards: what is measured at ``t`` after initial contact was ``v * t``
further forward when the foot landed.
"""

from dataclasses import dataclass

import numpy as np
from tests.recordings.oracle_contacts import Contacts
from tests.recordings.oracle_signal import Array, Indices, samples_between

SURE = 3.0
LEAST_MM = 15.0
CORRELATED = 1.63


@dataclass(frozen=True)
class Pressure:
    """Drift-free force and its moments F·x, F·y; a place is valid above ``least_n``."""

    force: Array
    moment_x: Array
    moment_y: Array
    least_n: float

    def valid(self, samples: Indices) -> Indices:
        return samples[self.force[samples] > self.least_n]

    def x(self, samples: Indices) -> Array:
        return self.moment_x[samples] / self.force[samples]

    def y(self, samples: Indices) -> Array:
        return self.moment_y[samples] / self.force[samples]


def contact_samples(contacts: Contacts, low: float, high: float) -> list[Indices]:
    length = contacts.toe_off - contacts.initial
    ends = zip(contacts.initial + low * length, contacts.initial + high * length, strict=True)
    return [samples_between(a, b) for a, b in ends]


def lateral_mm(pressure: Pressure, contacts: Contacts) -> Array:
    """Mean y of each contact, weighted by force, over all of its valid samples."""
    spans = [pressure.valid(s) for s in contact_samples(contacts, 0.0, 1.0)]
    return np.array([pressure.moment_y[s].sum() / pressure.force[s].sum() for s in spans])


def midstance_mm(pressure: Pressure, contacts: Contacts) -> Array:
    """Plain mean of y over 20 to 80 % of each contact: what the sides are told from."""
    spans = contact_samples(contacts, 0.2, 0.8)
    return np.array([pressure.y(pressure.valid(s)).mean() for s in spans])


def against_neighbours(y: Array) -> Array:
    """How far each value lies from the mean of the two beside it; NaN at both ends."""
    inner = y[1:-1] - (y[:-2] + y[2:]) / 2
    return np.concatenate([[np.nan], inner, [np.nan]])


def sides(pressure: Pressure, contacts: Contacts) -> Array:
    """+1 left, -1 right for the whole chain at once; all 0 when its evidence does not suffice."""
    beats = np.diff(contacts.initial) / np.median(np.diff(contacts.initial))
    parity = (-1.0) ** np.concatenate([[0], np.cumsum(np.round(beats))])
    d = (against_neighbours(midstance_mm(pressure, contacts)) * parity)[1:-1]
    error = CORRELATED * d.std(ddof=1) / np.sqrt(len(d))
    known = len(d) >= 10 and abs(d.mean()) >= max(LEAST_MM, SURE * error)
    return parity * np.sign(d.mean()) if known else np.zeros(len(parity))


def landing_samples(pressure: Pressure, contacts: Contacts) -> list[Indices]:
    """10 to 20 ms after initial contact, or the first 10 ms with enough force."""
    rate = contacts.rate_hz
    return [
        _enough(pressure, samples_between(a + 0.010 * rate, a + 0.020 * rate), b, rate)
        for a, b in zip(contacts.initial, contacts.toe_off, strict=True)
    ]


def _enough(pressure: Pressure, window: Indices, end: float, rate_hz: float) -> Indices:
    inside = pressure.valid(window)
    if len(inside) >= 0.010 * rate_hz:
        return inside
    later = pressure.valid(samples_between(window[0], end))
    return later[: int(np.ceil(0.010 * rate_hz))]


def leaving_samples(pressure: Pressure, contacts: Contacts) -> list[Indices]:
    """The last 10 ms with enough force."""
    valid = [pressure.valid(s) for s in contact_samples(contacts, 0.0, 1.0)]
    return [s[s > s[-1] - 0.010 * contacts.rate_hz + 1e-9] for s in valid]


def body_mm(pressure: Pressure, contacts: Contacts) -> Array:
    """The body's mean position: force-weighted x of a contact and its two neighbours."""
    spans = contact_samples(contacts, 0.0, 1.0)
    moment = np.array([pressure.moment_x[s].sum() for s in spans])
    force = np.array([pressure.force[s].sum() for s in spans])
    three = np.ones(3)
    inner = np.convolve(moment, three, "valid") / np.convolve(force, three, "valid")
    return np.concatenate([[np.nan], inner, [np.nan]])


def reach_and_strike(pressure: Pressure, contacts: Contacts, belt_m_s: float) -> dict[str, Array]:
    belt = 1000 * belt_m_s / contacts.rate_hz

    def carried(spans: list[Indices], to: Array) -> Array:
        pairs = zip(spans, to, strict=True)
        return np.array([np.mean(pressure.x(s) + belt * (s - at)) for s, at in pairs])

    landed = carried(landing_samples(pressure, contacts), contacts.initial)
    left = carried(leaving_samples(pressure, contacts), contacts.toe_off)
    middle = carried(contact_samples(contacts, 0.45, 0.55), contacts.initial)
    body = body_mm(pressure, contacts)
    ahead, behind, travel = landed - body, body - left, middle - landed
    return {
        "reach_ahead_mm": ahead,
        "reach_behind_mm": behind,
        "swing_balance_pct": 100 * ahead / (ahead + behind),
        "cop_travel_mm": travel,
        "strike_index_pct": 0.65 * (95.9 - 0.513 * travel),
    }
