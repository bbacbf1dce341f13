"""Where the body is over the deck, and where a foot is put for it.

Over whole strides a body neither tips forward nor back, so each contact's mean centre of pressure,
weighed by force, lies under it. That fixes where the foot lands: how far ahead follows from the
belt's speed, the contact time and the roll over the sole.
"""

import msgspec
import numpy as np
from msgspec import Struct

from softshoe_hw.simulator.footfall import Footfall
from softshoe_hw.simulator.sole import Shares

_GRID = 128


class Body(Struct, frozen=True):
    """It wanders slowly over the deck."""

    forward_mm: float = 25.0
    forward_period_s: float = 23.0
    sideways_mm: float = 10.0
    sideways_period_s: float = 31.0

    def x_mm(self, t_s: float) -> float:
        return self.forward_mm * float(np.sin(2 * np.pi * t_s / self.forward_period_s))

    def y_mm(self, t_s: float) -> float:
        return self.sideways_mm * float(np.sin(2 * np.pi * t_s / self.sideways_period_s))


def put_under(
    footfall: Footfall, shares: Shares, x_mm: float, y_mm: float, step_width_mm: float
) -> Footfall:
    """The footfall moved so that its mean place is ``x_mm``, half a step width beside ``y_mm``."""
    t_s = np.linspace(0.0, footfall.load.contact_s, _GRID)
    weights = footfall.load.force_n(t_s)
    mean_x_mm = np.average(footfall.deck_x_mm(t_s), weights=weights)
    mean_y_mm = np.average(footfall.deck_y_mm(t_s, shares), weights=weights)
    beside_mm = y_mm + footfall.outward * step_width_mm / 2
    return msgspec.structs.replace(
        footfall,
        heel_x_mm=footfall.heel_x_mm + x_mm - float(mean_x_mm),
        middle_y_mm=footfall.middle_y_mm + beside_mm - float(mean_y_mm),
    )
