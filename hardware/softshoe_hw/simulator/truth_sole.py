"""How a contact truly loads the sole, as the insoles' metrics define it."""

from typing import Any

import numpy as np

from softshoe.events import Array
from softshoe_hw.insole_layout import DEFAULT_SENSORS
from softshoe_hw.simulator.footfall import Footfall
from softshoe_hw.simulator.sensors import sole_forces
from softshoe_hw.simulator.sole import Shares
from softshoe_hw.simulator.truth_curve import Curve, crossing_s

_X_PCT = np.array([sensor.x_pct for sensor in DEFAULT_SENSORS])
_HEEL = [sensor.zone == "heel" for sensor in DEFAULT_SENSORS]
_FORE = [sensor.zone == "fore" for sensor in DEFAULT_SENSORS]
_MEDIAL = [sensor.name in ("heel_med", "arch", "mt1", "hallux") for sensor in DEFAULT_SENSORS]
_LATERAL = [sensor.name in ("heel_lat", "mid_lat", "mt5") for sensor in DEFAULT_SENSORS]
_ARCH = [sensor.name == "arch" for sensor in DEFAULT_SENSORS]
_HALLUX = [sensor.name == "hallux" for sensor in DEFAULT_SENSORS]


def sole_loading(footfall: Footfall, curve: Curve, shares: Shares) -> dict[str, Any]:
    """Fields of a Step."""
    forces = curve.seen(sole_forces(footfall, curve.t_s, shares))
    heel, fore = forces[:, _HEEL].sum(axis=1), forces[:, _FORE].sum(axis=1)
    late = _part(curve, 0.5, 1.0)
    middle = _part(curve, 0.1, 0.5)
    push = _part(curve, 0.6, 1.0)
    medial, lateral = forces[middle][:, _MEDIAL].sum(), forces[middle][:, _LATERAL].sum()
    return {
        "strike_index_pct": _strike_index_pct(curve, forces),
        "onset_ms": 1000 * (_onset_s(curve.t_s, fore) - _onset_s(curve.t_s, heel)),
        "forefoot_share_pct": 100 * fore[late].sum() / forces[late].sum(),
        "hallux_share_pct": 100 * forces[push][:, _HALLUX].sum() / fore[push].sum(),
        "medial_share_pct": 100 * medial / (medial + lateral),
        "arch_share_pct": 100 * forces[:, _ARCH].sum() / forces.sum(),
        "heel_off_pct": _heel_off_pct(curve, heel),
    }


def _part(curve: Curve, start_share: float, end_share: float) -> slice:
    start_s = curve.ic_s + start_share * curve.contact_s
    return curve.within(start_s, curve.ic_s + end_share * curve.contact_s)


def _strike_index_pct(curve: Curve, forces: Array) -> float:
    begun_s = curve.rising(0.1 * float(curve.force_n.max()))
    rows = curve.within(begun_s + 0.010, begun_s + 0.020)
    centre = forces[rows] @ _X_PCT / forces[rows].sum(axis=1)
    return float(centre.mean())


def _onset_s(t_s: Array, zone: Array) -> float:
    """The last upward crossing of 5 % of the peak before the peak."""
    level, peak = 0.05 * zone.max(), int(zone.argmax())
    below = int(np.flatnonzero(zone[:peak] <= level)[-1])
    return crossing_s(t_s, zone, level, below + 1)


def _heel_off_pct(curve: Curve, heel: Array) -> float:
    """The heel's last fall below 10 % of its peak, % of contact."""
    level = 0.1 * heel.max()
    last = int(np.flatnonzero(heel > level)[-1])
    return 100 * (crossing_s(curve.t_s, heel, level, last + 1) - curve.ic_s) / curve.contact_s
