"""What calibrating a board has found: how its counts become newtons, and how a deck rings."""

from typing import Annotated, Literal

from msgspec import Meta, Struct


class FsrCircuit(Struct, frozen=True, kw_only=True):
    """How resistive sensors become counts: the sensor lies between ``vref_v`` and the converter.

    ``divider``: ``r_m_ohm`` from the converter's input to ground, so more load gives more counts.
    ``transimpedance``: ``r_m_ohm`` is an amplifier's feedback, so counts grow with conductance.
    """

    circuit: Literal["divider", "transimpedance"] = "divider"
    vref_v: Annotated[float, Meta(gt=0, le=50)] = 5.0
    bits: Annotated[int, Meta(ge=1, le=32)] = 10
    r_m_ohm: Annotated[float, Meta(gt=0)] = 2200.0


class FsrScale(Struct, frozen=True, kw_only=True, tag_field="kind", tag="fsr"):
    """Counts of resistive sensors to newtons: gain_n · (G^power - zero_ms^power), G in mS.

    One zero (conductance without load) and one gain (newtons at 1 mS) for each channel.
    """

    circuit: FsrCircuit
    power: float
    zeros_ms: tuple[float, ...]
    gains_n: tuple[float, ...]


class CellScale(Struct, frozen=True, kw_only=True, tag_field="kind", tag="cells"):
    """Counts of load cells to newtons, channel by channel: (counts - zero) · newtons_per_count."""

    bits: Annotated[int, Meta(ge=1, le=32)] = 24
    """Of a signed converter; at its ends a reading is saturated."""
    zeros_counts: tuple[float, ...]
    newtons_per_count: tuple[float, ...]


class Resonance(Struct, frozen=True, kw_only=True, tag_field="kind", tag="resonance"):
    """How a deck rings when it is struck."""

    fn_hz: Annotated[float, Meta(gt=0)]
    zeta: Annotated[float, Meta(ge=0, lt=1)]


class Check(Struct, frozen=True, kw_only=True):
    """One thing that was looked at while calibrating; ``advice`` says what to do when it failed."""

    item: str
    passed: bool
    found: str
    advice: str = ""


Found = FsrScale | CellScale | Resonance


class Calibration(Struct, frozen=True, kw_only=True):
    """What was found by calibrating a board. The newest of a board and kind holds."""

    name: str
    """By this a session names it."""
    board: str
    """A board's id, or the stream's name where a board has none."""
    at: str | None = None
    found: Found
    weight_n: float | None = None
    """The known weight that it rests on."""
    residual_pct: float | None = None
    """How far the calibrated sum lay from that weight: RMS, percent of it."""
    checks: tuple[Check, ...] = ()

    @property
    def kind(self) -> str:
        """``fsr``, ``cells`` or ``resonance``."""
        return str(self.found.__struct_config__.tag)

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)
