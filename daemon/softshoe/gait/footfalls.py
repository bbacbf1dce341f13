"""From beginnings and ends of contacts to steps: what is accepted, and its three moments."""

import math
from collections import Counter, deque
from collections.abc import Iterator
from statistics import median

from softshoe.events import Conditions, GaitEvent, Rejected, Rig, Side, Step
from softshoe.gait.chain import FORGET_S, Chain
from softshoe.gait.contact import Contact, Touch, complete, cut_contact
from softshoe.gait.contacts import Transition
from softshoe.gait.finals import Finals
from softshoe.gait.impact import LATEST_FRACTION, PROMINENCE_BW
from softshoe.gait.landing import estimate_landing
from softshoe.gait.placing import (
    NAMES,
    Habits,
    Laterality,
    foot_under,
    name_late,
    place_on_deck,
    place_on_sole,
)
from softshoe.gait.quality import LOADING_LEAST_HZ
from softshoe.gait.reach import travel_mm
from softshoe.gait.settings import GaitSettings
from softshoe.gait.steps import Circumstances, describe
from softshoe.gait.trace import filtered, integral
from softshoe.gait.track import Track
from softshoe.gait.walking import LoadWatch
from softshoe.gait.weight import BodyWeight

FLIGHT_S = (0.040, 0.300)
SWING_S = (0.100, 1.500)
PAD_AFTER_OFF_S = 0.0155
"""Stage 1 sees toe-off some 5 ms late: with this the zero-lag filter has 20 ms beyond it."""
PAD_AT_START_S = 0.150
"""Before the first flight the zero is a guess: wait until it has been seen after the contact."""
GAP_BEFORE_S = 0.030
SILENCE_S = 0.7
USUAL_CONTACT_S = 0.25
LANDING_AFTER_S = 0.015


class Ground:
    """One track that times contacts: the touch under way, the one that waits, the last accepted."""

    def __init__(self, track: Track, foot: Side | None) -> None:
        self.track = track
        self.foot = foot
        self.touch: Touch | None = None
        self.waiting: Touch | None = None
        self.last_off: int | None = None
        self.accepted: Contact | None = None
        self.load = LoadWatch(track.hop / track.rate_hz)
        self.highest = 0.0

    @property
    def quiet_s(self) -> tuple[float, float]:
        """How long a foot may be off the ground for its zero to be taken."""
        return FLIGHT_S if self.foot is None else SWING_S


