"""Finds the model's own parameters for a runner who is described by what one measures.

A runner has a contact time at 50 N and an average loading rate; the model has the width of two
bells and the speed at which the lower leg stops.
"""

import numpy as np
from msgspec import Struct

from softshoe.errors import InputError
from softshoe.events import Array
from softshoe_hw.simulator.truth_curve import Curve
from softshoe_hw.simulator.truth_loading import average_rate_bw_s, impact_peak_s
from softshoe_hw.simulator.two_mass import TwoMass

_LEG_STOP_M_S = np.linspace(0.15, 3.5, 14)
_SHORTEST_FLIGHT_S = 0.05
_ROUNDS = 3


class TypicalFoot(Struct, frozen=True, eq=False):
    """One foot's mean step, and how its loading rate depends on the lower leg's stop."""

    mass_kg: float
    contact_s: float
    flight_s: float
    leg_stop_s: float
    leg_stop_m_s: Array
    valr_bw_s: Array
    mean_valr_bw_s: float

    @property
    def step_s(self) -> float:
        return self.contact_s + self.flight_s

    def load(self, contact_s: float, step_s: float, valr_bw_s: float) -> TwoMass:
        """A step near the mean one."""
        return TwoMass(
            mass_kg=self.mass_kg,
            contact_s=contact_s,
            flight_s=max(_SHORTEST_FLIGHT_S, step_s - contact_s),
            leg_stop_m_s=float(np.interp(valr_bw_s, self.valr_bw_s, self.leg_stop_m_s)),
            leg_stop_s=self.leg_stop_s,
        )


def typical_foot(
    mass_kg: float, contact_ms: float, step_s: float, valr_bw_s: float, leg_stop_s: float
) -> TypicalFoot:
    """InputError when there would be no flight, or no such loading rate."""
    if step_s - contact_ms / 1000 < _SHORTEST_FLIGHT_S + 0.03:
        raise InputError(
            f"a contact of {contact_ms:.0f} ms in a step of {1000 * step_s:.0f} ms leaves no "
            "flight: lower the cadence or the contact time"
        )
    contact_s = contact_ms / 1000 + 0.02
    for _ in range(_ROUNDS):
        foot = _foot(mass_kg, contact_s, step_s, valr_bw_s, leg_stop_s)
        seen = Curve(foot.load(contact_s, step_s, valr_bw_s), filtered=True)
        contact_s += contact_ms / 1000 - seen.contact_s
    least, most = foot.valr_bw_s[0], foot.valr_bw_s[-1]
    if not least <= valr_bw_s <= most:
        raise InputError(
            f"a loading rate of {valr_bw_s:.0f} BW/s is not in this model's reach for such a "
            f"step: {least:.0f} to {most:.0f}"
        )
    return foot


def _foot(
    mass_kg: float, contact_s: float, step_s: float, valr_bw_s: float, leg_stop_s: float
) -> TypicalFoot:
    rates = [
        _valr_bw_s(TwoMass(mass_kg, contact_s, step_s - contact_s, float(stop_m_s), leg_stop_s))
        for stop_m_s in _LEG_STOP_M_S
    ]
    rising = np.maximum.accumulate(rates)
    flight_s = step_s - contact_s
    return TypicalFoot(mass_kg, contact_s, flight_s, leg_stop_s, _LEG_STOP_M_S, rising, valr_bw_s)


def _valr_bw_s(load: TwoMass) -> float:
    curve = Curve(load, filtered=True)
    peak_s = impact_peak_s(curve)
    impact_s = curve.ic_s + 0.13 * curve.contact_s if peak_s is None else peak_s
    return average_rate_bw_s(curve, curve.at(impact_s))
