"""One force signal through time, a deck or a foot: samples in, contacts' edges out."""

from collections import deque
from statistics import median

import numpy as np
from msgspec import Struct

from softshoe.calibrations import Resonance
from softshoe.events import Array, SampleBlock
from softshoe.gait.baseline import LOOK_EVERY_S, START_MEDIAN_S, START_SIGMA_N, Baseline
from softshoe.gait.contacts import (
    ContactDetector,
    Levels,
    Transition,
    newton_levels,
    relative_levels,
)
from softshoe.gait.filters import CausalLowPass, ZeroLag, cutoff_hz
from softshoe.gait.force import DeckForce, FootForce
from softshoe.gait.gaps import Gap, GapBridge
from softshoe.gait.resonance import must_be_undone
from softshoe.gait.tape import Tape

KEEP_S = 4.0
LONGEST_FILL_S = 2.0
REANCHOR_S = 0.0003
"""How far a board's clock may wander before its track follows it."""
FIRST_PEAK_S = 2.0


class Quiet(Struct, frozen=True, eq=False):
    """The zero of each raw channel at one index; ``settled`` when it comes from a flight."""

    index: float
    zero: Array
    settled: bool


class Track:
    """Re-blocks to hops of 10 ms counted on the sample index, so that cuts do not matter."""

    def __init__(
        self,
        rate_hz: float,
        signals: DeckForce | FootForce,
        resonance: Resonance | None = None,
    ) -> None:
        self.rate_hz = rate_hz
        self.newtons = signals.newtons
        self.resonance = resonance
        self.hop = max(1, round(rate_hz / 100.0))
        self._rows_a_look = self.hop * max(1, round(LOOK_EVERY_S * rate_hz / self.hop))
        ringing = resonance if must_be_undone(resonance) else None
        self.zero_lag = ZeroLag(cutoff_hz(rate_hz), rate_hz, ringing)
        self._signals = signals
        self._is_deck = isinstance(signals, DeckForce)
        self.beginnings = 0
        """How often samples have begun anew: indices of before mean nothing any more."""
        self._next_index: int | None = None
        self._segment = 0
        self._begin(0, 0.0)

    def _begin(self, index: int, first_s: float) -> None:
        """Forget everything that came before sample ``index``."""
        self.beginnings += 1
        channels = self._signals.channels
        keep = round(KEEP_S * self.rate_hz)
        self.raw = Tape(channels, keep)
        self.total = Tape(1, keep)
        sigma = START_SIGMA_N if self.newtons else 0.0
        self.baseline = Baseline(channels, sigma)
        self.detector = ContactDetector(self.rate_hz)
        self.latest = [0.0] * self.hop
        """The last hop of the filtered total."""
        self._low_pass = CausalLowPass(cutoff_hz(self.rate_hz), self.rate_hz, self.hop)
        self._bridge = GapBridge(self.rate_hz)
        self._gaps: deque[Gap] = deque()
        self._peaks: deque[float] = deque(maxlen=20)
        self._first_peak = 0.0
        self._anchor = (index, first_s)
        self._origin = index

    # --- samples in ---------------------------------------------------------------------------

    def push(self, block: SampleBlock) -> None:
        """Queue a block: lost rows become a gap, repeated ones go, a restart begins anew."""
        with np.errstate(over="ignore", invalid="ignore"):  # absurd samples are taken out below
            rows = self._signals.feed(block.values)
        index = block.first_index
        if self._next_index is None or self._starts_anew(block):
            self._begin(index, float(block.first_s))
            self._segment, self._next_index = block.segment, index
        lost = index - self._next_index
        if lost > 0:
            rows = np.concatenate((np.full((lost, rows.shape[1]), np.nan), rows))
        elif lost < 0:
            rows = rows[-lost:]
        self._follow_clock(index, float(block.first_s))
        self._next_index += len(rows)
        if len(rows):
            self._write(*self._bridge.feed(rows))

    def _write(self, rows: Array, gaps: list[Gap]) -> None:
        at = self.raw.end + self.raw.ahead
        self._gaps.extend(Gap(at + gap.start, at + gap.end, gap.bridged) for gap in gaps)
        self.raw.write(rows)
        self.total.write(self._total(rows))

    def _total(self, rows: Array) -> Array:
        return rows[:, :1] if self._is_deck else rows.sum(axis=1, keepdims=True)

    def _starts_anew(self, block: SampleBlock) -> bool:
        assert self._next_index is not None
        lost = block.first_index - self._next_index
        return block.segment != self._segment or lost > LONGEST_FILL_S * self.rate_hz

    def _follow_clock(self, index: int, first_s: float) -> None:
        """Keep one anchor while it fits, so that times do not depend on how blocks were cut."""
        if abs(self.time_s(index - self._origin) - first_s) > REANCHOR_S:
            self._anchor = (index, first_s)

    def time_s(self, index: float) -> float:
        """Seconds of the source's clock of a (fractional) index on this track's tapes."""
        anchor_index, anchor_s = self._anchor
        return anchor_s + (self._origin - anchor_index + index) / self.rate_hz

    def index_at(self, time_s: float) -> int:
        anchor_index, anchor_s = self._anchor
        return round((time_s - anchor_s) * self.rate_hz) + anchor_index - self._origin

    @property
    def ready(self) -> bool:
        """Whether the next hop is complete."""
        return self.raw.ahead >= self.hop

    @property
    def next_hop_s(self) -> float:
        """When the next hop ends."""
        return self.time_s(self.raw.end + self.hop)

    @property
    def queued_s(self) -> float:
        """Up to when there are samples."""
        return self.time_s(self.raw.end + self.raw.ahead)

    @property
    def begun(self) -> bool:
        """Whether there have ever been samples."""
        return self._next_index is not None

    @property
    def now_s(self) -> float:
        return self.time_s(self.raw.end)

    # --- one hop ------------------------------------------------------------------------------

    def advance(self) -> list[Transition]:
        """Take one hop through the causal stage."""
        first = self.raw.end
        rows = self.raw.take(self.hop)
        total = self.total.take(self.hop)[:, 0]
        if self._gaps:
            self._mend(rows, total, first)
        total[:] = self._low_pass.feed(total)
        if not self.baseline.settled and first % self._rows_a_look == 0:
            end = self.raw.end
            start = end - max(1, round(START_MEDIAN_S * self.rate_hz))
            self.baseline.look(self.total.cut(start, end)[:, 0], self.raw.cut(start, end), end)
        level = self.baseline.level
        self.latest = total.tolist()
        if first < FIRST_PEAK_S * self.rate_hz:
            self._first_peak = max(self._first_peak, max(self.latest) - level)
        return self.detector.feed(self.latest, first, level, self.levels)

    def _mend(self, rows: Array, total: Array, first: int) -> None:
        """Missing rows read as nothing on the ground. Gaps that no contact can touch go."""
        missing = np.isnan(rows).any(axis=1)
        if missing.any():
            rows[missing] = self.baseline.zero
            total[:] = self._total(rows)[:, 0]
        while self._gaps and self._gaps[0].end < first - KEEP_S * self.rate_hz:
            self._gaps.popleft()

    @property
    def levels(self) -> Levels:
        if self.newtons:
            return newton_levels(self.baseline.sigma)
        usual_peak = median(self._peaks) if self._peaks else self._first_peak
        return relative_levels(usual_peak, self.baseline.sigma)

    def contact_level(self, threshold_n: float) -> float:
        """Where stage 2 puts the beginning and the end of a contact."""
        return threshold_n if self.newtons else self.levels.on

    def take_peak(self, peak: float) -> None:
        self._peaks.append(peak)

    # --- what stage 2 asks --------------------------------------------------------------------

    def quiet(self) -> Quiet:
        return Quiet(self.baseline.zero_index, self.baseline.zero, self.baseline.settled)

    def settle(self, start: int, end: int) -> None:
        """An accepted flight lies between these indices: take the baseline from it."""
        self.baseline.settle(self.total.cut(start, end)[:, 0], self.raw.cut(start, end), start)

    def flaws(self, start: int, end: int) -> tuple[bool, bool]:
        """(bridged, missing): whether samples in [start, end) were interpolated or lost."""
        touching = [gap for gap in self._gaps if gap.start < end and gap.end > start]
        return any(gap.bridged for gap in touching), any(not gap.bridged for gap in touching)
