"""How a calibration that is led from outside is set up, and how it stands."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from softshoe.calibrating.wizard import Stage
from softshoe.calibrations import Calibration
from softshoe.errors import InputError

Weight = Annotated[
    float, Meta(ge=200, le=3000, description="the known weight in newtons, 200 to 3000")
]


class Setup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be calibrated, and how. Without a weight the configured runner's is taken."""

    part: Literal["all", "deck", "insoles"] = "all"
    weight_n: Weight | None = None
    heel_drops: bool = False
    run: bool = True


class Progress(Struct, frozen=True, kw_only=True):
    """How a calibration stands. ``stage`` is null before the first.

    When it is ``done``, ``found`` or ``problem`` follow as soon as it is worked out. ``kept``: it
    is on its way to the store, and holds from the next run on.
    """

    stage: Stage | None = None
    weight_n: float | None = None
    found: tuple[Calibration, ...] = ()
    passed: bool | None = None
    problem: str | None = None
    kept: bool = False


class NotNow(InputError):
    """The calibration is not at the point where this can be done."""
