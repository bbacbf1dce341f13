"""From the channels of a stream to the signals of a track: newtons, wherever there is a scale.

A deck's track carries F (N) and, where it knows the place, the moments F·x and F·y (N·mm): cells
combine linearly, so filters and drift lines act on these and the division comes last. A foot's
track carries its sensors.
"""

import numpy as np

from softshoe.errors import InputError
from softshoe.events import Array
from softshoe.gait.scale import Scale, newtons
from softshoe.rigs import DeckLayout, Stream


class DeckForce:
    """Channels of a deck to (n, 1) F, or (n, 3) F, F·x, F·y.

    A missing centre of pressure keeps its last place (it is not defined while the belt is empty);
    a missing force stays NaN.
    """

    def __init__(self, layout: DeckLayout, unit: str = "N", scale: Scale | None = None) -> None:
        self.newtons = unit == "N" or scale is not None
        self._layout = layout
        self._scale = scale
        self._place = np.zeros(2)
        self.channels = 1 if layout.kind == "force" else 3

    def feed(self, values: Array) -> Array:
        if self._scale:
            values = newtons(values, self._scale)
        if self._layout.kind == "force":
            return values[:, :1]
        if self._layout.kind == "four_cell":
            return corners_to_moments(values, self._layout)
        places = values[:, 1:3]
        if np.isnan(places).any():
            places = self._held(places)
        self._place = places[-1].copy()
        return np.concatenate((values[:, :1], values[:, :1] * places), axis=1)

    def _held(self, places: Array) -> Array:
        rows = np.concatenate((self._place[None], places))
        known = ~np.isnan(rows).any(axis=1)
        latest = np.maximum.accumulate(np.where(known, np.arange(len(rows)), 0))
        return rows[latest][1:]


def corners_to_moments(corners: Array, layout: DeckLayout) -> Array:
    """(n, 4) front left, front right, rear left, rear right in newtons to (n, 3) F, F·x, F·y."""
    if layout.half_length_mm is None or layout.half_width_mm is None:
        raise InputError("a four-cell deck needs half_length_mm and half_width_mm in its layout")
    front_left, front_right, rear_left, rear_right = corners.T
    front, rear = front_left + front_right, rear_left + rear_right
    left, right = front_left + rear_left, front_right + rear_right
    moments = np.empty((len(corners), 3))
    moments[:, 0] = front + rear
    moments[:, 1] = layout.half_length_mm * (front - rear)
    moments[:, 2] = layout.half_width_mm * (left - right)
    return moments


class FootForce:
    """One foot's sensors (0 left, 1 right), out of the channels of both where a stream has both."""

    def __init__(self, stream: Stream, foot: int, scale: Scale | None = None) -> None:
        assert stream.insole is not None
        self.newtons = stream.unit == "N" or scale is not None
        self._scale = scale
        count = stream.insole.channels_per_foot
        first = foot * count if stream.name == "insoles" else 0
        self._columns = slice(first, first + count)
        self.channels = count

    def feed(self, values: Array) -> Array:
        sensors = values[:, self._columns]
        return newtons(sensors, self._scale, self._columns) if self._scale else sensors
