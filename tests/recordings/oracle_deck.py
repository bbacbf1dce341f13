"""The deck's metrics of a whole running record, computed offline: the reference of the tests."""

from dataclasses import dataclass

import numpy as np
from tests.recordings import oracle_place as place
from tests.recordings.oracle_contacts import FLIGHT_S, Contacts, body_weight_n, find_contacts
from tests.recordings.oracle_loading import STANDARD_G, Stance, bounce, loading
from tests.recordings.oracle_signal import Array, baseline, zero_lag_lowpass


@dataclass(frozen=True)
class Reference:
    """One value a step for every metric, NaN where it cannot be known; ``sides`` +1 is left."""

    body_weight_n: float
    sides: Array
    steps: dict[str, Array]

    def __len__(self) -> int:
        return len(self.sides)

    def mean(self, metric: str) -> float:
        if metric == "cadence_spm":
            return 60_000 / self.mean("step_ms")
        return float(np.nanmean(self.steps[metric]))

    @property
    def method(self) -> str:
        """The one impact method of the session's means, from its first 50 steps."""
        return "peak" if self.steps["has_peak"][:50].mean() >= 0.5 else "stance13"


def from_corners(cells: Array, half_length_mm: float, half_width_mm: float) -> Array:
    """Front left, front right, rear left, rear right → force, F·x, F·y."""
    fl, fr, rl, rr = cells.T
    moment_x = half_length_mm * (fl + fr - rl - rr)
    moment_y = half_width_mm * (fl + rl - fr - rr)
    return np.column_stack([cells.sum(axis=1), moment_x, moment_y])


def from_force_and_cop(values: Array) -> Array:
    """Force, x, y → force, F·x, F·y; no place, no moment."""
    return np.column_stack([values[:, 0], np.nan_to_num(values[:, :1] * values[:, 1:])])


def deck_reference(
    force_and_moments: Array,
    rate_hz: float,
    belt_m_s: float | None = None,
    height_mm: float | None = None,
) -> Reference:
    """All metrics of a record of force alone (n, 1) or of force, F·x, F·y (n, 3)."""
    smooth = zero_lag_lowpass(force_and_moments, rate_hz)
    contacts = find_contacts(smooth[:, 0], rate_hz)
    clean = smooth - baseline(smooth, *contacts.unloaded(*FLIGHT_S))
    weight_n = body_weight_n(clean[:, 0], contacts)
    steps = _timing(contacts) | _forces(clean[:, 0] / weight_n, contacts)
    side = np.zeros(len(contacts))
    if belt_m_s and height_mm:
        steps |= _spring_mass(contacts, weight_n, belt_m_s, 0.53 * height_mm / 1000)
    if clean.shape[1] == 3 and belt_m_s:
        force, moment_x, moment_y = clean.T
        least_n = max(150.0, 0.2 * weight_n)
        pressure = place.Pressure(force, moment_x, moment_y, least_n)
        side = place.sides(pressure, contacts)
        steps |= place.reach_and_strike(pressure, contacts, belt_m_s)
        offset = place.against_neighbours(place.lateral_mm(pressure, contacts))
        steps["step_width_mm"] = np.where(side != 0, offset * side, np.nan)
    return Reference(weight_n, side, steps)


def _timing(contacts: Contacts) -> dict[str, Array]:
    return {
        "t_s": contacts.t_s,
        "contact_ms": 1000 * contacts.contact_s,
        "flight_ms": 1000 * contacts.flight_s,
        "step_ms": 1000 * contacts.step_s,
        "cadence_spm": 60 / contacts.step_s,
        "duty_factor": contacts.contact_s / (2 * (contacts.contact_s + contacts.flight_s)),
    }


def _forces(force_bw: Array, contacts: Contacts) -> dict[str, Array]:
    stances = [
        Stance(force_bw, float(a), float(b), contacts.rate_hz)
        for a, b in zip(contacts.initial, contacts.toe_off, strict=True)
    ]
    rows = [loading(stance) for stance in stances]
    following = contacts.initial + contacts.step_s * contacts.rate_hz
    unknown = {"vertical_oscillation_mm": np.nan, "push_impulse_bw_s": np.nan}
    for row, stance, at in zip(rows, stances, following, strict=True):
        row |= bounce(stance, float(at)) if np.isfinite(at) else unknown
    return {metric: np.array([row[metric] for row in rows]) for metric in rows[0]}


def _spring_mass(
    contacts: Contacts, weight_n: float, belt_m_s: float, leg_m: float
) -> dict[str, Array]:
    return spring_mass(
        contacts.contact_s, contacts.flight_s, weight_n / STANDARD_G, belt_m_s, leg_m
    ) | {"step_length_mm": 1000 * belt_m_s * contacts.step_s}


def spring_mass(
    contact_s: Array, flight_s: Array, mass_kg: float, belt_m_s: float, leg_m: float
) -> dict[str, Array]:
    """Morin 2005: the body as a mass on a leg spring, from times alone."""
    weight_n = mass_kg * STANDARD_G
    greatest = weight_n * np.pi / 2 * (flight_s / contact_s + 1)
    drop = greatest * contact_s**2 / (mass_kg * np.pi**2) - STANDARD_G * contact_s**2 / 8
    compression = leg_m - np.sqrt(leg_m**2 - (belt_m_s * contact_s / 2) ** 2) + drop
    return {
        "fmax_bw": greatest / weight_n,
        "com_drop_mm": 1000 * drop,
        "vertical_stiffness_kn_m": greatest / drop / 1000,
        "leg_compression_mm": 1000 * compression,
        "leg_stiffness_kn_m": greatest / compression / 1000,
    }
