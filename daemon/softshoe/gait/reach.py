"""Where the deck is loaded, and how far ahead of and behind the body that is.

Axes: x forward, y to the runner's left, mm. On a moving belt a place is carried backwards by the
belt's speed, so places are compared at initial contact or at toe-off.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from softshoe.events import Array
from softshoe.gait.trace import Trace

EARLY_S = (0.010, 0.020)
WINDOW_S = 0.010
FORCE_X, FORCE_Y = 1, 2
USUAL_TRAVEL_MM = 160.0


class Places(Struct, frozen=True):
    """One contact's places on the deck, mm, as far as they need no neighbour."""

    early_x_mm: float
    """Mean of 10-20 ms after initial contact, carried back to it."""
    late_x_mm: float
    """Mean of the last 10 ms of load, carried forward to toe-off."""
    middle_x_mm: float
    """Mean of 45-55 % of contact, carried back to initial contact."""
    middle_y_mm: float
    """Plain mean of 20-80 % of contact: tells left from right."""
    loaded_y_mm: float
    """Weighted by force over all of contact: for step width."""
    force_sum: float
    moment_x_sum: float
    moment_y_sum: float
    """Sums over the contact's samples, N and N mm, for the body's mean place."""


def measure_places(trace: Trace, belt_mm_s: float, floor: float) -> Places | None:
    """None when no sample carries more than ``floor`` newtons from 10 ms after contact on."""
    seconds = trace.seconds()
    believed = trace.force > floor
    believed[: trace.inside.start] = False
    believed[trace.inside.stop :] = False
    count = max(1, round(WINDOW_S * trace.rate_hz))
    early = _early(seconds, believed, count)
    late = np.flatnonzero(believed)[-count:]
    if not len(early) or not len(late):
        return None
    x = trace.channels[:, FORCE_X] / np.where(believed, trace.force, 1.0)
    y = trace.channels[:, FORCE_Y] / np.where(believed, trace.force, 1.0)
    on_belt = x + belt_mm_s * seconds
    inside = trace.inside
    loaded = trace.force[believed].sum()
    return Places(
        early_x_mm=float(on_belt[early].mean()),
        late_x_mm=float((on_belt[late]).mean()) - belt_mm_s * trace.contact_s,
        middle_x_mm=_mean(on_belt, believed, trace.between(0.45, 0.55)),
        middle_y_mm=_mean(y, believed, trace.between(0.20, 0.80)),
        loaded_y_mm=float(trace.channels[believed, FORCE_Y].sum() / loaded),
        force_sum=float(trace.force[inside].sum()),
        moment_x_sum=float(trace.channels[inside, FORCE_X].sum()),
        moment_y_sum=float(trace.channels[inside, FORCE_Y].sum()),
    )


def _early(seconds: Array, believed: NDArray[np.bool_], count: int) -> NDArray[np.intp]:
    """Samples 10-20 ms after contact; where too few of them are loaded, the first that are."""
    after = np.flatnonzero(believed & (seconds >= EARLY_S[0]))
    inside = after[seconds[after] <= EARLY_S[1]]
    return inside if len(inside) >= count else after[:count]


def _mean(values: Array, believed: NDArray[np.bool_], span: slice) -> float:
    """Mean of the samples of a span that are believed, or of all of it; at least one sample."""
    span = slice(span.start, max(span.stop, span.start + 1))
    kept = values[span][believed[span]]
    return float(kept.mean()) if len(kept) else float(values[span].mean())


def body_x_mm(places: tuple[Places, Places, Places]) -> float:
    """The body's mean place: sum of F·x over sum of F of the contacts before, at and after."""
    return sum(p.moment_x_sum for p in places) / sum(p.force_sum for p in places)


def travel_mm(places: Places) -> float:
    """How far the centre of pressure moves relative to the belt, from landing to mid-stance."""
    return places.middle_x_mm - places.early_x_mm


def deck_strike_index_pct(cop_travel_mm: float) -> float:
    """Strike index from the travel on the belt; SD 3.2 points against foot markers."""
    return 0.65 * (95.9 - 0.513 * cop_travel_mm)


def symmetric_reach_mm(belt_m_s: float, contact_s: float, foot_travel_mm: float) -> float:
    """Reach ahead where the place on the deck is not known: as far ahead as behind."""
    return 0.5 * (1000.0 * belt_m_s * contact_s - foot_travel_mm)


def swing_balance_pct(ahead_mm: float, behind_mm: float) -> float:
    """50 is the pendulum that swings equally far both ways."""
    return 100.0 * ahead_mm / (ahead_mm + behind_mm)
