"""From touches to steps: which are accepted, where they lie, and their three moments."""

from collections import deque
from collections.abc import Iterator
from statistics import median
from typing import Any

from softshoe.events import GaitEvent, Rejected, RunBegan, Side, Step
from softshoe.gait.chain import FORGET_S, Chain
from softshoe.gait.contact import Contact, Touch, complete, cut_contact
from softshoe.gait.contacts import Transition
from softshoe.gait.finals import Finals
from softshoe.gait.ground import Ground, Swings
from softshoe.gait.landing import Landing
from softshoe.gait.placing import (
    NAMES,
    Habits,
    Laterality,
    foot_under,
    name_late,
    place_of_landing,
    place_on_deck,
    place_on_sole,
)
from softshoe.gait.reach import travel_mm
from softshoe.gait.resonance import refuses_loading
from softshoe.gait.settings import GaitSettings
from softshoe.gait.steps import Circumstances, describe
from softshoe.gait.trace import integral
from softshoe.gait.track import Track
from softshoe.gait.walking import LoadWatch
from softshoe.gait.weight import BodyWeight, stated_n
from softshoe.rigs import Conditions, Rig

SILENCE_S = 0.7
USUAL_CONTACT_S = 0.25


class Footfalls:
    """Holds what survives from one contact to the next, of one runner."""

    def __init__(
        self,
        rig: Rig,
        conditions: Conditions,
        settings: GaitSettings,
        deck: Track | None,
        feet: tuple[Track, ...],
        whole: bool,
    ) -> None:
        self.belt_m_s = conditions.belt_m_s
        self.walking = False
        self._rig = rig
        self._conditions = conditions
        self._stated_n = stated_n(conditions)
        self._settings = settings
        self._whole = whole
        self._feet = feet
        self._layout = rig.insoles.insole if rig.insoles else None
        self._swings = [Swings(foot) for foot in feet] if deck else []
        if deck:
            self._grounds = [Ground(deck, None, is_deck=True)]
        else:
            self._grounds = [
                Ground(foot, name, is_deck=False) for foot, name in zip(feet, NAMES, strict=True)
            ]
        self.restart()

    def restart(self) -> None:
        """Forget the runner; keep what is known of the rig."""
        self.weight = BodyWeight()
        self._chain = Chain()
        self._finals = Finals()
        self._laterality = Laterality(self._rig)
        self._habits = Habits(self._settings)
        self._contact_s: deque[float] = deque(maxlen=8)
        self._new_runner_told = False

    # --- one hop ------------------------------------------------------------------------------

    def feed(self, track: Track, transitions: list[Transition]) -> Iterator[GaitEvent]:
        """What one hop of a track brought."""
        for swing in self._swings:
            if swing.track is track:
                swing.feed(transitions)
        for ground in self._grounds:
            if ground.track is track:
                if ground.begins_anew():
                    self._finals.close_last(None)
                    self._chain.reject()
                for touch in ground.feed(transitions):
                    yield from self._judge(ground, touch)
                if ground.landing_is_due:
                    yield from self._land(ground)

    def _land(self, ground: Ground) -> Iterator[Step]:
        """Tell a landing once its impact is over; never while nobody is known to run."""
        weight = self.weight.value
        if weight is None or not self._chain.running or self.walking:
            return
        usual_s = median(self._contact_s) if self._contact_s else USUAL_CONTACT_S
        landing = ground.landing(weight, usual_s, self._settings.contact_threshold_n)
        if landing is None:
            return
        ic_s, impact = landing
        side = self._side_now(ground, ic_s)
        place = self._place_now(side, ic_s)
        yield Step(
            moment="landing",
            t_s=ic_s,
            side=side,
            **_told(impact, ground.track),
            strike_index_pct=place[0] if place else None,
            cop_path=(place,) if place else None,
            belt_m_s=self.belt_m_s,
        )

    def _place_now(self, side: Side | None, ic_s: float) -> tuple[float, float] | None:
        """Where on the sole a foot that is still down has landed."""
        if self._layout is None or side not in NAMES:
            return None
        return place_of_landing(self._feet[NAMES.index(side)], ic_s, self._layout)

    def _side_now(self, ground: Ground, ic_s: float) -> Side | None:
        """The side of a contact that is under way."""
        if ground.foot is not None:
            return ground.foot
        if self._swings:
            return foot_under(ic_s, ground.track.now_s, self._feet)
        return self._laterality.expected(ic_s)

    # --- a contact has ended ------------------------------------------------------------------

    def _judge(self, ground: Ground, touch: Touch) -> Iterator[GaitEvent]:
        level = ground.track.contact_level(self._settings.contact_threshold_n)
        contact = cut_contact(ground.track, touch, level, ground.is_deck)
        reason = self._objection(ground, touch, contact)
        if contact is None or reason is not None:
            self._chain.reject()
            yield Rejected(ground.track.time_s(touch.on), reason or "under_way")
            return
        ground.accepted = contact
        contact.foot = ground.foot
        ground.track.take_peak(float(contact.trace.force.max()))
        yield from self._accept(contact)

    def _objection(self, ground: Ground, touch: Touch, contact: Contact | None) -> str | None:
        if ground.flaws(touch)[1]:
            return "samples_missing"
        if contact is None:
            return "under_way"
        if self.walking:
            return "walking"
        peak = float(contact.trace.force.max())
        mean_load = sum(one.load.mean - one.track.baseline.level for one in self._grounds)
        return self._chain.objection(
            contact.ic_s, contact.trace.contact_s, peak, self.weight.value, mean_load
        )

    def _accept(self, contact: Contact) -> Iterator[GaitEvent]:
        steps = self._laterality.steps_since_last(contact)
        contact.chained = self._chain.accept(contact.ic_s, steps, contact.foot)
        self._contact_s.append(contact.trace.contact_s)
        self._place(contact)
        self._link(contact)
        if self._chain.running:
            first = self._finals.count()
            if first is not None and first.number == 1:
                yield RunBegan(first.ic_s)
            yield describe("live", contact, self._around())
        elif not contact.chained:
            yield from self._drop_uncounted()
        yield from self._hand_out()

    def _place(self, contact: Contact) -> None:
        """On the belt, on the sole, on its side."""
        place_on_deck(contact, self.belt_m_s, self.weight.value)
        if self._swings:
            contact.foot = foot_under(contact.ic_s, contact.to_s, self._feet)
        if self._layout is not None and contact.foot in NAMES:
            place_on_sole(contact, self._feet[NAMES.index(contact.foot)], self._layout)
        self._laterality.feed(contact)
        travel = None
        if contact.places is not None and self.belt_m_s is not None:
            travel = travel_mm(contact.places)
        self._habits.feed(contact, travel)

    def _link(self, contact: Contact) -> None:
        """The contact before this one now has its whole step."""
        last = self._finals.last
        if last is not None and contact.chained:
            if last.is_deck:
                complete(last, self._grounds[0].track, contact.ic_s)
                place_on_deck(last, self.belt_m_s, self.weight.value)
            end = last.trace.ic + (contact.ic_s - last.ic_s) * last.rate_hz
            end = min(end, len(last.trace.force) - 1.0)
            impulse = integral(last.trace.force, last.trace.ic, end, last.rate_hz)
            self.weight.feed(impulse, contact.ic_s - last.ic_s)
        self._finals.add(contact)

    # --- steps out ----------------------------------------------------------------------------

    def _around(self) -> Circumstances:
        first = self._grounds[0].track
        return Circumstances(
            rig=self._rig,
            conditions=self._conditions,
            belt_m_s=self.belt_m_s,
            newtons=first.newtons,
            body_weight=self.weight.value,
            weight_as_stated=not first.newtons or self.weight.agrees_with(self._stated_n),
            resonance=first.resonance,
        )

    def _hand_out(self, unweighed: bool = False) -> Iterator[Step]:
        """Finals wait for body weight, unless it cannot come any more."""
        if self._whole or (self.weight.value is None and not unweighed):
            return
        yield from self._describe_finals()

    def _describe_finals(self) -> Iterator[Step]:
        around = self._around()
        for footing in self._finals.take():
            name_late(footing.contact)
            yield describe("final", footing.contact, around, footing.before, footing.after)

    def _drop_uncounted(self) -> Iterator[Rejected]:
        for contact in self._finals.drop_uncounted():
            yield Rejected(contact.ic_s, "not_running")

    def tick(self, now_s: float) -> Iterator[GaitEvent]:
        """Silence closes the last step, and after a while the run."""
        last = self._finals.last
        if last is not None and now_s - last.to_s > SILENCE_S:
            self._finals.close_last(None)
            yield from self._hand_out()
        if self.walking:
            self._chain.stop()
        if now_s - self._chain.last_s > FORGET_S:
            yield from self._calm_down()

    def _calm_down(self) -> Iterator[GaitEvent]:
        """Nobody has run for 2 s: release what waits, look for a shifted zero, weigh who stands."""
        self._chain.running = False
        yield from self._drop_uncounted()
        yield from self._hand_out(unweighed=True)
        for ground in self._grounds:
            ground.track.baseline.unsettle()
        empty = self._settings.empty_deck_n
        standing = None if empty is None or not self._rig.deck else self.load.standing(empty)
        if standing is not None:
            self.weight.stand(standing)

    def finish(self) -> Iterator[GaitEvent]:
        """The data have ended: no neighbour comes any more. All finals of a whole recording."""
        for ground in self._grounds:
            for touch in ground.finish():
                yield from self._judge(ground, touch)
        self._finals.close_last(None)
        if self._whole:
            self.weight.settle_on_all()
            self._laterality.decide_whole()
        yield from self._describe_finals()
        yield from self._drop_uncounted()

    # --- what the gait asks -------------------------------------------------------------------

    @property
    def load(self) -> LoadWatch:
        """The load on the deck, or on the left insole."""
        return self._grounds[0].load

    def running(self, now_s: float) -> bool:
        return self._chain.running and now_s - self._chain.last_s <= FORGET_S

    @property
    def strides_like_walking(self) -> bool:
        return self._chain.strides_like_walking

    def take_new_runner(self) -> float | None:
        """Another person's weight, told once."""
        weight = None if self._whole else self.weight.other_person
        if weight is None or self._new_runner_told:
            return None
        self._new_runner_told = True
        return weight


def _told(impact: Landing, track: Track) -> dict[str, Any]:
    """A landing's impact, unless the deck rings too slowly to show one."""
    if refuses_loading(track.resonance):
        return {}
    loading = impact.loading
    return {
        "impact_method": impact.method,
        "impact_peak_bw": impact.impact_bw,
        "impact_time_ms": impact.time_ms,
        "valr_bw_s": loading.valr_bw_s if loading else None,
        "vilr_bw_s": loading.vilr_bw_s if loading else None,
    }
