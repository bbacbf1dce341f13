"""Plays a recording as if its boards were there."""

import heapq
import threading
from collections.abc import Iterator

from softshoe.clock import Clock, SystemClock
from softshoe.events import Belt, SampleBlock
from softshoe.rigs import Conditions, Rig
from softshoe_hw.cutting import cut
from softshoe_hw.pacing import Pacer
from softshoe_hw.recording import Recording
from softshoe_hw.track import Track


class RecordingSource:
    """A Source: the recording in real time, ``speed`` times as fast, or at once (None)."""

    def __init__(
        self,
        recording: Recording,
        speed: float | None = 1.0,
        block_s: float = 0.02,
        clock: Clock | None = None,
    ) -> None:
        self._recording = recording
        self._block_s = block_s
        self._stop = threading.Event()
        self._pacer = Pacer(speed, clock or SystemClock(), self._stop)

    @property
    def name(self) -> str:
        return self._recording.name

    @property
    def rig(self) -> Rig:
        return self._recording.rig

    @property
    def conditions(self) -> Conditions:
        return self._recording.conditions

    def blocks(self) -> Iterator[SampleBlock | Belt]:
        timed = [self._timed_blocks(track) for track in self._recording.tracks]
        belts = ((belt.t_s, belt) for belt in self._recording.belts)
        for due_s, item in heapq.merge(belts, *timed, key=lambda pair: pair[0]):
            if not self._pacer.wait_until(due_s):
                return
            yield item

    def close(self) -> None:
        self._stop.set()

    def _timed_blocks(self, track: Track) -> Iterator[tuple[float, SampleBlock | Belt]]:
        """Blocks, each with the time of its last sample: earlier it could not have come."""
        rows = max(1, round(self._block_s * track.stream.rate_hz))
        for segment in track.segments:
            for start in range(0, len(segment.values), rows):
                block = cut(segment, start, start + rows, track.stream.rate_hz)
                yield block.first_s + (len(block.values) - 1) / track.stream.rate_hz, block
