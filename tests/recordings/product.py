"""The product, run on real recordings: whole, and live in blocks of 20 ms."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from tests.recordings.comparison import Comparison, compare
from tests.recordings.oracle_signal import Array
from tests.recordings.trials import Trials

from softshoe.analysis import Analysis, analyze
from softshoe.commands.recorded_calibration import NamedCalibrations
from softshoe.events import GaitEvent, Moment, SampleBlock, Step
from softshoe.gait.gait import Gait
from softshoe.rigs import Stream
from softshoe_hw.recording import Recording, read_recording
from softshoe_hw.recording_source import RecordingSource


@dataclass(frozen=True)
class Product:
    """What the product says of the trials; every recording is read and analysed once."""

    trials: Trials
    _recordings: dict[str, Recording] = field(default_factory=dict)
    _analyses: dict[str, Analysis] = field(default_factory=dict)
    _calibrations: NamedCalibrations = field(default_factory=NamedCalibrations)

    def recording(self, stem: str) -> Recording:
        if stem not in self._recordings:
            self._recordings[stem] = read_recording(self.trials.path(stem))
        return self._recordings[stem]

    def analysis(self, stem: str) -> Analysis:
        """As `softshoe analyze` gives it."""
        if stem not in self._analyses:
            recording = self.recording(stem)
            scales, _ = self._calibrations.of(self.trials.path(stem), recording)
            self._analyses[stem] = analyze(RecordingSource(recording, speed=None), scales=scales)
        return self._analyses[stem]

    def comparison(self, stem: str) -> Comparison:
        return compare(self.analysis(stem).steps, self.trials.reference(stem))

    def values(self, stem: str) -> Array:
        return self.recording(stem).tracks[0].whole.values

    def live(self, stem: str, values: Array | None = None) -> list[GaitEvent]:
        """All that gait tells of a recording, or of other values from the same rig."""
        recording = self.recording(stem)
        samples = self.values(stem) if values is None else values
        gait = Gait(recording.rig, recording.conditions)
        blocks = _blocks(recording.tracks[0].stream, samples)
        events = [event for block in blocks for event in gait.feed(block)]
        return events + list(gait.finish())


def _blocks(stream: Stream, values: Array) -> Iterator[SampleBlock]:
    rows = round(0.02 * stream.rate_hz)
    for first in range(0, len(values), rows):
        part = np.ascontiguousarray(values[first : first + rows])
        yield SampleBlock(stream.name, first, first / stream.rate_hz, part)


def steps_of(events: list[GaitEvent], moment: Moment) -> list[Step]:
    return [event for event in events if isinstance(event, Step) and event.moment == moment]
