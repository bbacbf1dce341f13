"""Who runs, on what, and how well the sensors see it. The defaults are an ordinary runner."""

from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta, Struct

from softshoe.errors import InputError

RigName = Literal["deck1", "deck4", "insoles", "deck4+insoles"]
Percent = Annotated[float, Meta(ge=0, le=100)]
Asymmetry = Annotated[float, Meta(ge=-60, le=60)]

_SPEEDS_M_S = (2.5, 3.5, 4.5)
_CADENCE_SPM = (162.0, 171.0, 184.0)
_CONTACT_MS = (268.0, 224.0, 194.0)
_VALR_BW_S = (48.0, 70.0, 98.0)
_NON_REAR_SOFTER = 0.6


class Variation(Struct, frozen=True, kw_only=True):
    """Standard deviations from step to step; the same again is taken from day to day."""

    contact_pct: Percent = 2.0
    step_time_pct: Percent = 2.0
    """With contact's 2 % it moves the active peak by 3 %."""
    loading_pct: Percent = 10.0
    landing_pct: Percent = 2.5
    """Of the insole's length: where on the sole the pressure begins."""
    heel_tilt: Annotated[float, Meta(ge=0, le=1)] = 0.3
    """Which side of the heel lands: 1 moves all of its load."""
    place_mm: Annotated[float, Meta(ge=0, le=100)] = 8.0
    """Where the foot is put, forwards and sideways."""


class Runner(Struct, frozen=True, kw_only=True):
    """What is left out follows from the speed, as it does on average among runners."""

    mass_kg: Annotated[float, Meta(ge=20, le=250)] = 70.0
    height_mm: Annotated[float, Meta(ge=1000, le=2300)] = 1750.0
    strike: Literal["rear", "non_rear"] = "rear"
    strike_index_pct: Annotated[float, Meta(ge=13, le=75)] | None = None
    cadence_spm: Annotated[float, Meta(ge=110, le=260)] | None = None
    contact_ms: Annotated[float, Meta(ge=120, le=400)] | None = None
    valr_bw_s: Annotated[float, Meta(ge=5, le=250)] | None = None
    """How hard the landing is: the mean vertical average loading rate."""
    contact_asymmetry_pct: Asymmetry = 0.0
    """Symmetry index of contact time; positive: longer on the left."""
    loading_asymmetry_pct: Asymmetry = 0.0
    """Symmetry index of the loading rate; positive: harder on the left."""
    softens_pct: Annotated[float, Meta(ge=0, le=60)] = 0.0
    """How much softer it lands just after a coach's cue."""
    step_width_mm: Annotated[float, Meta(ge=-100, le=300)] = 60.0
    variation: Variation = Variation()
    fatigue_pct_per_10_min: Annotated[float, Meta(ge=-10, le=10)] = 1.0
    """By which contact grows; loading grows three times as much, cadence falls by half of it."""
    day: Annotated[int, Meta(ge=0)] = 0
    """Day 0 is the runner as described; other days differ a little, the same way every time."""
    first_side: Literal["left", "right"] = "left"

    @property
    def insole_length_mm(self) -> float:
        return 0.178 * self.height_mm

    @property
    def landing_pct(self) -> float:
        if self.strike_index_pct is not None:
            return self.strike_index_pct
        return 15.0 if self.strike == "rear" else 50.0

    def cadence_at(self, belt_m_s: float) -> float:
        return self.cadence_spm or _at_speed(belt_m_s, _CADENCE_SPM)

    def contact_at(self, belt_m_s: float) -> float:
        return self.contact_ms or _at_speed(belt_m_s, _CONTACT_MS)

    def valr_at(self, belt_m_s: float) -> float:
        softer = 1.0 if self.strike == "rear" else _NON_REAR_SOFTER
        return self.valr_bw_s or softer * _at_speed(belt_m_s, _VALR_BW_S)


class Deck(Struct, frozen=True, kw_only=True):
    """The deck's corner cells, and how its zero and its belt disturb them."""

    half_length_mm: Annotated[float, Meta(gt=0)] = 800.0
    half_width_mm: Annotated[float, Meta(gt=0)] = 280.0
    zero_n: float = 12.0
    drift_n_per_min: float = 1.0
    noise_n: Annotated[float, Meta(ge=0)] = 2.0
    vibration_n: Annotated[float, Meta(ge=0)] = 3.0
    vibration_hz: Annotated[float, Meta(ge=0)] = 37.0


class Insoles(Struct, frozen=True, kw_only=True):
    """What the sensors of a foot show besides the footfall; newtons, each sensor."""

    preload_n: float = 2.0
    drift_n_per_min: float = 0.1
    noise_n: Annotated[float, Meta(ge=0)] = 0.4


class Phase(Struct, frozen=True, kw_only=True):
    """What the runner does for how long. None: for ever."""

    activity: Literal["empty", "stand", "walk", "run"] = "run"
    duration_s: Annotated[float, Meta(gt=0)] | None = None
    belt_m_s: Annotated[float, Meta(gt=0, le=8)] = 3.0


class Parameters(Struct, frozen=True, kw_only=True):
    runner: Runner = Runner()
    deck: Deck = Deck()
    insoles: Insoles = Insoles()
    schedule: tuple[Phase, ...] = (Phase(),)
    seed: Annotated[int, Meta(ge=0)] = 1


def checked(parameters: Parameters) -> Parameters:
    """The same; InputError names the first value that is out of its range."""
    try:
        return msgspec.convert(msgspec.to_builtins(parameters), Parameters)
    except msgspec.ValidationError as error:
        raise InputError(f"simulator: {str(error).replace('`$.', '`')}") from None


def _at_speed(belt_m_s: float, values: tuple[float, ...]) -> float:
    return float(np.interp(belt_m_s, _SPEEDS_M_S, values))
