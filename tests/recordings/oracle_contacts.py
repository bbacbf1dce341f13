"""Contacts of a whole record: crossings of 50 N above the line through the flights."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import percentile_filter
from tests.recordings.oracle_signal import Array, baseline, crossings, integral

LEVEL_N = 50.0
CONTACT_S = (0.10, 0.45)
FLIGHT_S = (0.04, 0.30)
LONGEST_STEP_S = 0.60
LEAST_PEAK_BW = 1.2


@dataclass(frozen=True)
class Contacts:
    """Initial contacts and toe-offs, in fractional samples, and the unloaded spans between."""

    initial: Array
    toe_off: Array
    rate_hz: float

    def __len__(self) -> int:
        return len(self.initial)

    @property
    def t_s(self) -> Array:
        return self.initial / self.rate_hz

    @property
    def contact_s(self) -> Array:
        return (self.toe_off - self.initial) / self.rate_hz

    @property
    def step_s(self) -> Array:
        """To the next initial contact; NaN at the end and where steps were missed."""
        steps = np.append(np.diff(self.initial), np.nan) / self.rate_hz
        return np.where(steps <= LONGEST_STEP_S, steps, np.nan)

    @property
    def flight_s(self) -> Array:
        flight = self.step_s - self.contact_s
        return np.where(flight <= FLIGHT_S[1], flight, np.nan)

    def unloaded(self, shortest_s: float, longest_s: float) -> tuple[Array, Array]:
        """Starts and ends of the spans between contacts that are neither too short nor too long."""
        off, on = self.toe_off[:-1], self.initial[1:]
        length = (on - off) / self.rate_hz
        keep = (length >= shortest_s) & (length <= longest_s)
        return off[keep], on[keep]


def loaded_spans(force: Array, rate_hz: float, level: float) -> Contacts:
    up, down = crossings(force, level)
    down = down[down > up[0]] if len(up) else down[:0]
    up = up[: len(down)]
    length = (down - up) / rate_hz
    keep = (length >= CONTACT_S[0]) & (length <= CONTACT_S[1])
    return Contacts(up[keep], down[keep], rate_hz)


def find_contacts(force: Array, rate_hz: float) -> Contacts:
    """Contacts of filtered running force; drift line and contacts settle in three rounds."""
    line = percentile_filter(force, 12, size=int(rate_hz))
    contacts = loaded_spans(force - line, rate_hz, 2 * LEVEL_N)
    for _ in range(3):
        line = baseline(force, *contacts.unloaded(*FLIGHT_S))
        contacts = loaded_spans(force - line, rate_hz, LEVEL_N)
    clean = force - line
    return _heavy(contacts, clean, LEAST_PEAK_BW * body_weight_n(clean, contacts))


def body_weight_n(clean: Array, contacts: Contacts) -> float:
    """Mean force over whole steps, which is the body's weight."""
    first, last = contacts.initial[0], contacts.initial[-1]
    return integral(clean, first, last) / float(last - first)


def _heavy(contacts: Contacts, clean: Array, least_n: float) -> Contacts:
    spans = zip(contacts.initial, contacts.toe_off, strict=True)
    peaks = np.array([clean[int(a) : int(b) + 1].max() for a, b in spans])
    keep = peaks >= least_n
    return Contacts(contacts.initial[keep], contacts.toe_off[keep], contacts.rate_hz)
