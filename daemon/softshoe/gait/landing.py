"""The first moment of a step: a foot has just landed and is still down."""

import numpy as np
from msgspec import Struct

from softshoe.events import Array, ImpactMethod
from softshoe.gait.impact import (
    EARLIEST_S,
    LATEST_FRACTION,
    PROMINENCE_BW,
    STANCE_FRACTION,
    Loading,
    measure_loading,
)
from softshoe.gait.trace import Trace, crossing, value_at

SEEN_AFTER_S = 0.006


class Landing(Struct, frozen=True):
    """An estimate from the samples so far; ``ic`` is a fractional index into them."""

    ic: float
    method: ImpactMethod
    impact_bw: float
    time_ms: float
    loading: Loading | None


def estimate_landing(
    force: Array, level: float, body_weight: float, usual_contact_s: float, rate_hz: float
) -> Landing | None:
    """Impact of the contact that these (n,) filtered samples end in; None while it may still come.

    Once 30 % of a usual contact has passed without a peak it is the force at 13 % of one.
    """
    below = np.flatnonzero(force < level)
    if not len(below) or below[-1] == len(force) - 1:
        return None
    ic = crossing(force, int(below[-1]), level)
    latest = ic + LATEST_FRACTION * usual_contact_s * rate_hz
    peak = _first_peak(force, ic + EARLIEST_S * rate_hz, latest, PROMINENCE_BW * body_weight)
    if peak is not None and peak <= len(force) - 1 - SEEN_AFTER_S * rate_hz:
        time_ms = 1000.0 * (peak - ic) / rate_hz
        return _landing(ic, "peak", float(force[peak]), time_ms, force, body_weight, rate_hz)
    if len(force) - 1 < latest:
        return None
    at = ic + STANCE_FRACTION * usual_contact_s * rate_hz
    time_ms = 1000.0 * (at - ic) / rate_hz
    return _landing(ic, "stance13", value_at(force, at), time_ms, force, body_weight, rate_hz)


def _landing(
    ic: float,
    method: ImpactMethod,
    impact: float,
    time_ms: float,
    force: Array,
    body_weight: float,
    rate_hz: float,
) -> Landing:
    in_weights = force / body_weight
    so_far = Trace(rate_hz, in_weights, in_weights[:, None], ic, len(force) - 1.0)
    loading = measure_loading(in_weights, so_far, impact / body_weight)
    return Landing(ic, method, impact / body_weight, time_ms, loading)


def _first_peak(force: Array, start: float, end: float, prominence: float) -> int | None:
    """The first local maximum that is followed by a fall of ``prominence``."""
    for index in range(int(np.ceil(start)), min(int(end), len(force) - 2) + 1):
        if force[index - 1] < force[index] >= force[index + 1]:
            after = force[index:]
            higher = np.flatnonzero(after > force[index])
            fall = after[: higher[0]] if len(higher) else after
            if force[index] - fall.min() >= prominence:
                return index
    return None
