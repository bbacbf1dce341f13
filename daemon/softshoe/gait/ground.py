"""One track that times contacts: the touch under way, the one that waits, the landing."""

import math
from collections.abc import Iterator

from softshoe.events import Side
from softshoe.gait.contact import Contact, Touch
from softshoe.gait.contacts import Transition
from softshoe.gait.impact import LATEST_FRACTION, PROMINENCE_BW
from softshoe.gait.landing import Landing, estimate_landing
from softshoe.gait.quality import LOADING_LEAST_HZ
from softshoe.gait.trace import filtered
from softshoe.gait.track import Track
from softshoe.gait.walking import LoadWatch

FLIGHT_S = (0.040, 0.300)
SWING_S = (0.100, 1.500)
PAD_AFTER_OFF_S = 0.0155
"""Stage 1 sees toe-off some 5 ms late: with this the zero-lag filter has 20 ms beyond it."""
PAD_AT_START_S = 0.150
"""Before the first flight the zero is a guess: wait until it has been seen after the contact."""
LEAD_S = 0.030
LANDING_AFTER_S = 0.015


class Ground:
    """Follows one track's touches; ``foot`` is None for a deck, which both feet use."""

    def __init__(self, track: Track, foot: Side | None, is_deck: bool) -> None:
        self.track = track
        self.foot = foot
        self.is_deck = is_deck
        self.accepted: Contact | None = None
        """The last touch's contact, while it counts: the quiet after it may be taken as zero."""
        self.load = LoadWatch(track.hop / track.rate_hz)
        self._touch: Touch | None = None
        self._waiting: Touch | None = None
        self._last_off: int | None = None
        self._highest = -math.inf
        self._beginnings = track.beginnings

    def begins_anew(self) -> bool:
        """Whether the track has started again; then no touch of before is left."""
        if self._beginnings == self.track.beginnings:
            return False
        self._beginnings = self.track.beginnings
        self.accepted = self._touch = self._waiting = self._last_off = None
        return True

    def feed(self, transitions: list[Transition]) -> Iterator[Touch]:
        """Take one hop; yields each touch when it can be measured, before a next one begins."""
        latest = self.track.latest
        self.load.feed(sum(latest) / len(latest), min(latest))
        for transition in transitions:
            if transition.on:
                yield from self.finish()
                self._come_down(transition.index)
            else:
                self._go_up(transition.index)
        if self._waiting is not None and self.track.raw.end >= self._due(self._waiting):
            yield from self.finish()

    def finish(self) -> Iterator[Touch]:
        """The touch that waits, with the samples there are."""
        if self._waiting is not None:
            touch, self._waiting, self.accepted = self._waiting, None, None
            if not self.track.baseline.settled:
                touch.before = self.track.quiet()
            yield touch

    def _due(self, touch: Touch) -> int:
        assert touch.off is not None
        pad_s = PAD_AFTER_OFF_S if self.track.baseline.settled else PAD_AT_START_S
        return touch.off + math.ceil(pad_s * self.track.rate_hz)

    def _come_down(self, index: int) -> None:
        if self.accepted is not None and self._last_off is not None:
            quiet_s = FLIGHT_S if self.is_deck else SWING_S
            if settle(self.track, self._last_off, index, quiet_s):
                self.accepted.after = self.track.quiet()
        self._touch = Touch(index, self.track.quiet())
        self._highest = -math.inf

    def _go_up(self, index: int) -> None:
        self._last_off = index
        if self._touch is not None:
            self._touch.off = index
            self._waiting, self._touch = self._touch, None

    @property
    def landing_is_due(self) -> bool:
        """Whether a touch is under way whose landing has not been told."""
        return self._touch is not None and not self._touch.landed

    def flaws(self, touch: Touch) -> tuple[bool, bool]:
        """(bridged, missing) samples in a touch and just before it."""
        assert touch.off is not None
        return self.track.flaws(touch.on - round(LEAD_S * self.track.rate_hz), touch.off)

    def landing(
        self, weight: float, usual_contact_s: float, threshold_n: float
    ) -> tuple[float, Landing] | None:
        """(initial contact in seconds, impact) of the touch under way, once, when it is over."""
        track, touch = self.track, self._touch
        if touch is None or touch.landed or track.rate_hz < LOADING_LEAST_HZ:
            return None
        since_s = (track.raw.end - touch.on) / track.rate_hz
        self._highest = max(self._highest, *track.latest)
        falls = self._highest - track.latest[-1] >= PROMINENCE_BW * weight
        if since_s < LANDING_AFTER_S or not (falls or since_s >= LATEST_FRACTION * usual_contact_s):
            return None
        start = max(track.raw.first, touch.on - round(LEAD_S * track.rate_hz))
        rows = track.raw.cut(start, track.raw.end) - touch.before.zero
        force, _ = filtered(rows, track.zero_lag, self.is_deck)
        level = track.contact_level(threshold_n)
        landing = estimate_landing(force, level, weight, usual_contact_s, track.rate_hz)
        if landing is None:
            return None
        touch.landed = True
        return track.time_s(start + landing.ic), landing


class Swings:
    """A foot's track that does not time contacts, but takes its zero from every swing."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self._last_off: int | None = None
        self._beginnings = track.beginnings

    def feed(self, transitions: list[Transition]) -> None:
        if self._beginnings != self.track.beginnings:
            self._beginnings, self._last_off = self.track.beginnings, None
        for transition in transitions:
            if not transition.on:
                self._last_off = transition.index
            elif self._last_off is not None:
                settle(self.track, self._last_off, transition.index, SWING_S)


def settle(track: Track, off: int, on: int, quiet_s: tuple[float, float]) -> bool:
    """Take the zero from what lies between two touches, if it lasted as long as it should."""
    if not quiet_s[0] <= (on - off) / track.rate_hz <= quiet_s[1]:
        return False
    track.settle(off, on)
    return True
