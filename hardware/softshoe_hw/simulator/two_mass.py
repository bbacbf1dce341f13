"""The vertical force of a running step by the two-mass model, in closed form.

Clark, Ryan & Weyand 2017 (J Exp Biol 220:247): the lower leg (8 % of the body) stops in a short
bell of force, the rest of the body is turned round in a long one. The long bell's height follows
from momentum: over contact and flight together the mean force is body weight.
"""

import numpy as np
from msgspec import Struct

from softshoe.events import Array

GRAVITY_M_S2 = 9.80665
_LEG_SHARE = 0.08
_CENTRE = 0.47


class TwoMass(Struct, frozen=True):
    """One contact and the flight after it. Contact here is the whole of both bells, from 0 N."""

    mass_kg: float
    contact_s: float
    flight_s: float
    leg_stop_m_s: float
    """Δv1: the vertical speed that the lower leg loses in landing."""
    leg_stop_s: float
    """Δt1: from touching the ground to the lower leg's greatest force."""

    @property
    def step_s(self) -> float:
        return self.contact_s + self.flight_s

    def force_n(self, t_s: Array) -> Array:
        """Force at ``t_s`` after touching the ground; zero before and after the contact."""
        leg_mean_n = (
            _LEG_SHARE * self.mass_kg * (self.leg_stop_m_s / self.leg_stop_s + GRAVITY_M_S2)
        )
        impulse_ns = self.mass_kg * GRAVITY_M_S2 * self.step_s
        body_mean_n = (impulse_ns - leg_mean_n * 2 * self.leg_stop_s) / self.contact_s
        centre_s = _CENTRE * self.contact_s
        leg = leg_mean_n * _bell(t_s, self.leg_stop_s, self.leg_stop_s, self.leg_stop_s)
        body = body_mean_n * _bell(t_s, centre_s, centre_s, self.contact_s - centre_s)
        return leg + body


def _bell(t_s: Array, centre_s: float, before_s: float, after_s: float) -> Array:
    """A raised cosine of mean 1 over ``before_s`` and ``after_s`` round its centre."""
    half_s = np.where(t_s < centre_s, before_s, after_s)
    phase = np.clip((t_s - centre_s) / half_s, -1.0, 1.0)
    bell: Array = 1.0 + np.cos(np.pi * phase)
    return bell
