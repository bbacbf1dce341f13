"""What a few seconds of one channel show: noise, and whether it sticks or is at its end. Pure."""

import numpy as np
from msgspec import Struct

from softshoe.events import Array

_PIECES_A_SECOND = 10
_AT_END = 3  # samples
_FINE_BITS = 16
_EMPTY = 0.02  # of the range: a sensor that nothing presses reads nothing
_NOISY = {"coarse": 0.004, "fine": 0.0004}  # of the range: 4 counts of 1024; about 3 N of a cell


class ChannelSigns(Struct, frozen=True):
    """One channel; noise is the standard deviation within a tenth of a second, where it is least
    disturbed by whoever steps on the sensor."""

    name: str
    noise_counts: float
    mean_counts: float
    is_noisy: bool
    is_saturated: bool
    is_stuck: bool


def channel_signs(
    names: tuple[str, ...], values: Array, bits: int, rate_hz: float
) -> tuple[ChannelSigns, ...]:
    """Signs of (rows, channels) counts of a converter of so many bits."""
    rows = max(2, round(rate_hz / _PIECES_A_SECOND))
    whole = values[~np.isnan(values).any(axis=1)]
    whole = whole[: len(whole) // rows * rows]
    if not len(whole):
        return ()
    pieces = whole.reshape(-1, rows, len(names))
    noise = np.median(pieces.std(axis=1), axis=0)
    return tuple(
        _signs(name, whole[:, column], float(noise[column]), bits)
        for column, name in enumerate(names)
    )


def _signs(name: str, values: Array, noise: float, bits: int) -> ChannelSigns:
    fine = bits > _FINE_BITS
    full = 2.0**bits
    highest = full / 2 - 1 if fine else full - 1
    at_end = (values >= highest) | (fine & (values <= -full / 2))
    constant = bool(values.max() == values.min())
    return ChannelSigns(
        name=name,
        noise_counts=noise,
        mean_counts=float(values.mean()),
        is_noisy=noise > _NOISY["fine" if fine else "coarse"] * full,
        is_saturated=int(at_end.sum()) >= _AT_END,
        is_stuck=constant and (fine or values[0] > _EMPTY * full),
    )
