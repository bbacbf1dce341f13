"""The calibration that a recording is, brings along, or names.

One that it names is worked out anew each time it is needed.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from softshoe.calibrating.phases import Span, sort_into_phases
from softshoe.calibrating.procedure import Subject, calibrate
from softshoe.calibrations import Calibration, FsrCircuit, FsrScale
from softshoe.errors import InputError
from softshoe.events import SampleBlock
from softshoe.gait.scale import holding, saturated
from softshoe.gait.weight import stated_n
from softshoe_hw.recording import Recording, read_recording
from softshoe_hw.recording_source import RecordingSource
from softshoe_hw.sidecar import Fsr

_MENTIONED_SHARE = 0.001
_SUFFIXES = (".csv.gz", ".csv", "")


def calibrate_recording(
    recording: Recording, weight_n: float | None = None, at: str | None = None
) -> tuple[Calibration, ...]:
    """What its phases tell; ``weight_n`` where the recording does not state it."""
    weight_n = weight_n or stated_n(recording.conditions)
    if not recording.phases:
        raise InputError(f"{recording.name}: no phases in [calibration] of the sidecar")
    if weight_n is None:
        raise InputError(
            f"{recording.name}: the weight is not known; give --weight-n, or body_weight_n in "
            "[recording] of the sidecar"
        )
    subject = Subject(rig=recording.rig, weight_n=weight_n, circuit=_circuit(recording))
    spans = [Span(phase.name, phase.start_s, phase.end_s) for phase in recording.phases]
    items = RecordingSource(recording, speed=None, block_s=1.0).blocks()
    blocks = (item for item in items if isinstance(item, SampleBlock))
    phases = sort_into_phases(blocks, recording.rig, spans)
    return calibrate(subject, phases, recording.name, at)


def _circuit(recording: Recording) -> FsrCircuit:
    fsr: Fsr | None = next((track.fsr for track in recording.tracks if track.fsr), None)
    if fsr is None:
        return FsrCircuit()
    return FsrCircuit(circuit=fsr.circuit, vref_v=fsr.vref_v, bits=fsr.bits, r_m_ohm=fsr.r_m_ohm)


class NamedCalibrations:
    """The calibrations that recordings bring along or name, each worked out once."""

    def __init__(self) -> None:
        self._found: dict[Path, tuple[Calibration, ...]] = {}

    def of(
        self, path: Path, recording: Recording
    ) -> tuple[tuple[Calibration, ...], tuple[str, ...]]:
        """What holds for the recording at ``path``, and what is to be said about it."""
        try:
            scales = recording.scales or self._named(path, recording.calibration)
        except InputError as error:
            return (), (f"{recording.name} is not calibrated: {error}",)
        return scales, (*_failures(scales), *_saturated(recording, scales))

    def _named(self, path: Path, name: str | None) -> tuple[Calibration, ...]:
        return self._read(_beside(path, name)) if name else ()

    def _read(self, path: Path) -> tuple[Calibration, ...]:
        if path not in self._found:
            self._found[path] = calibrate_recording(read_recording(path))
        return self._found[path]


def _beside(path: Path, name: str) -> Path:
    if Path(name).name != name:
        raise InputError(f"{name[:80]!r} is not the name of a recording beside it")
    candidates = [path.parent / f"{name}{suffix}" for suffix in _SUFFIXES]
    found = next((each for each in candidates if each.exists()), None)
    if found is None:
        raise InputError(f"its calibration {name} is not beside it")
    return found


def _failures(scales: Sequence[Calibration]) -> list[str]:
    return [
        f"{scale.name}: {check.item}: {check.advice}"
        for scale in scales
        for check in scale.checks
        if not check.passed
    ]


def _saturated(recording: Recording, scales: Sequence[Calibration]) -> list[str]:
    """A line for each channel that was often at an end of its range, where it measures nothing."""
    lines = []
    for track in recording.tracks:
        scale = holding(track.stream, scales).scale
        if scale is None:
            continue
        circuit = scale.circuit if isinstance(scale, FsrScale) else scale
        values = np.concatenate([block.values for block in track.segments])
        shares = saturated(values, circuit).mean(axis=0)
        lines += [
            f"{recording.name}: {channel} reads full scale in {100 * share:.1f} % of the samples; "
            "contacts that this touches are not measured"
            for channel, share in zip(track.stream.channels, shares, strict=True)
            if share > _MENTIONED_SHARE
        ]
    return lines