class Footfalls:
    """Holds what survives from one contact to the next."""

    def __init__(
        self,
        rig: Rig,
        conditions: Conditions,
        settings: GaitSettings,
        timing: list[Track],
        feet: tuple[Track, ...],
        whole: bool,
    ) -> None:
        self.belt_m_s = conditions.belt_m_s
        self.walking = False
        self.rejected: Counter[str] = Counter()
        self._rig = rig
        self._conditions = conditions
        self._settings = settings
        self._whole = whole
        self._feet = feet
        names: list[Side | None] = [None] if rig.deck else list(NAMES)
        self._grounds = [Ground(track, name) for track, name in zip(timing, names, strict=True)]
        self._helpers = [Ground(track, None) for track in feet] if rig.deck else []
        self.restart()

    def restart(self) -> None:
        """Forget the runner."""
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
        ground = next((one for one in self._grounds if one.track is track), None)
        if ground is None:
            self._rest(next(one for one in self._helpers if one.track is track), transitions)
            return
        ground.load.feed(*track.load)
        for transition in transitions:
            yield from self._turn(ground, transition)
        if ground.waiting and ground.waiting.off is not None:
            pad_s = PAD_AFTER_OFF_S if track.baseline.settled else PAD_AT_START_S
            if track.raw.end >= ground.waiting.off + math.ceil(pad_s * track.rate_hz):
                yield from self._measure(ground)
        if ground.touch is not None and not ground.touch.landed:
            yield from self._land(ground, ground.touch)

    def _rest(self, ground: Ground, transitions: list[Transition]) -> None:
        """A foot that does not time contacts still takes its zero from every swing."""
        for transition in transitions:
            if not transition.on:
                ground.last_off = transition.index
            elif ground.last_off is not None:
                self._settle(ground, transition.index, SWING_S)

    def _settle(self, ground: Ground, on: int, quiet_s: tuple[float, float]) -> bool:
        assert ground.last_off is not None
        away_s = (on - ground.last_off) / ground.track.rate_hz
        if not quiet_s[0] <= away_s <= quiet_s[1]:
            return False
        ground.track.settle(ground.last_off, on)
        return True

    def _turn(self, ground: Ground, transition: Transition) -> Iterator[GaitEvent]:
        if not transition.on:
            ground.last_off = transition.index
            if ground.touch is not None:
                ground.touch.off = transition.index
                ground.waiting, ground.touch = ground.touch, None
            return
        if ground.waiting is not None:
            yield from self._measure(ground)
        if ground.accepted is not None and self._settle(ground, transition.index, ground.quiet_s):
            ground.accepted.after = ground.track.quiet()
        ground.touch = Touch(transition.index, ground.track.quiet())
        ground.highest = 0.0

    # --- landing ------------------------------------------------------------------------------

    def _land(self, ground: Ground, touch: Touch) -> Iterator[GaitEvent]:
        """Tell the landing once its impact is over; never while nobody is known to run."""
        track, weight = ground.track, self.weight.value
        since_s = (track.raw.end - touch.on) / track.rate_hz
        usual_s = median(self._contact_s) if self._contact_s else USUAL_CONTACT_S
        if weight is None or not self._chain.running or self.walking:
            return
        if track.rate_hz < LOADING_LEAST_HZ or since_s < LANDING_AFTER_S:
            return
        latest = track.force[-1]
        ground.highest = max(ground.highest, *track.force)
        falls = ground.highest - latest >= PROMINENCE_BW * weight
        if not falls and since_s < LATEST_FRACTION * usual_s:
            return
        yield from self._landing(ground, touch, weight, usual_s)

    def _landing(
        self, ground: Ground, touch: Touch, weight: float, usual_s: float
    ) -> Iterator[GaitEvent]:
        track = ground.track
        level = track.contact_level(self._settings.contact_threshold_n)
        start = touch.on - round(GAP_BEFORE_S * track.rate_hz)
        rows = track.raw.cut(start, track.raw.end) - touch.before.zero
        force, _ = filtered(rows, track.zero_lag, bool(self._rig.deck))
        landing = estimate_landing(force, level, weight, usual_s, track.rate_hz)
        if landing is None:
            return
        touch.landed = True
        ic_s = track.time_s(max(start, track.raw.first) + landing.ic)
        yield Step(
            moment="landing",
            t_s=ic_s,
            side=ground.foot or self._laterality.expected(ic_s),
            impact_method=landing.method,
            impact_peak_bw=landing.impact_bw,
            impact_time_ms=landing.time_ms,
            belt_m_s=self.belt_m_s,
        )

    # --- a contact has ended ------------------------------------------------------------------

    def _measure(self, ground: Ground) -> Iterator[GaitEvent]:
        touch, ground.waiting, ground.accepted = ground.waiting, None, None
        assert touch is not None
        track = ground.track
        if not track.baseline.settled:
            touch.before = track.quiet()
        level = track.contact_level(self._settings.contact_threshold_n)
        contact = cut_contact(track, touch, level, bool(self._rig.deck))
        reason = self._objection(ground, touch, contact)
        if contact is None or reason is not None:
            self._chain.reject()
            yield self._reject(track.time_s(touch.on), reason or "under_way")
            return
        ground.accepted = contact
        track.take_peak(float(contact.trace.force.max()))
        yield from self._accept(contact, ground)

    def _objection(self, ground: Ground, touch: Touch, contact: Contact | None) -> str | None:
        track = ground.track
        assert touch.off is not None
        if track.flaws(touch.on - round(GAP_BEFORE_S * track.rate_hz), touch.off)[1]:
            return "samples_missing"
        if contact is None:
            return "under_way"
        if self.walking:
            return "walking"
        peak = float(contact.trace.force.max())
        usual = self.weight.value or sum(
            one.load.mean - one.track.baseline.level for one in self._grounds
        )
        return self._chain.objection(contact.ic_s, contact.trace.contact_s, peak, usual)

    def _reject(self, t_s: float, reason: str) -> Rejected:
        self.rejected[reason] += 1
        return Rejected(t_s, reason)

    def _accept(self, contact: Contact, ground: Ground) -> Iterator[GaitEvent]:
        was_running = self._chain.running
        steps = self._laterality.steps_since_last(contact)
        contact.chained = self._chain.accept(contact.ic_s, steps)
        contact.foot = ground.foot
        self._contact_s.append(contact.trace.contact_s)
        self._place(contact)
        self._link(contact)
        if self._chain.running:
            self._finals.count()
            yield describe("live", contact, self._around())
        elif not contact.chained or was_running:
            for dropped in self._finals.drop_uncounted():
                yield self._reject(dropped.ic_s, "not_running")
        yield from self._hand_out()

    def _place(self, contact: Contact) -> None:
        """On the belt, on the sole, on its side."""
        place_on_deck(contact, self.belt_m_s, self.weight.value)
        layout = self._rig.insoles.insole if self._rig.insoles else None
        if self._helpers and len(self._feet) == 2:
            contact.foot = foot_under(contact, (self._feet[0], self._feet[1]))
        if layout is not None and contact.foot in NAMES:
            place_on_sole(contact, self._feet[NAMES.index(contact.foot)], layout)
        self._laterality.feed(contact)
        travel = None
        if contact.places is not None and self.belt_m_s is not None:
            travel = travel_mm(contact.places)
        self._habits.feed(contact, travel)

    def _link(self, contact: Contact) -> None:
        """The contact before this one now has its whole step."""
        last = self._finals.last
        if last is not None and contact.chained:
            self._complete(last, contact)
            end = last.trace.ic + (contact.ic_s - last.ic_s) * last.rate_hz
            end = min(end, len(last.trace.force) - 1.0)
            impulse = integral(last.trace.force, last.trace.ic, end, last.rate_hz)
            self.weight.feed(impulse, contact.ic_s - last.ic_s)
        self._finals.add(contact)

    def _complete(self, last: Contact, contact: Contact) -> None:
        track = self._track_of(last)
        complete(last, track, contact.ic_s)
        place_on_deck(last, self.belt_m_s, self.weight.value)

    def _track_of(self, contact: Contact) -> Track:
        if self._rig.deck:
            return self._grounds[0].track
        return next(one.track for one in self._grounds if one.foot == contact.foot)

    # --- steps out ----------------------------------------------------------------------------

    def _around(self) -> Circumstances:
        return Circumstances(
            rig=self._rig,
            conditions=self._conditions,
            belt_m_s=self.belt_m_s,
            newtons=self._grounds[0].track.newtons,
            body_weight=self.weight.value,
        )

    def _hand_out(self, whatever: bool = False) -> Iterator[Step]:
        """Finals wait for body weight; of a finished recording they all wait for its end."""
        if (self._whole or self.weight.value is None) and not whatever:
            return
        around = self._around()
        for footing in self._finals.take():
            name_late(footing.contact)
            yield describe("final", footing.contact, around, footing.before, footing.after)

    def tick(self, now_s: float) -> Iterator[GaitEvent]:
        """Silence closes the last step, and after a while the run."""
        last = self._finals.last
        if last is not None and now_s - last.to_s > SILENCE_S:
            self._finals.close_last(None)
            yield from self._hand_out()
        if self.walking:
            self._chain.stop()
        if now_s - self._chain.last_s > FORGET_S:
            yield from self._calm_down(now_s)

    def _calm_down(self, now_s: float) -> Iterator[GaitEvent]:
        """Nobody has run for 2 s: release what waits, look for a shifted zero, weigh who stands."""
        self._chain.running = False
        for dropped in self._finals.drop_uncounted():
            yield self._reject(dropped.ic_s, "not_running")
        yield from self._hand_out(whatever=not self._whole)
        for ground in self._grounds:
            if ground.track.baseline.settled:
                ground.track.baseline.unsettle()
        empty = self._settings.empty_deck_n
        if empty is not None and self._rig.deck is not None:
            standing = self.load.standing(empty)
            if standing is not None:
                self.weight.stand(standing)

    def finish(self) -> Iterator[GaitEvent]:
        """The data have ended: no neighbour comes any more."""
        for ground in self._grounds:
            if ground.waiting is not None:
                yield from self._measure(ground)
        self._finals.close_last(None)
        if self._whole:
            self.weight.settle_on_all()
            self._laterality.decide_whole()
        yield from self._hand_out(whatever=True)
        for dropped in self._finals.drop_uncounted():
            yield self._reject(dropped.ic_s, "not_running")

    # --- what the gait asks -------------------------------------------------------------------

    @property
    def load(self) -> LoadWatch:
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
