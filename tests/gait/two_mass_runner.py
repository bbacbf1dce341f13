"""The two-mass model of the definitions (Clark, Ryan & Weyand 2017), written out for tests.

70 kg, contact 0.25 s, flight 0.10 s, lower mass 8 %: its numbers stand in daemon/README.
"""

import numpy as np

from softshoe.events import Array, SampleBlock, Step
from softshoe.gait.gait import Gait
from softshoe.gait.settings import GaitSettings
from softshoe.rigs import Conditions, DeckLayout, Rig, Stream

MASS_KG, CONTACT_S, FLIGHT_S = 70.0, 0.25, 0.10
G = 9.80665


def footfall(seconds: Array, impact: float = 1.0) -> Array:
    """Force of one contact that begins at 0; ``impact`` scales the lower mass's stop."""
    lower = 0.08 * MASS_KG
    stop_s, stop_m_s = 0.030, 1.10 * impact
    first = lower * stop_m_s / stop_s + lower * G
    rest = MASS_KG * G * (CONTACT_S + FLIGHT_S) - first * 2 * stop_s
    second, centre = rest / CONTACT_S, 0.47 * CONTACT_S
    halves = np.where(seconds < centre, 0.47 * CONTACT_S, 0.53 * CONTACT_S)
    return bell(seconds, first, stop_s, stop_s) + bell(seconds, second, centre, halves)


def bell(seconds: Array, mean: float, centre: float, half: Array | float) -> Array:
    inside = np.abs(seconds - centre) <= half
    return np.where(inside, mean * (1 + np.cos(np.pi * (seconds - centre) / half)), 0.0)


def run(steps: int, rate_hz: float = 1000.0, lead_s: float = 0.2, impact: float = 1.0) -> Array:
    """Vertical force of some steps after ``lead_s`` of an empty belt, and 1 s of it after."""
    period = CONTACT_S + FLIGHT_S
    seconds = np.arange(round((lead_s + steps * period + 1.0) * rate_hz)) / rate_hz - lead_s
    number = np.floor(seconds / period)
    force = footfall(seconds - number * period, impact)
    return np.where((number >= 0) & (number < steps), force, 0.0)


def deck1(rate_hz: float) -> Rig:
    return Rig((Stream("deck", rate_hz, ("fz_n",), deck=DeckLayout("force")),))


def block(force: Array, rate_hz: float = 1000.0, first: int = 0, segment: int = 0) -> SampleBlock:
    return SampleBlock("deck", first, first / rate_hz, force[:, None], segment)


def measure(
    force: Array, rate_hz: float = 1000.0, whole: bool = True, settings: GaitSettings | None = None
) -> list[Step]:
    """Final steps of a force on one cell."""
    gait = Gait(deck1(rate_hz), Conditions(), settings, whole=whole)
    events = [*gait.feed(block(force, rate_hz)), *gait.finish()]
    return [e for e in events if isinstance(e, Step) and e.moment == "final"]
