"""Counts become newtons: resistive sensors by their conductance, load cells by zero and gain.

Element by element, so that how samples were cut cannot matter. A reading at an end of the
converter's range was not measured: it is NaN, as a lost sample is.
"""

from collections.abc import Iterable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from softshoe.calibrations import Calibration, CellScale, FsrCircuit, FsrScale, Resonance
from softshoe.errors import InputError
from softshoe.events import Array
from softshoe.rigs import Stream

Scale = FsrScale | CellScale
FSR_SATURATED = 0.98
"""Of full scale: beyond it a count more or less is a tenth of the conductance."""
CELL_SATURATED = 0.999


class Holding(Struct, frozen=True):
    """What is known of one stream's board, and under which names."""

    scale: Scale | None = None
    resonance: Resonance | None = None
    names: tuple[str, ...] = ()


def holding(stream: Stream, calibrations: Iterable[Calibration]) -> Holding:
    """What holds for a stream: the last of each kind. Only counts need a scale."""
    scale, ring = None, None
    for calibration in calibrations:
        if calibration.board != stream.scaled_by:
            continue
        if isinstance(calibration.found, Resonance):
            ring = calibration
        elif stream.unit == "counts":
            scale = calibration
    names = tuple(each.name for each in (scale, ring) if each)
    return Holding(_scale_of(stream, scale), _resonance_of(ring), names)


def _scale_of(stream: Stream, calibration: Calibration | None) -> Scale | None:
    if calibration is None or isinstance(calibration.found, Resonance):
        return None
    _refuse_other_channels(stream, calibration.name, calibration.found)
    return calibration.found


def _resonance_of(calibration: Calibration | None) -> Resonance | None:
    found = calibration.found if calibration else None
    return found if isinstance(found, Resonance) else None


def _refuse_other_channels(stream: Stream, name: str, scale: Scale) -> None:
    known = len(scale.gains_n if isinstance(scale, FsrScale) else scale.newtons_per_count)
    if known != len(stream.channels):
        raise InputError(
            f"calibration {name} is of {known} channels, {stream.scaled_by} has "
            f"{len(stream.channels)}: calibrate it again"
        )


def newtons(counts: Array, scale: Scale, columns: slice = slice(None)) -> Array:
    """(n, channels) counts to newtons; ``columns`` says which of the scale's channels they are."""
    if isinstance(scale, CellScale):
        return _cell_newtons(counts, scale, columns)
    zeros = np.array(scale.zeros_ms[columns]) ** scale.power
    force: Array = conductance_ms(counts, scale.circuit) ** scale.power
    force -= zeros
    force *= np.array(scale.gains_n[columns])
    return force


def conductance_ms(counts: Array, circuit: FsrCircuit) -> Array:
    """Conductance of resistive sensors, mS. NaN where the converter is at an end of its range."""
    share = np.where(saturated(counts, circuit) | (counts < 0.0), np.nan, counts)
    share /= _full(circuit)
    if circuit.circuit == "divider":
        share /= 1.0 - share
    share *= 1000.0 / circuit.r_m_ohm
    return share


def saturated(counts: Array, of: FsrCircuit | CellScale) -> NDArray[np.bool_]:
    """Which readings stand at an end of the converter's range."""
    if isinstance(of, CellScale):
        beyond: NDArray[np.bool_] = np.abs(counts) >= CELL_SATURATED * 2.0 ** (of.bits - 1)
        return beyond
    full: NDArray[np.bool_] = counts >= FSR_SATURATED * _full(of)
    return full


def _full(circuit: FsrCircuit) -> float:
    return 2.0**circuit.bits - 1.0


def _cell_newtons(counts: Array, scale: CellScale, columns: slice) -> Array:
    force = np.where(saturated(counts, scale), np.nan, counts)
    force -= np.array(scale.zeros_counts[columns])
    force *= np.array(scale.newtons_per_count[columns])
    return force
