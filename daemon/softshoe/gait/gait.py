"""The pure centre in reading order: samples in, the moments of every step out.

Everything advances in hops of 10 ms of data, so that how the input was cut cannot matter.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from softshoe.calibrations import Calibration
from softshoe.errors import InputError
from softshoe.events import (
    Activity,
    ActivityChange,
    Belt,
    Conventions,
    GaitEvent,
    NewRunner,
    SampleBlock,
    Tick,
)
from softshoe.gait.filters import cutoff_hz
from softshoe.gait.footfalls import Footfalls
from softshoe.gait.force import DeckForce, FootForce
from softshoe.gait.scale import Holding, holding
from softshoe.gait.settings import GaitSettings
from softshoe.gait.track import Track
from softshoe.gait.vertical import LEG_OF_HEIGHT
from softshoe.gait.walking import BothLoaded, StanceWatch
from softshoe.rigs import Conditions, Rig, Stream

HOPS_A_TICK = 10
TICKS_A_CADENCE = 10
STREAM_LAG_S = 2.0
"""A stream that is further behind than this is not waited for any more."""
HEARD_S = 0.1
"""What a foot did longer ago is not what it does now."""


class Gait:
    """Measures one runner after the other on one rig.

    ``whole`` is for finished recordings: finals come in `finish`, with body weight from all steps
    and sides decided from all contacts. ``scales`` are by board: what holds for a stream makes its
    counts newtons.
    """

    def __init__(
        self,
        rig: Rig,
        conditions: Conditions,
        settings: GaitSettings | None = None,
        whole: bool = False,
        scales: Sequence[Calibration] = (),
    ) -> None:
        self._rig = rig
        self._conditions = conditions
        self._settings = settings or GaitSettings()
        held = _held(rig, scales)
        self._calibrations = tuple(name for holds in held.values() for name in holds.names)
        self._feet = _feet(rig, held)
        self._deck = _deck(rig, held)
        self._tracks = [*self._feet, *([self._deck] if self._deck else [])]
        self._heard_by = _heard_by(self._deck, self._feet)
        self._timing = [self._deck] if self._deck else list(self._feet)
        self._steps = Footfalls(rig, conditions, self._settings, self._deck, self._feet, whole)
        self._both = BothLoaded(self._timing[0].hop / self._timing[0].rate_hz)
        self._stance = StanceWatch()
        self._hops = 0
        self._activity: Activity = "unknown"
        self._slope_deg = conditions.slope_deg
        self._time_s = 0.0
        self._watermark_s = -math.inf

    # --- in and out ---------------------------------------------------------------------------

    def feed(self, item: SampleBlock | Belt | Tick) -> Iterator[GaitEvent]:
        """Take samples, a new belt speed, or a Tick: samples from before it are not waited for."""
        if isinstance(item, Belt):
            self._steps.belt_m_s = item.belt_m_s
            if item.slope_deg is not None:
                self._slope_deg = item.slope_deg
        elif isinstance(item, Tick):
            self._watermark_s = max(self._watermark_s, item.t_s)
            yield from self._advance(STREAM_LAG_S)
            if item.t_s > self._time_s:
                yield from self._tick(item.t_s)
        else:
            for track in self._heard_by[item.stream]:
                track.push(item)
            yield from self._advance(STREAM_LAG_S)

    def finish(self) -> Iterator[GaitEvent]:
        """The data have ended: hand out what still waits for more."""
        yield from self._advance(patience_s=0.0)
        yield from self._steps.finish()

    def restart(self) -> None:
        """Forget the runner; keep what is known of the rig's zero."""
        self._steps.restart()

    def conventions(self) -> Conventions:
        """What the numbers rest on, as far as it is known by now."""
        first = self._timing[0]
        height = self._conditions.height_mm
        weight = self._steps.weight
        return Conventions(
            threshold_n=self._settings.contact_threshold_n if first.newtons else None,
            cutoff_hz=cutoff_hz(first.rate_hz),
            rate_hz=first.rate_hz,
            impact_method=None,
            body_weight_n=weight.value if first.newtons else None,
            body_weight_source=weight.source if first.newtons else None,
            belt_m_s=self._steps.belt_m_s,
            slope_deg=self._slope_deg,
            leg_length_mm=None if height is None else LEG_OF_HEIGHT * height,
            calibrations=self._calibrations,
        )

    # --- one hop ------------------------------------------------------------------------------

    def _advance(self, patience_s: float) -> Iterator[GaitEvent]:
        while (track := self._next_track(patience_s)) is not None:
            yield from self._hop(track)

    def _next_track(self, patience_s: float) -> Track | None:
        """The track whose next hop ends first; none while one that is not far behind lacks data."""
        ready = [track for track in self._tracks if track.ready]
        if not ready:
            return None
        first = ready[0] if len(ready) == 1 else min(ready, key=_next_hop_s)
        if len(ready) == len(self._tracks) or first.next_hop_s <= self._watermark_s:
            return first
        newest_s = max(track.queued_s for track in ready)
        for track in self._tracks:
            if not track.ready and newest_s - _reached_s(track, ready) < patience_s:
                return None
        return first

    def _hop(self, track: Track) -> Iterator[GaitEvent]:
        transitions = track.advance()
        if not self._deck:
            for transition in transitions:
                at_s = track.time_s(transition.index)
                self._stance.feed(at_s, self._feet.index(track), transition.on)
        yield from self._steps.feed(track, transitions)
        if track is self._timing[-1]:
            if not self._deck:
                self._both.feed(all(_is_down(foot, track.now_s) for foot in self._feet))
            self._hops += 1
            if self._hops % HOPS_A_TICK == 0:
                yield from self._tick(track.now_s)

    def _tick(self, now_s: float) -> Iterator[GaitEvent]:
        """What needs looking at ten times a second only."""
        self._time_s = now_s
        yield from self._steps.tick(now_s)
        yield from self._watch(now_s)
        weight = self._steps.take_new_runner()
        if weight is not None:
            yield NewRunner(now_s, weight)
        yield Tick(now_s)

    def _watch(self, now_s: float) -> Iterator[GaitEvent]:
        """Tell walking from running from neither."""
        self._steps.walking = self._walks()
        activity: Activity = "unknown"
        if self._steps.walking:
            activity = "walk"
        elif self._steps.running(now_s):
            activity = "run"
        again = activity == "walk" and self._hops % (HOPS_A_TICK * TICKS_A_CADENCE) == 0
        if activity != self._activity or again:
            self._activity = activity
            cadence = self._walking_cadence() if activity == "walk" else None
            left, right = self._stance.means_ms() if activity == "walk" else (None, None)
            yield ActivityChange(now_s, activity, cadence, left, right)

    def _walks(self) -> bool:
        if self._steps.strides_like_walking:
            return True
        if self._deck:
            return self._steps.load.never_leaves(self._settings.empty_deck_n or 0.0)
        return self._both.walking

    def _walking_cadence(self) -> float | None:
        if self._deck:
            seen_as_steps = not self._steps.strides_like_walking
            return self._steps.load.walking_cadence_spm() if seen_as_steps else None
        return self._stance.cadence_spm()


