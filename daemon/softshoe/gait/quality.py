"""How far each kind of value of a step can be believed, and why not further."""

from msgspec import Struct

from softshoe.calibrations import Resonance
from softshoe.events import Quality
from softshoe.gait.resonance import must_be_undone, refuses_loading

LOADING_GOOD_HZ = 500.0
LOADING_LEAST_HZ = 200.0
TIMING_LEAST_HZ = 100.0


class Verdict(Struct, frozen=True):
    """Three words and their reasons."""

    timing: Quality
    loading: Quality
    place: Quality
    reasons: tuple[str, ...]


class Facts(Struct, frozen=True):
    """What a verdict rests on."""

    rate_hz: float
    insole_forces: bool
    calibrated: bool
    bridged: bool
    has_place: bool
    belt_known: bool
    sides_disagree: bool = False
    resonance: Resonance | None = None
    weight_as_stated: bool = True


def judge(facts: Facts) -> Verdict:
    """By sampling rate first (Renner 2019), then by what is wrong with this contact."""
    reasons = []
    loading: Quality = "good"
    timing: Quality = "good"
    place: Quality = "good" if facts.has_place else "none"
    if facts.rate_hz < LOADING_GOOD_HZ:
        loading = "low" if facts.rate_hz >= LOADING_LEAST_HZ else "none"
        reasons.append(f"rate_below_{LOADING_GOOD_HZ:.0f}_hz")
    if facts.rate_hz < LOADING_LEAST_HZ:
        timing = "low" if facts.rate_hz >= TIMING_LEAST_HZ else "none"
    if facts.insole_forces:
        loading = _at_best_low(loading)
        reasons.append("loading_from_insoles")
    if refuses_loading(facts.resonance):
        loading = "none"
        reasons.append("deck_rings_too_slowly")
    elif must_be_undone(facts.resonance):
        loading = _at_best_low(loading)
        reasons.append("deck_rings")
    if not facts.calibrated:
        timing = _at_best_low(timing)
        reasons.append("not_calibrated")
    if facts.bridged:
        timing, loading, place = map(_at_best_low, (timing, loading, place))
        reasons.append("samples_bridged")
    if not facts.belt_known and not facts.insole_forces:
        place = _at_best_low(place)
        reasons.append("no_belt_speed")
    if facts.sides_disagree:
        place = _at_best_low(place)
        reasons.append("sides_disagree")
    if not facts.weight_as_stated:
        reasons.append("weight_not_as_stated")
    return Verdict(timing, loading, place, tuple(reasons))


def _at_best_low(quality: Quality) -> Quality:
    return "none" if quality == "none" else "low"
