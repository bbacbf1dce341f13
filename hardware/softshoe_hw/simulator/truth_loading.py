"""How a contact truly loads: impact, loading rates, active peak, as the metrics define them."""

from typing import Any

import numpy as np

from softshoe_hw.simulator.truth_curve import Curve

_PROMINENCE_BW = 0.02
_STANCE_SHARE = 0.13


def loading(curve: Curve) -> dict[str, Any]:
    """Fields of a Step."""
    stance13_s = curve.ic_s + _STANCE_SHARE * curve.contact_s
    stance13_n = curve.at(stance13_s)
    peak_s = impact_peak_s(curve)
    impact_s = stance13_s if peak_s is None else peak_s
    impact_n = curve.at(impact_s)
    contact = curve.within(curve.ic_s, curve.to_s)
    late = curve.within(curve.to_s - 0.35 * curve.contact_s, curve.to_s)
    return {
        "impact_method": "stance13" if peak_s is None else "peak",
        "impact_peak_bw": impact_n / curve.weight_n,
        "impact_time_ms": 1000 * (impact_s - curve.ic_s),
        "impact13_bw": stance13_n / curve.weight_n,
        "valr_bw_s": average_rate_bw_s(curve, impact_n),
        "vilr_bw_s": _greatest_rate_bw_s(curve, impact_n),
        "valr13_bw_s": average_rate_bw_s(curve, stance13_n),
        "active_peak_bw": curve.force_n.max() / curve.weight_n,
        "active_time_pct": 100 * (curve.peak_s - curve.ic_s) / curve.contact_s,
        "impulse_bw_s": np.trapezoid(curve.force_n[contact], curve.t_s[contact]) / curve.weight_n,
        "unloading_bw_s": -curve.slope_n_s[late].min() / curve.weight_n,
    }


def impact_peak_s(curve: Curve) -> float | None:
    """The first local maximum early in contact that stands out by 0.02 BW."""
    latest_s = min(curve.ic_s + 0.30 * curve.contact_s, curve.peak_s - 0.010)
    early = curve.within(curve.ic_s + 0.005, latest_s)
    rises = np.diff(curve.force_n[early.start - 1 : early.stop + 1]) > 0
    for row in early.start + np.flatnonzero(rises[:-1] & ~rises[1:]):
        after = curve.force_n[row + 1 :]
        higher = int(np.argmax(after > curve.force_n[row]))
        dip_n = curve.force_n[row] - after[: higher or None].min()
        if dip_n >= _PROMINENCE_BW * curve.weight_n:
            return float(curve.t_s[row])
    return None


def average_rate_bw_s(curve: Curve, impact_n: float) -> float:
    """From 20 to 80 % of the impact's magnitude."""
    rise_s = curve.rising(0.8 * impact_n) - curve.rising(0.2 * impact_n)
    return 0.6 * impact_n / rise_s / curve.weight_n


def _greatest_rate_bw_s(curve: Curve, impact_n: float) -> float:
    rise = curve.within(curve.rising(0.2 * impact_n), curve.rising(0.8 * impact_n))
    return float(curve.slope_n_s[rise].max()) / curve.weight_n
