"""How one stream of samples is doing, seen from where its blocks arrive."""

import threading
from collections import deque
from typing import Literal

import numpy as np
from msgspec import Struct

from softshoe.events import BoardReport, SampleBlock, SourceHealth
from softshoe.rigs import Stream

STALE_S = 0.25
LOST_S = 2.0
_WINDOW_S = 5.0
_FEWEST_BLOCKS = 10

Fault = Literal["waiting", "lost", "broken", "ended"]


class _Arrival(Struct, frozen=True):
    """A block: when it came, when its first row was taken, and how many rows it had."""

    monotonic_s: float
    first_s: float
    rows: int


class StreamWatch:
    """Counts what is lost, and tells live from stale and lost. From any thread."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._arrivals: deque[_Arrival] = deque()
        self._next: tuple[int, int] | None = None  # segment and index of the row to come
        self._lost = 0
        self._fault: tuple[Fault, str | None] | None = None
        self._report = BoardReport(stream=stream.name, t_s=0.0, board=stream.board)

    def see(self, block: SampleBlock, monotonic_s: float) -> None:
        """A block has come."""
        rows = len(block.values)
        with self._lock:
            self._fault = None
            if self._next and self._next[0] == block.segment:
                self._lost += max(0, block.first_index - self._next[1])
            self._next = (block.segment, block.first_index + rows)
            self._arrivals.append(_Arrival(monotonic_s, block.first_s, rows))
            while block.first_s - self._arrivals[0].first_s > _WINDOW_S:
                self._arrivals.popleft()

    def fail(self, fault: Fault, why: str | None = None) -> None:
        """The source has said why no more blocks come for now."""
        with self._lock:
            self._fault = (fault, why)
            self._arrivals.clear()

    def report(self, report: BoardReport) -> None:
        """The source knows more of the board than its samples show."""
        with self._lock:
            self._report = report

    def health(self, monotonic_s: float) -> SourceHealth:
        with self._lock:
            arrivals, report = tuple(self._arrivals), self._report
            state, why = self._fault or _reported(report) or (_state(arrivals, monotonic_s), None)
            return SourceHealth(
                name=self._stream.name,
                state=state,
                nominal_rate_hz=self._stream.rate_hz,
                rate_hz=_rate_hz(arrivals),
                jitter_ms=_jitter_ms(arrivals),
                lost=self._lost,
                board=report.board,
                bad_frames=report.bad_frames,
                overruns=report.overruns,
                saturated=report.saturated,
                stuck=report.stuck,
                battery_mv=report.battery_mv,
                last_seen_s=arrivals[-1].monotonic_s if arrivals else None,
                why=why,
            )


def _reported(report: BoardReport) -> tuple[Fault, str | None] | None:
    return None if report.state == "live" else (report.state, report.why)


def _state(
    arrivals: tuple[_Arrival, ...], monotonic_s: float
) -> Literal["waiting", "live", "stale", "lost"]:
    if not arrivals:
        return "waiting"
    silent_s = monotonic_s - arrivals[-1].monotonic_s
    if silent_s > LOST_S:
        return "lost"
    if silent_s > STALE_S:
        return "stale"
    return "live" if len(arrivals) >= _FEWEST_BLOCKS else "waiting"  # until its rate is known


def _rate_hz(arrivals: tuple[_Arrival, ...]) -> float | None:
    """Rows a second of the source's own clock; None until there are some blocks."""
    if len(arrivals) < _FEWEST_BLOCKS:
        return None
    passed_s = arrivals[-1].first_s - arrivals[0].first_s
    return sum(arrival.rows for arrival in arrivals[:-1]) / passed_s if passed_s > 0 else None


def _jitter_ms(arrivals: tuple[_Arrival, ...]) -> float | None:
    """Standard deviation of the time between blocks."""
    if len(arrivals) < _FEWEST_BLOCKS:
        return None
    return float(1000 * np.std(np.diff([arrival.monotonic_s for arrival in arrivals])))
