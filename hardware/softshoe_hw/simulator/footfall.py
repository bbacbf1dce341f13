"""One foot on the ground: its force, and where the pressure is on the sole and on the deck."""

from typing import Literal

from msgspec import Struct

from softshoe.events import Array
from softshoe_hw.simulator.sole import Shares, pressure_x_pct
from softshoe_hw.simulator.two_mass import TwoMass
from softshoe_hw.simulator.weight_bearing import DoubleHump, HalfWeight

Side = Literal["left", "right"]
Load = TwoMass | DoubleHump | HalfWeight


class Footfall(Struct, frozen=True):
    """Times are seconds after ``start_s``, when the foot touches the ground with 0 N."""

    start_s: float
    side: Side
    load: Load
    belt_m_s: float
    landing_pct: float
    insole_length_mm: float
    heel_x_mm: float = 0.0
    """Where the insole's heel end touches the deck; then the belt takes it backwards."""
    middle_y_mm: float = 0.0
    heel_tilt: float = 0.0
    """Which side of the heel takes the load, from -1 (all inner) to 1 (all outer)."""
    body_x_mm: float = 0.0
    """Where the body is over the deck."""

    @property
    def end_s(self) -> float:
        return self.start_s + self.load.contact_s

    @property
    def outward(self) -> float:
        """+1 when lateral of this foot is the deck's left (y +), else -1."""
        return 1.0 if self.side == "left" else -1.0

    def sole_x_pct(self, t_s: Array) -> Array:
        return pressure_x_pct(self.landing_pct, t_s / self.load.contact_s)

    def deck_x_mm(self, t_s: Array) -> Array:
        on_sole_mm = self.insole_length_mm / 100 * self.sole_x_pct(t_s)
        return self.heel_x_mm + on_sole_mm - 1000 * self.belt_m_s * t_s

    def deck_y_mm(self, t_s: Array, shares: Shares) -> Array:
        return self.middle_y_mm + self.outward * shares.y_mm(self.sole_x_pct(t_s), self.heel_tilt)
