"""The force of one foot that is no running step: of walking, and of standing still."""

import numpy as np
from msgspec import Struct

from softshoe.events import Array
from softshoe_hw.simulator.two_mass import GRAVITY_M_S2

_DIP = 0.3
_STANCE_SHARE = 0.62
_RAMP_S = 0.4


class DoubleHump(Struct, frozen=True):
    """A walking contact: two humps with a dip between, 62 % of its stride.

    Its mean over the stride is half of body weight, so both feet together carry all of it.
    """

    mass_kg: float
    stride_s: float

    @property
    def contact_s(self) -> float:
        return _STANCE_SHARE * self.stride_s

    def force_n(self, t_s: Array) -> Array:
        phase = np.pi * np.clip(t_s / self.contact_s, 0.0, 1.0)
        mean_over_stride = _STANCE_SHARE * 2 / np.pi * (1 + _DIP / 3)
        peak_n = 0.5 * self.mass_kg * GRAVITY_M_S2 / mean_over_stride
        force: Array = peak_n * (np.sin(phase) + _DIP * np.sin(3 * phase))
        return np.maximum(force, 0.0)


class HalfWeight(Struct, frozen=True):
    """One of two feet that stand still for a while, stepped on and off gently."""

    mass_kg: float
    contact_s: float

    def force_n(self, t_s: Array) -> Array:
        from_end_s = np.minimum(t_s, self.contact_s - t_s)
        ramp = 0.5 - 0.5 * np.cos(np.pi * np.clip(from_end_s / _RAMP_S, 0.0, 1.0))
        force: Array = 0.5 * self.mass_kg * GRAVITY_M_S2 * ramp
        return force
