"""What is true of each simulated step, from the simulator's own parameters.

Two truths: as the metrics are defined, so with the filter that belongs to their definitions; and
bare, of the model's own curves and body. Nothing here uses the code that measures.
"""

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from msgspec import Struct

from softshoe.events import Step
from softshoe_hw.simulator.attention import Attention
from softshoe_hw.simulator.footfall import Footfall
from softshoe_hw.simulator.parameters import Parameters, RigName
from softshoe_hw.simulator.schedule import footfalls
from softshoe_hw.simulator.sole import Shares
from softshoe_hw.simulator.truth_body import bounce, spring
from softshoe_hw.simulator.truth_curve import Curve
from softshoe_hw.simulator.truth_loading import loading
from softshoe_hw.simulator.truth_place import Place
from softshoe_hw.simulator.truth_sole import sole_loading
from softshoe_hw.simulator.two_mass import TwoMass

_LONGEST_STEP_S, _LONGEST_FLIGHT_S = 0.60, 0.30
_ROLL_WITHOUT_INSOLE_MM = 160.0
_REAR_BELOW_PCT = 31.0


class Landing(Struct, frozen=True, eq=False):
    """One running contact with its curves."""

    footfall: Footfall
    curve: Curve
    place: Place

    @property
    def ic_s(self) -> float:
        return self.footfall.start_s + self.curve.ic_s


def true_steps(
    parameters: Parameters,
    rig: RigName,
    until_s: float,
    filtered: bool = True,
    attention: Attention | None = None,
) -> Iterator[Step]:
    """Every running step that ends by ``until_s``, numbered from 1."""
    coming = takewhile(lambda one: one.end_s <= until_s, footfalls(parameters, attention))
    landings = _landings(coming, filtered)
    before, this = None, next(landings, None)
    number = 1
    while this:
        after = next(landings, None)
        yield _step(parameters, rig, number, before, this, after)
        before, this, number = this, after, number + 1


def _landings(coming: Iterable[Footfall], filtered: bool) -> Iterator[Landing]:
    shares = Shares()
    for footfall in coming:
        if isinstance(footfall.load, TwoMass):
            curve = Curve(footfall.load, filtered)
            yield Landing(footfall, curve, Place(footfall, curve, shares))


def _step(
    parameters: Parameters,
    rig: RigName,
    number: int,
    before: Landing | None,
    this: Landing,
    after: Landing | None,
) -> Step:
    step_s = after.ic_s - this.ic_s if after else None
    follows = after if step_s is not None and step_s <= _LONGEST_STEP_S else None
    fields: dict[str, Any] = loading(this.curve)
    if follows:
        fields |= _stride(parameters, this, follows)
    if rig in ("deck4", "deck4+insoles"):
        fields |= _on_deck(before, this, follows)
    if rig in ("insoles", "deck4+insoles"):
        fields |= sole_loading(this.footfall, this.curve, Shares())
    if rig != "deck1":
        rear = parameters.runner.landing_pct < _REAR_BELOW_PCT
        fields["strike"] = "rear" if rear else "non_rear"
    if "reach_ahead_mm" not in fields:
        fields |= _symmetric_reach(rig, this)
    return Step(
        moment="final",
        step=number,
        t_s=this.ic_s,
        side=this.footfall.side,
        contact_ms=1000 * this.curve.contact_s,
        belt_m_s=this.footfall.belt_m_s,
        **fields,
    )


def _stride(parameters: Parameters, this: Landing, after: Landing) -> dict[str, Any]:
    """Fields that need the next contact."""
    step_s = after.ic_s - this.ic_s
    flight_s = step_s - this.curve.contact_s
    belt_m_s, height_mm = this.footfall.belt_m_s, parameters.runner.height_mm
    apart_s = after.footfall.start_s - this.footfall.start_s
    return {
        "flight_ms": 1000 * flight_s if flight_s <= _LONGEST_FLIGHT_S else None,
        "step_ms": 1000 * step_s,
        "cadence_spm": 60 / step_s,
        "duty_factor": this.curve.contact_s / (2 * step_s),
        "step_length_mm": 1000 * belt_m_s * step_s,
        **bounce(this.curve, after.curve, apart_s),
        **spring(this.curve, flight_s, belt_m_s, height_mm),
    }


def _on_deck(before: Landing | None, this: Landing, after: Landing | None) -> dict[str, Any]:
    travel_mm = this.place.cop_travel_mm
    fields: dict[str, Any] = {
        "cop_travel_mm": travel_mm,
        "strike_index_pct": 0.65 * (95.9 - 0.513 * travel_mm),
        "reach_method": None,
        "reach_ahead_mm": None,
    }
    if before and after and this.ic_s - before.ic_s <= _LONGEST_STEP_S:
        fields |= _measured_reach(before, this, after)
        beside_mm = this.place.mean_y_mm - (before.place.mean_y_mm + after.place.mean_y_mm) / 2
        fields["step_width_mm"] = this.footfall.outward * beside_mm
    return fields


def _measured_reach(before: Landing, this: Landing, after: Landing) -> dict[str, Any]:
    ahead_mm = this.place.landing_x_mm - _body_x_mm(before, this, after)
    behind_mm = _body_x_mm(before, this, after) - this.place.leaving_x_mm
    return {
        "reach_method": "measured",
        "reach_ahead_mm": ahead_mm,
        "reach_behind_mm": behind_mm,
        "swing_balance_pct": 100 * ahead_mm / (ahead_mm + behind_mm),
    }


def _body_x_mm(*landings: Landing) -> float:
    """By definition the mean place of the force of three contacts; bare, where the body is."""
    if not landings[1].curve.filtered:
        return landings[1].footfall.body_x_mm
    sums = [landing.place.sums for landing in landings]
    return sum(moment for moment, _ in sums) / sum(force for _, force in sums)


def _symmetric_reach(rig: RigName, this: Landing) -> dict[str, Any]:
    """What can be said without a place on the deck."""
    roll_mm = _ROLL_WITHOUT_INSOLE_MM if rig == "deck1" else this.place.on_sole_mm
    moved_mm = 1000 * this.footfall.belt_m_s * this.curve.contact_s
    return {"reach_method": "symmetric", "reach_ahead_mm": (moved_mm - roll_mm) / 2}
