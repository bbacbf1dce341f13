"""Samples of all streams, half a second at a time, out of the footfalls of that time."""

from collections import deque
from collections.abc import Iterator
from itertools import count

import numpy as np

from softshoe.events import Array, SampleBlock
from softshoe.rigs import Rig, Stream
from softshoe_hw.simulator.attention import Attention
from softshoe_hw.simulator.footfall import Footfall
from softshoe_hw.simulator.parameters import Parameters
from softshoe_hw.simulator.schedule import footfalls
from softshoe_hw.simulator.sensors import (
    deck_cells,
    deck_force,
    disturb_deck,
    disturb_insoles,
    insole_sensors,
)
from softshoe_hw.simulator.sole import Shares

_STRETCH_S = 0.5
_NOISE_STREAM = {"deck": 3, "insoles": 4}


def stretches(
    parameters: Parameters, rig: Rig, rate_hz: float, attention: Attention | None = None
) -> Iterator[list[SampleBlock]]:
    """For ever: one block of each stream, then the next half second."""
    shares = Shares()
    feet = Feet(footfalls(parameters, attention))
    rows = max(1, round(_STRETCH_S * rate_hz))
    for number in count():
        t_s = (number * rows + np.arange(rows)) / rate_hz
        on_ground = feet.between(float(t_s[0]), float(t_s[-1]))
        yield [
            SampleBlock(
                stream.name,
                first_index=number * rows,
                first_s=float(t_s[0]),
                values=_samples(stream, on_ground, t_s, shares, parameters, number),
            )
            for stream in rig.streams
        ]


class Feet:
    """Looks just far enough ahead into a row of footfalls."""

    def __init__(self, coming: Iterator[Footfall]) -> None:
        self._coming = coming
        self._known: deque[Footfall] = deque()

    def between(self, start_s: float, end_s: float) -> list[Footfall]:
        """Those on the ground some time from ``start_s`` to ``end_s``; times must not go back."""
        while not self._known or self._known[-1].start_s <= end_s:
            footfall = next(self._coming, None)
            if footfall is None:
                break
            self._known.append(footfall)
        while self._known and self._known[0].end_s < start_s:
            self._known.popleft()
        return [footfall for footfall in self._known if footfall.start_s <= end_s]


def _samples(
    stream: Stream,
    on_ground: list[Footfall],
    t_s: Array,
    shares: Shares,
    parameters: Parameters,
    number: int,
) -> Array:
    random = np.random.default_rng([parameters.seed, _NOISE_STREAM[stream.name], number])
    if stream.insole:
        values = insole_sensors(on_ground, t_s, shares)
        disturb_insoles(values, t_s, parameters.insoles, random)
        return values
    if len(stream.channels) == 1:
        values = deck_force(on_ground, t_s)
    else:
        values = deck_cells(on_ground, t_s, parameters.deck, shares)
    disturb_deck(values, t_s, parameters.deck, random)
    return values
