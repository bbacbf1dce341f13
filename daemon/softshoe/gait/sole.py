"""Where the load goes on an insole: strike index, onset, shares, heel-off, the path on the sole.

``pressure`` is (n, sensors) of one foot, zero-lag filtered, in newtons or any pressure unit.
"""

import math

import numpy as np
from msgspec import Struct

from softshoe.events import Array
from softshoe.gait.trace import Trace, crossing
from softshoe.rigs import InsoleLayout

STANCE_SHARE = 0.10
STRIKE_S = (0.010, 0.020)
ZONE_SHARE = 0.05
HEEL_OFF_SHARE = 0.10
LEAD_S = 0.070
PATH_FRACTIONS = np.linspace(0.05, 0.95, 10)
MEDIAL = ("heel_med", "arch", "mt1", "hallux")
LATERAL = ("heel_lat", "mid_lat", "mt5")


class Sole(Struct, frozen=True):
    """What one contact on an insole shows; None where the layout has no such sensor."""

    strike_index_pct: float | None
    onset_ms: float | None
    forefoot_share_pct: float | None
    hallux_share_pct: float | None
    heel_off_pct: float | None
    medial_share_pct: float | None
    arch_share_pct: float | None
    cop_path: tuple[tuple[float, float], ...] | None


def measure_sole(trace: Trace, pressure: Array, layout: InsoleLayout) -> Sole | None:
    """None for an insole whose layout is not known."""
    if not layout.sensors:
        return None
    total = pressure.sum(axis=1)
    landing = landing_place(trace, pressure, total, layout)
    heel = _zone(pressure, layout, "heel")
    fore = _zone(pressure, layout, "fore")
    late, later = trace.between(0.50, 1.0), trace.between(0.60, 1.0)
    early, all_of_it = trace.between(0.10, 0.50), trace.inside
    medial = _named(pressure, layout, MEDIAL)
    sides = _sum(medial, _named(pressure, layout, LATERAL))
    return Sole(
        strike_index_pct=landing[0] if landing else None,
        onset_ms=onset_ms(trace, heel, fore),
        forefoot_share_pct=_share(fore, total, late),
        hallux_share_pct=_share(_named(pressure, layout, ("hallux",)), fore, later),
        heel_off_pct=heel_off_pct(trace, heel),
        medial_share_pct=_share(medial, sides, early),
        arch_share_pct=_share(_named(pressure, layout, ("arch",)), total, all_of_it),
        cop_path=cop_path(trace, pressure, total, layout),
    )


def landing_place(
    trace: Trace, pressure: Array, total: Array, layout: InsoleLayout
) -> tuple[float, float] | None:
    """(x %, y mm lateral +) 10-20 ms after 10 % of the largest load of this contact (so far).

    Earlier is noise. x is the strike index.
    """
    inside = trace.inside
    start = max(0, inside.start - round(LEAD_S * trace.rate_hz))
    level = STANCE_SHARE * float(total[inside].max())
    above = np.flatnonzero(total[start : inside.stop] >= level)
    if not len(above) or above[0] == 0:
        return None
    rise = crossing(total, start + int(above[0]) - 1, level)
    first = math.ceil(rise + STRIKE_S[0] * trace.rate_hz)
    last = math.floor(rise + STRIKE_S[1] * trace.rate_hz)
    window = slice(first, max(first, last) + 1)
    if window.stop > len(total):
        return None
    centres = pressure[window] @ _sensor_places(layout) / total[window, None]
    return float(np.mean(centres[:, 0])), float(np.mean(centres[:, 1]))


def onset_ms(trace: Trace, heel: Array | None, fore: Array | None) -> float | None:
    """Forefoot onset minus heel onset: positive when the heel lands first (Cheung 2017)."""
    if heel is None or fore is None:
        return None
    first_heel, first_fore = _last_rise(trace, heel), _last_rise(trace, fore)
    if first_heel is None or first_fore is None:
        return None
    return 1000.0 * (first_fore - first_heel) / trace.rate_hz


def heel_off_pct(trace: Trace, heel: Array | None) -> float | None:
    """When the heel's load last falls below a tenth of its peak, % of contact."""
    if heel is None:
        return None
    inside = heel[trace.inside]
    level = HEEL_OFF_SHARE * float(inside.max())
    falls = np.flatnonzero((inside[:-1] >= level) & (inside[1:] < level))
    if level <= 0.0 or not len(falls):
        return None
    at = crossing(heel, trace.inside.start + int(falls[-1]), level)
    return 100.0 * (at - trace.ic) / (trace.to - trace.ic)


def cop_path(
    trace: Trace, pressure: Array, total: Array, layout: InsoleLayout
) -> tuple[tuple[float, float], ...]:
    """The centre of pressure at ten moments from 5 to 95 % of contact: (x %, y mm lateral +)."""
    at = np.rint(trace.ic + PATH_FRACTIONS * (trace.to - trace.ic)).astype(int)
    at = at[total[at] > 0.0]
    points = pressure[at] @ _sensor_places(layout) / total[at, None]
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in points)


def _sensor_places(layout: InsoleLayout) -> Array:
    """(sensors, 2): x %, y mm."""
    return np.array([(sensor.x_pct, sensor.y_mm) for sensor in layout.sensors])


def _last_rise(trace: Trace, zone: Array) -> float | None:
    """The last upward crossing of 5 % of a zone's peak before that peak."""
    inside = trace.inside
    peak = inside.start + int(np.argmax(zone[inside]))
    level = ZONE_SHARE * float(zone[peak])
    start = max(0, inside.start - round(LEAD_S * trace.rate_hz))
    below = np.flatnonzero(zone[start:peak] < level)
    if level <= 0.0 or not len(below):
        return None
    return crossing(zone, start + int(below[-1]), level)


def _zone(pressure: Array, layout: InsoleLayout, zone: str) -> Array | None:
    columns = [i for i, sensor in enumerate(layout.sensors) if sensor.zone == zone]
    return pressure[:, columns].sum(axis=1) if columns else None


def _named(pressure: Array, layout: InsoleLayout, names: tuple[str, ...]) -> Array | None:
    columns = [i for i, sensor in enumerate(layout.sensors) if sensor.name in names]
    return pressure[:, columns].sum(axis=1) if columns else None


def _sum(first: Array | None, second: Array | None) -> Array | None:
    return None if first is None or second is None else first + second


def _share(part: Array | None, whole: Array | None, span: slice) -> float | None:
    """100 times the part's sum over the whole's in a span of samples."""
    if part is None or whole is None:
        return None
    below = float(whole[span].sum())
    return 100.0 * float(part[span].sum()) / below if below > 0.0 else None