def _is_down(foot: Track, now_s: float) -> bool:
    """Not one that fell silent on the ground."""
    return foot.detector.loaded and now_s - foot.now_s < HEARD_S


def _next_hop_s(track: Track) -> float:
    return track.next_hop_s


def _reached_s(track: Track, others: list[Track]) -> float:
    """Up to when a track has samples; before its first one it is waited for at the start only."""
    if track.begun:
        return track.queued_s
    return min(other.now_s if other.raw.end == 0 else -math.inf for other in others)


def _held(rig: Rig, scales: Sequence[Calibration]) -> dict[str, Holding]:
    """What holds for each stream. Both feet have a scale, or none: newtons are no counts."""
    held: dict[str, Holding] = {stream.name: holding(stream, scales) for stream in rig.streams}
    feet = [stream for stream in rig.streams if stream.insole and stream.unit == "counts"]
    if not all(held[foot.name].scale for foot in feet):
        return {**held, **{foot.name: Holding() for foot in feet}}
    return held


def _deck(rig: Rig, held: Mapping[str, Holding]) -> Track | None:
    stream = rig.deck
    if stream is None or stream.deck is None:
        return None
    holds = held[stream.name]
    force = DeckForce(stream.deck, stream.unit, holds.scale)
    if not force.newtons:
        raise InputError(f"the deck gives {stream.unit}: run softshoe calibrate first")
    return Track(stream.rate_hz, force, holds.resonance)


def _feet(rig: Rig, held: Mapping[str, Holding]) -> tuple[Track, ...]:
    """The left and the right foot's track, or none. One stream has both, or each foot its own."""
    streams = [stream for stream in rig.streams if stream.insole]
    if not streams:
        return ()
    by_foot = streams * 2 if streams[0].name == "insoles" else sorted(streams, key=_foot)
    if len(by_foot) != 2:
        raise InputError("insoles need both a left and a right stream")
    return tuple(
        Track(stream.rate_hz, FootForce(stream, foot, held[stream.name].scale))
        for foot, stream in enumerate(by_foot)
    )


def _foot(stream: Stream) -> int:
    return ("left", "right").index(stream.name)


def _heard_by(deck: Track | None, feet: tuple[Track, ...]) -> dict[str, tuple[Track, ...]]:
    """Which tracks a stream's samples go to."""
    heard_by: dict[str, tuple[Track, ...]] = {"deck": (deck,)} if deck else {}
    if feet:
        heard_by |= {"insoles": feet, "left": feet[:1], "right": feet[1:]}
    return heard_by
