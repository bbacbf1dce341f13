"""The insoles' metrics of a whole running record in newtons, computed offline."""

from dataclasses import dataclass

import numpy as np
from tests.recordings.oracle_contacts import LEVEL_N, Contacts, loaded_spans
from tests.recordings.oracle_deck import Reference
from tests.recordings.oracle_signal import Array, baseline, crossings, zero_lag_lowpass

SWING_S = (0.2, 1.0)


@dataclass(frozen=True)
class Layout:
    """Of one foot's sensors: where along the sole, and which belong to which part."""

    x_pct: Array
    heel: tuple[int, ...] = (0, 1)
    fore: tuple[int, ...] = (4, 5, 6, 7)
    hallux: int = 7
    medial: tuple[int, ...] = (0, 3, 6, 7)
    lateral: tuple[int, ...] = (1, 2, 4)
    arch: int = 3


EIGHT = Layout(np.array([12.0, 12.0, 38.0, 42.0, 60.0, 66.0, 68.0, 88.0]))


@dataclass(frozen=True)
class Footfall:
    """One foot's re-zeroed record and one contact in it."""

    pressure: Array
    layout: Layout
    initial: float
    toe_off: float
    rate_hz: float

    def between(self, low: float, high: float) -> Array:
        """The sensors' samples over a part of the contact."""
        length = self.toe_off - self.initial
        first, last = self.initial + low * length, self.initial + high * length
        return self.pressure[int(np.ceil(first)) : int(np.floor(last)) + 1]

    @property
    def start(self) -> int:
        """Before initial contact, where a zone may already be loaded."""
        return max(0, int(self.initial) - int(0.06 * self.rate_hz))

    def zone(self, sensors: tuple[int, ...]) -> Array:
        """Sum of a zone from a little before the contact to its end."""
        stop = int(self.toe_off) + 1
        return np.asarray(self.pressure[self.start : stop, list(sensors)].sum(axis=1))


def insole_reference(values: Array, rate_hz: float, layout: Layout = EIGHT) -> Reference:
    """All metrics of a record of (left sensors, right sensors), ordered by initial contact."""
    feet = [zero_lag_lowpass(half, rate_hz) for half in np.hsplit(values, 2)]
    contacts = [_foot_contacts(foot, rate_hz) for foot in feet]
    zeroed = [
        foot - baseline(foot, *found.unloaded(*SWING_S))
        for foot, found in zip(feet, contacts, strict=True)
    ]
    merged, side = _merge(*contacts)
    falls = [
        Footfall(zeroed[0 if s > 0 else 1], layout, a, b, rate_hz)
        for a, b, s in zip(merged.initial, merged.toe_off, side, strict=True)
    ]
    rows = [_footfall_metrics(fall) for fall in falls]
    steps = {metric: np.array([row[metric] for row in rows]) for metric in rows[0]}
    return Reference(_weight_n(zeroed, merged), side, steps | _timing(merged))


def _foot_contacts(sensors: Array, rate_hz: float) -> Contacts:
    total = sensors.sum(axis=1)
    contacts = loaded_spans(total - np.percentile(total, 25), rate_hz, LEVEL_N)
    line = baseline(total, *contacts.unloaded(*SWING_S))
    return loaded_spans(total - line, rate_hz, LEVEL_N)


def _merge(left: Contacts, right: Contacts) -> tuple[Contacts, Array]:
    initial = np.concatenate([left.initial, right.initial])
    toe_off = np.concatenate([left.toe_off, right.toe_off])
    side = np.repeat([1.0, -1.0], [len(left), len(right)])
    order = np.argsort(initial)
    return Contacts(initial[order], toe_off[order], left.rate_hz), side[order]


def _weight_n(zeroed: list[Array], contacts: Contacts) -> float:
    both = zeroed[0].sum(axis=1) + zeroed[1].sum(axis=1)
    return float(both[round(contacts.initial[0]) : round(contacts.initial[-1])].mean())


def _timing(contacts: Contacts) -> dict[str, Array]:
    return {
        "t_s": contacts.t_s,
        "contact_ms": 1000 * contacts.contact_s,
        "flight_ms": 1000 * contacts.flight_s,
        "step_ms": 1000 * contacts.step_s,
    }


def _footfall_metrics(fall: Footfall) -> dict[str, float]:
    layout = fall.layout
    late, push, early = fall.between(0.5, 1), fall.between(0.6, 1), fall.between(0.1, 0.5)
    medial, lateral = early[:, list(layout.medial)].sum(), early[:, list(layout.lateral)].sum()
    return {
        "strike_index_pct": strike_index_pct(fall),
        "onset_ms": onset_ms(fall),
        "heel_off_pct": heel_off_pct(fall),
        "forefoot_share_pct": 100 * late[:, list(layout.fore)].sum() / late.sum(),
        "hallux_share_pct": 100 * push[:, layout.hallux].sum() / push[:, list(layout.fore)].sum(),
        "medial_share_pct": 100 * medial / (medial + lateral),
        "arch_share_pct": 100 * early[:, layout.arch].sum() / early.sum(),
    }


def strike_index_pct(fall: Footfall) -> float:
    """Where the pressure is 10 to 20 ms after the sum passes a tenth of its largest."""
    total = fall.pressure[fall.start : int(fall.toe_off) + 1].sum(axis=1)
    tenth = fall.start + crossings(total, 0.1 * float(total.max()))[0][0]
    first, last = tenth + 0.010 * fall.rate_hz, tenth + 0.020 * fall.rate_hz
    window = fall.pressure[int(np.ceil(first)) : int(np.floor(last)) + 1]
    return float(np.mean(window @ fall.layout.x_pct / window.sum(axis=1)))


def onset_ms(fall: Footfall) -> float:
    """Forefoot's onset minus the heel's; positive when the heel comes first."""
    fore, heel = (_onset(fall.zone(zone)) for zone in (fall.layout.fore, fall.layout.heel))
    return 1000 * (fore - heel) / fall.rate_hz


def _onset(zone: Array) -> float:
    """Last rise through 5 % of the peak before the peak."""
    rises, _ = crossings(zone, 0.05 * float(zone.max()))
    before = rises[rises <= np.argmax(zone)]
    return float(before[-1]) if len(before) else float("nan")


def heel_off_pct(fall: Footfall) -> float:
    """The last fall of the heel below a tenth of its peak, in percent of contact."""
    heel = fall.zone(fall.layout.heel)
    _, falls = crossings(heel, 0.1 * float(heel.max()))
    at = fall.start + falls[-1] if len(falls) else np.nan
    return float(100 * (at - fall.initial) / (fall.toe_off - fall.initial))
