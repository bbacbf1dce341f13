"""From a contact and its neighbours to a Step: one function a moment, the arithmetic elsewhere."""

from typing import Any

from msgspec import Struct, structs

from softshoe.calibrations import Resonance
from softshoe.events import Foot, Moment, Step
from softshoe.gait.contact import Contact
from softshoe.gait.impact import Impact, active_peak, measure_impact
from softshoe.gait.push import push_impulse_bw_s, unloading_bw_s
from softshoe.gait.quality import Facts, Verdict, judge
from softshoe.gait.reach import (
    USUAL_TRAVEL_MM,
    body_x_mm,
    deck_strike_index_pct,
    swing_balance_pct,
    symmetric_reach_mm,
    travel_mm,
)
from softshoe.gait.trace import integral
from softshoe.gait.vertical import LEG_OF_HEIGHT, measure_bounce, spring_mass
from softshoe.gait.weight import mass_kg
from softshoe.rigs import Conditions, InsoleLayout, Rig

LONGEST_FLIGHT_MS = 300.0


class Circumstances(Struct, frozen=True):
    """What holds for all steps of a moment: the rig, what is stated, what is known by now."""

    rig: Rig
    conditions: Conditions
    belt_m_s: float | None
    newtons: bool
    body_weight: float | None
    """In the unit of the track; None until it is known."""
    weight_as_stated: bool = True
    resonance: Resonance | None = None

    @property
    def mass_kg(self) -> float | None:
        """Measured where the rig gives newtons, else stated."""
        if self.newtons and self.body_weight:
            return mass_kg(self.body_weight)
        return self.conditions.body_mass_kg

    @property
    def leg_m(self) -> float | None:
        height = self.conditions.height_mm
        return None if height is None else LEG_OF_HEIGHT * height / 1000.0

    @property
    def insole(self) -> InsoleLayout | None:
        return self.rig.insoles.insole if self.rig.insoles else None


def describe(
    moment: Moment,
    contact: Contact,
    around: Circumstances,
    before: Contact | None = None,
    after: Contact | None = None,
) -> Step:
    """A Step of moment ``live`` (no neighbours needed) or ``final`` (with those it has)."""
    verdict = _verdict(contact, around)
    values: dict[str, Any] = {}
    if verdict.timing != "none":
        values["contact_ms"] = 1000.0 * contact.trace.contact_s
    if verdict.loading != "none":
        values |= _loading(contact, around)
    values |= _sole(contact) | _travel(contact, around)
    if moment == "final":
        values |= _rhythm(contact, after, verdict)
        values |= _bounce(contact, after, around, verdict)
        values |= _reach(contact, before, after, around)
    return Step(
        moment=moment,
        step=contact.number,
        t_s=contact.ic_s,
        side=contact.side,
        foot=_foot(contact, around),
        belt_m_s=around.belt_m_s,
        timing_quality=verdict.timing,
        loading_quality=verdict.loading,
        place_quality=verdict.place,
        quality_reasons=verdict.reasons,
        **values,
    )


def _foot(contact: Contact, around: Circumstances) -> Foot | None:
    """Where sides cannot be known, feet are at least told apart."""
    if around.rig.name != "deck1":
        return None
    return "a" if contact.parity == 0 else "b"


def _verdict(contact: Contact, around: Circumstances) -> Verdict:
    layout = around.insole
    knows_sole = layout is not None and bool(layout.sensors)
    return judge(
        Facts(
            rate_hz=contact.rate_hz,
            insole_forces=not contact.is_deck,
            calibrated=around.newtons,
            bridged=contact.bridged,
            has_place=contact.places is not None or knows_sole,
            belt_known=around.belt_m_s is not None,
            sides_disagree=contact.sides_disagree,
            resonance=around.resonance if contact.is_deck else None,
            weight_as_stated=around.weight_as_stated,
        )
    )


def _loading(contact: Contact, around: Circumstances) -> dict[str, Any]:
    """Everything in body weights; nothing until body weight is known."""
    if around.body_weight is None:
        return {}
    trace = contact.trace
    force = trace.force / around.body_weight
    active = active_peak(force, trace)
    return {
        **_impact(measure_impact(force, trace, active)),
        "active_peak_bw": float(force[active]),
        "active_time_pct": 100.0 * (active - trace.ic) / (trace.to - trace.ic),
        "impulse_bw_s": integral(force, trace.ic, trace.to, trace.rate_hz),
        "unloading_bw_s": unloading_bw_s(force, trace),
    }


def _impact(impact: Impact) -> dict[str, Any]:
    return {
        "impact_method": impact.method,
        "impact_peak_bw": impact.impact_bw,
        "impact_time_ms": impact.time_ms,
        "impact13_bw": impact.impact13_bw,
        "valr_bw_s": impact.loading.valr_bw_s if impact.loading else None,
        "vilr_bw_s": impact.loading.vilr_bw_s if impact.loading else None,
        "valr13_bw_s": impact.loading13.valr_bw_s if impact.loading13 else None,
    }


