"""How the body truly moves up and down over a step."""

from typing import Any

import numpy as np

from softshoe.events import Array
from softshoe_hw.simulator.truth_curve import Curve
from softshoe_hw.simulator.two_mass import GRAVITY_M_S2
from softshoe_hw.simulator.zero_lag import FINE_HZ

_LEG_SHARE_OF_HEIGHT = 0.53


def bounce(curve: Curve, following: Curve, apart_s: float) -> dict[str, Any]:
    """Fields of a Step, from one initial contact to the next; feet touch down ``apart_s`` apart."""
    end_s = apart_s + following.ic_s
    t_s = np.arange(curve.ic_s, end_s, 1 / FINE_HZ)
    force_n = np.interp(t_s, curve.t_s, curve.force_n, right=0.0)
    force_n += np.interp(t_s - apart_s, following.t_s, following.force_n, left=0.0)
    velocity_m_s = _periodic(force_n / curve.load.mass_kg)
    height_m = _periodic(velocity_m_s)
    lowest = int(np.argmax((velocity_m_s[:-1] < 0) & (velocity_m_s[1:] >= 0)))
    leaving = int(np.searchsorted(t_s, curve.to_s))
    push_ns = float((force_n[lowest:leaving] - curve.weight_n).sum()) / FINE_HZ
    return {
        "vertical_oscillation_mm": 1000 * float(np.ptp(height_m)),
        "push_impulse_bw_s": push_ns / curve.weight_n,
    }


def spring(curve: Curve, flight_s: float, belt_m_s: float, height_mm: float) -> dict[str, Any]:
    """Fields of a Step by the spring-mass model (Morin 2005)."""
    mass_kg, contact_s = curve.load.mass_kg, curve.contact_s
    peak_n = curve.weight_n * np.pi / 2 * (flight_s / contact_s + 1)
    drop_m = peak_n * contact_s**2 / (mass_kg * np.pi**2) - GRAVITY_M_S2 * contact_s**2 / 8
    leg_m = _LEG_SHARE_OF_HEIGHT * height_mm / 1000
    half_way_m = belt_m_s * contact_s / 2
    shortening_m = leg_m - np.sqrt(leg_m**2 - half_way_m**2) + drop_m
    return {
        "fmax_bw": peak_n / curve.weight_n,
        "com_drop_mm": 1000 * drop_m,
        "vertical_stiffness_kn_m": peak_n / drop_m / 1000,
        "leg_compression_mm": 1000 * float(shortening_m),
        "leg_stiffness_kn_m": float(peak_n / shortening_m / 1000),
    }


def _periodic(rate: Array) -> Array:
    """Its integral when it is taken to repeat: it ends where it began, and has no mean."""
    integral: Array = np.cumsum(rate - rate.mean()) / FINE_HZ
    integral -= integral.mean()
    return integral
