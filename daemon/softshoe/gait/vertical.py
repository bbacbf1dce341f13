"""How the body moves up and down, from vertical force alone, and the leg as a spring."""

import math

import numpy as np
from msgspec import Struct

from softshoe.events import Array

G_M_S2 = 9.80665
LEG_OF_HEIGHT = 0.53


class Bounce(Struct, frozen=True):
    """One step of the body's vertical movement. ``lowest`` is a fractional index of the force."""

    oscillation_mm: float
    lowest: float


def measure_bounce(force: Array, start: float, end: float, rate_hz: float) -> Bounce:
    """Integrate F/m - g twice from one contact to the next, velocity and place periodic.

    ``force`` (n,) in body weights; ``start`` and ``end`` are fractional indices into it.
    """
    count = max(2, round((end - start) * 2.0))
    at = np.linspace(start, end, count + 1)
    acceleration = (np.interp(at, np.arange(len(force)), force) - 1.0) * G_M_S2
    dt = (end - start) / count / rate_hz
    velocity = _integrate(acceleration - _mean(acceleration), dt)
    velocity -= _mean(velocity)
    place = _integrate(velocity, dt)
    low = int(np.argmin(place))
    return Bounce(1000.0 * float(place.max() - place.min()), float(at[low]))


def _integrate(values: Array, dt: float) -> Array:
    """Cumulative trapezoids, from 0."""
    steps = 0.5 * dt * (values[1:] + values[:-1])
    return np.concatenate(([0.0], np.cumsum(steps)))


def _mean(values: Array) -> float:
    """Mean over time by trapezoids."""
    return float(0.5 * (values[1:] + values[:-1]).mean())


class Spring(Struct, frozen=True):
    """The spring-mass model of a step (Morin 2005, J Appl Biomech 21:167)."""

    fmax_n: float
    com_drop_mm: float
    vertical_stiffness_kn_m: float
    leg_compression_mm: float | None
    leg_stiffness_kn_m: float | None


def spring_mass(
    mass_kg: float,
    contact_s: float,
    flight_s: float,
    speed_m_s: float | None,
    leg_m: float | None,
) -> Spring | None:
    """None without flight; the leg's part needs the speed and the leg's length."""
    if flight_s <= 0.0:
        return None
    fmax = mass_kg * G_M_S2 * (math.pi / 2.0) * (flight_s / contact_s + 1.0)
    drop = fmax * contact_s**2 / (mass_kg * math.pi**2) - G_M_S2 * contact_s**2 / 8.0
    compression = stiffness = None
    if speed_m_s is not None and leg_m is not None:
        half = speed_m_s * contact_s / 2.0
        if half < leg_m:
            compression = leg_m - math.sqrt(leg_m**2 - half**2) + drop
            stiffness = fmax / compression / 1000.0
    return Spring(
        fmax,
        1000.0 * drop,
        fmax / drop / 1000.0,
        None if compression is None else 1000.0 * compression,
        stiffness,
    )
