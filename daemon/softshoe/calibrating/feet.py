"""The sensors of both feet while standing, whichever boards they hang on."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from softshoe.calibrating.phases import Phases, Samples, binned, phase_of, settled
from softshoe.calibrations import FsrCircuit
from softshoe.errors import InputError
from softshoe.events import Array
from softshoe.gait.scale import conductance_ms, saturated
from softshoe.rigs import Rig, Sensor, Stream

UNLOADED, LEFT_FOOT, RIGHT_FOOT, BOTH_FEET = "unloaded", "left_foot", "right_foot", "both_feet"
PHASES = (UNLOADED, LEFT_FOOT, RIGHT_FOOT, BOTH_FEET)
SIDES = ("left", "right")


UNUSABLE_SHARE = 0.2
"""A sensor that stands at full scale for longer under load counts as one that shows nothing."""


class Feet(Struct, frozen=True, eq=False):
    """Conductances, mS: the left foot's sensors, then the right foot's.

    ``zeros`` (sensors,) without load; ``stood`` (bins, sensors) by phase, NaN where not measured;
    ``noise`` (sensors,) without load; ``saturated`` (sensors,) share of the samples under load.
    """

    names: tuple[str, ...]
    """As a person finds them: ``left l4 (arch)``."""
    sensors: tuple[Sensor, ...]
    zeros: Array
    noise: Array
    saturated: Array
    stood: dict[str, Array]

    @property
    def per_foot(self) -> int:
        return len(self.names) // 2

    def of_foot(self, foot: int) -> slice:
        """The columns of one foot: 0 left, 1 right."""
        return slice(foot * self.per_foot, (foot + 1) * self.per_foot)


def insole_streams(rig: Rig) -> tuple[Stream, ...]:
    """Those that give counts, left before right."""
    streams = [stream for stream in rig.streams if stream.insole and stream.unit == "counts"]
    return tuple(sorted(streams, key=lambda stream: stream.name))


def read_feet(rig: Rig, circuit: FsrCircuit, phases: Phases) -> Feet:
    """What the sensors of both feet did; InputError when a phase is missing."""
    streams = insole_streams(rig)
    if [stream.name for stream in streams] not in (["insoles"], ["left", "right"]):
        raise InputError("insoles are calibrated together: both a left and a right one are needed")
    full = np.concatenate([_saturated(stream, circuit, phases) for stream in streams])
    unusable = full > UNUSABLE_SHARE
    still = [
        conductance_ms(phase_of(phases, UNLOADED, stream).values, circuit) for stream in streams
    ]
    stood = {name: _stood(streams, circuit, phases, name) for name in PHASES[1:]}
    return Feet(
        names=tuple(name for stream in streams for name in _names(stream)),
        sensors=streams[0].insole.sensors if streams[0].insole else (),
        zeros=_middle(still, unusable),
        noise=np.concatenate([np.std(np.nan_to_num(each), axis=0) for each in still]),
        saturated=full,
        stood={name: np.where(unusable, 0.0, rows) for name, rows in stood.items()},
    )


def _middle(still: list[Array], unusable: NDArray[np.bool_]) -> Array:
    """Median of each sensor that is measured at all, else zero."""
    zeros = np.concatenate([np.median(np.nan_to_num(each), axis=0) for each in still])
    return np.where(unusable, 0.0, zeros)


def _stood(streams: tuple[Stream, ...], circuit: FsrCircuit, phases: Phases, name: str) -> Array:
    """(bins, sensors of both feet) over the time that all boards saw."""
    seen = [settled(phase_of(phases, name, stream)) for stream in streams]
    if not all(len(samples.t_s) for samples in seen):
        raise InputError(f"the phase {name} is too short; repeat it")
    start_s = max(float(samples.t_s[0]) for samples in seen)
    end_s = min(float(samples.t_s[-1]) for samples in seen)
    shown = [Samples(samples.t_s, conductance_ms(samples.values, circuit)) for samples in seen]
    return np.concatenate([binned(samples, start_s, end_s) for samples in shown], axis=1)


def _saturated(stream: Stream, circuit: FsrCircuit, phases: Phases) -> Array:
    loaded = np.concatenate([phase_of(phases, name, stream).values for name in PHASES[1:]])
    share: Array = saturated(loaded, circuit).mean(axis=0)
    return share


def _names(stream: Stream) -> list[str]:
    assert stream.insole is not None
    per_foot = stream.insole.channels_per_foot
    feet = SIDES if stream.name == "insoles" else (stream.name,)
    return [
        f"{feet[number // per_foot]} {_name(stream, channel, number % per_foot)}"
        for number, channel in enumerate(stream.channels)
    ]


def _name(stream: Stream, channel: str, place: int) -> str:
    assert stream.insole is not None
    if not stream.insole.sensors:
        return channel
    return f"{channel} ({stream.insole.sensors[place].name})"