def _sole(contact: Contact) -> dict[str, Any]:
    values = structs.asdict(contact.sole) if contact.sole else {}
    if contact.strike:
        values["strike"], values["strike_confidence"] = contact.strike
    return values


def _travel(contact: Contact, around: Circumstances) -> dict[str, Any]:
    """On a deck the strike shows in how the centre of pressure moves relative to the belt."""
    if contact.places is None or around.belt_m_s is None:
        return {}
    travel = travel_mm(contact.places)
    values: dict[str, Any] = {"cop_travel_mm": travel}
    if contact.sole is None:
        values["strike_index_pct"] = deck_strike_index_pct(travel)
    return values


def _rhythm(contact: Contact, after: Contact | None, verdict: Verdict) -> dict[str, Any]:
    """Flight, step, cadence and duty, when the next contact is the neighbour."""
    if after is None:
        return {}
    step_ms = 1000.0 * (after.ic_s - contact.ic_s)
    values: dict[str, Any] = {"step_ms": step_ms, "cadence_spm": 60_000.0 / step_ms}
    flight_ms = 1000.0 * (after.ic_s - contact.to_s)
    if verdict.timing != "none" and flight_ms <= LONGEST_FLIGHT_MS:
        contact_ms = 1000.0 * contact.trace.contact_s
        values["flight_ms"] = flight_ms
        values["duty_factor"] = contact_ms / (2.0 * (contact_ms + flight_ms))
    return values


def _bounce(
    contact: Contact, after: Contact | None, around: Circumstances, verdict: Verdict
) -> dict[str, Any]:
    """Oscillation, push-off and the spring-mass model: they need the whole step."""
    if after is None or around.body_weight is None or verdict.timing == "none":
        return {}
    trace = contact.trace
    force = trace.force / around.body_weight
    end = trace.ic + (after.ic_s - contact.ic_s) * trace.rate_hz
    bounce = measure_bounce(force, trace.ic, end, trace.rate_hz)
    values: dict[str, Any] = {
        "vertical_oscillation_mm": bounce.oscillation_mm,
        "push_impulse_bw_s": push_impulse_bw_s(force, trace, bounce.lowest),
    }
    if around.belt_m_s is not None:
        values["step_length_mm"] = 1000.0 * around.belt_m_s * (after.ic_s - contact.ic_s)
    return values | _spring(contact, after.ic_s - contact.to_s, around)


def _spring(contact: Contact, flight_s: float, around: Circumstances) -> dict[str, Any]:
    mass = around.mass_kg
    if mass is None or 1000.0 * flight_s > LONGEST_FLIGHT_MS:
        return {}
    spring = spring_mass(mass, contact.trace.contact_s, flight_s, around.belt_m_s, around.leg_m)
    if spring is None:
        return {}
    values = structs.asdict(spring)
    fmax_n = values.pop("fmax_n")
    return values | {"fmax_bw": fmax_n / (mass * 9.80665)}


def _reach(
    contact: Contact, before: Contact | None, after: Contact | None, around: Circumstances
) -> dict[str, Any]:
    if contact.places is None:
        return _symmetric_reach(contact, around)
    if not (before and after and before.places and after.places):
        return {}
    values: dict[str, Any] = {}
    neighbours_y = 0.5 * (before.places.loaded_y_mm + after.places.loaded_y_mm)
    if contact.side in ("left", "right"):
        width = contact.places.loaded_y_mm - neighbours_y
        values["step_width_mm"] = width if contact.side == "left" else -width
    if around.belt_m_s is not None:
        body_x = body_x_mm((before.places, contact.places, after.places))
        ahead = contact.places.early_x_mm - body_x
        behind = body_x - contact.places.late_x_mm
        values |= {
            "reach_method": "measured",
            "reach_ahead_mm": ahead,
            "reach_behind_mm": behind,
            "swing_balance_pct": swing_balance_pct(ahead, behind),
        }
    return values


def _symmetric_reach(contact: Contact, around: Circumstances) -> dict[str, Any]:
    if around.belt_m_s is None or contact.is_deck:
        return {}
    travel = USUAL_TRAVEL_MM
    path, layout = contact.sole.cop_path if contact.sole else None, around.insole
    if path and layout and layout.length_mm:
        travel = (path[-1][0] - path[0][0]) / 100.0 * layout.length_mm
    reach = symmetric_reach_mm(around.belt_m_s, contact.trace.contact_s, travel)
    return {"reach_method": "symmetric", "reach_ahead_mm": reach}
