"""Which of our numbers stands in which field of a FIT file.

What FIT's own profile has a field for stands there, in FIT's unit; everything else is a developer
field under softshoe's own name. A lap and the session have the means of their steps, each foot's
too, and the session also the conventions.
"""

from typing import Literal

import msgspec

from softshoe.events import Means, Session

Value = float | str | None
Kind = Literal["number", "text"]

_MEANS = (
    "flight_ms",
    "impact_bw",
    "valr_bw_s",
    "vilr_bw_s",
    "active_peak_bw",
    "push_impulse_bw_s",
    "strike_index_pct",
    "reach_ahead_mm",
    "reach_behind_mm",
    "swing_balance_pct",
    "step_width_mm",
)
_OF_EACH_FOOT = ("contact_ms", "impact_bw", "valr_bw_s")
_CONVENTIONS: dict[str, Kind] = {
    "impact_method": "text",
    "threshold_n": "number",
    "cutoff_hz": "number",
    "rate_hz": "number",
    "body_weight_n": "number",
    "body_weight_source": "text",
    "slope_deg": "number",
    "leg_length_mm": "number",
    "calibrations": "text",
}
_UNITS = {
    "_bw_s": "BW/s",
    "_bw": "BW",
    "_ms": "ms",
    "_mm": "mm",
    "_pct": "%",
    "_n": "N",
    "_hz": "Hz",
    "_deg": "deg",
}
IN_RECORDS = _MEANS
DEVELOPER_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(_MEANS, "number"),
    **{f"{side}_{name}": "number" for side in ("left", "right") for name in _OF_EACH_FOOT},
    "lap_name": "text",
    "clock": "text",
    "rig": "text",
    **_CONVENTIONS,
}
"""In the order of their numbers in the file; new ones go to the end."""


def unit_of(name: str) -> str:
    """The unit that a name ends in."""
    return next((unit for ending, unit in _UNITS.items() if name.endswith(ending)), "")


def profile_fields(means: Means, balance_pct: float | None, prefix: str = "") -> dict[str, Value]:
    """FIT's own running dynamics; ``prefix`` is ``avg_`` in laps and sessions.

    FIT's cadence is of strides, its stance time balance the left foot's share.
    """
    whole, fraction = _strides(means.cadence_spm)
    values = {
        "cadence": whole,
        "fractional_cadence": fraction,
        "stance_time": means.contact_ms,
        "stance_time_percent": None if means.duty_factor is None else 100 * means.duty_factor,
        "stance_time_balance": balance_pct,
        "vertical_oscillation": means.vertical_oscillation_mm,
        "step_length": means.step_length_mm,
    }
    return {prefix + name: value for name, value in values.items()}


def _strides(cadence_spm: float | None) -> tuple[float | None, float | None]:
    if cadence_spm is None:
        return None, None
    return float(int(cadence_spm / 2)), cadence_spm / 2 % 1


def developer_means(means: Means) -> dict[str, Value]:
    return {name: getattr(means, name) for name in _MEANS}


def developer_feet(left: Means, right: Means) -> dict[str, Value]:
    feet = {"left": left, "right": right}
    return {f"{side}_{name}": getattr(feet[side], name) for side in feet for name in _OF_EACH_FOOT}


def developer_conventions(session: Session) -> dict[str, Value]:
    """What the session's numbers rest on, and whether its dates are dates."""
    known = msgspec.structs.asdict(session.conventions)
    known["calibrations"] = ", ".join(session.conventions.calibrations) or None
    conventions = {name: known[name] for name in _CONVENTIONS}
    return {"clock": session.clock, "rig": session.rig, **conventions}
