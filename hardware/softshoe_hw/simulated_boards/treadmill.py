"""A simulated runner on simulated boards: with firmware, serial lines and all."""

import threading
from contextlib import suppress

import numpy as np
from msgspec import Struct

from softshoe.calibrations import Calibration
from softshoe.clock import Clock
from softshoe.errors import SourceLost
from softshoe.events import Array, SampleBlock
from softshoe.rigs import Rig, Stream, StreamName
from softshoe.roles import Source
from softshoe.settings import BoardSettings
from softshoe_hw.simulated_boards.board import BoardOptions, SimulatedBoard
from softshoe_hw.simulated_boards.building import BoardKind, Built
from softshoe_hw.simulated_boards.sensors import DeckSensors, InsoleSensors

MM_PER_PULSE = 160.0
"""The belt's way from one pulse of its simulated roller to the next."""
_STOPS_WITHIN_S = 2.0


class Place(Struct, frozen=True, kw_only=True):
    """Which channels of which of the runner's streams a board feels, and by which sensors."""

    role: StreamName
    kind: BoardKind
    stream: StreamName
    first_channel: int
    sensors: InsoleSensors | DeckSensors
    rate_hz: int

    @property
    def id(self) -> str:
        return f"simulated-{self.role}"

    def millivolts(self, newtons: Array) -> Array:
        """What its sensors give for all of the stream's channels."""
        last = self.first_channel + self.sensors.channels
        return self.sensors.millivolts(newtons[:, self.first_channel : last])

    def settings(self, stream: Stream) -> BoardSettings:
        """As a configuration would name it."""
        deck, insole = stream.deck, stream.insole
        return BoardSettings(
            role=self.role,
            id=self.id,
            rate_hz=self.rate_hz,
            length_mm=insole.length_mm if insole else None,
            half_length_mm=deck.half_length_mm if deck else None,
            half_width_mm=deck.half_width_mm if deck else None,
        )


def places_on(rig: Rig, insole_hz: int, deck_hz: int) -> tuple[Place, ...]:
    """One board for a deck of four cells, one for each insole."""
    deck = Place(
        role="deck",
        kind="deck",
        stream="deck",
        first_channel=0,
        sensors=DeckSensors(),
        rate_hz=deck_hz,
    )
    left = Place(
        role="left",
        kind="insole",
        stream="insoles",
        first_channel=0,
        sensors=InsoleSensors(),
        rate_hz=insole_hz,
    )
    right = Place(
        role="right",
        kind="insole",
        stream="insoles",
        first_channel=8,
        sensors=InsoleSensors(),
        rate_hz=insole_hz,
    )
    streams = {stream.name for stream in rig.streams}
    return tuple(place for place in (deck, left, right) if place.stream in streams)


class SimulatedTreadmill:
    """A board for each place, fed from a ``source`` of newtons that goes as fast as it can.

    Real time is the boards': the source waits while they have rows enough. The belt's roller gives
    its pulses to the first board.
    """

    def __init__(
        self,
        built: Built,
        source: Source,
        clock: Clock,
        belt_m_s: float = 0.0,
        insole_hz: int = 500,
        deck_hz: int = 1000,
    ) -> None:
        self._built = built
        self._source = source
        self._streams = {stream.name: stream for stream in source.rig.streams}
        self._epoch_s = clock.monotonic_s()
        self.places = places_on(source.rig, insole_hz, deck_hz)
        self._boards: dict[Place, SimulatedBoard] = {}
        for place in self.places:
            pulses_hz = 0.0 if self._boards else 1000.0 * belt_m_s / MM_PER_PULSE
            self._boards[place] = self._board(place, pulses_hz)
        self._feeder = threading.Thread(target=self._feed, name="simulated runner", daemon=True)
        self._feeder.start()

    @property
    def ports(self) -> tuple[str, ...]:
        return tuple(board.port for board in self._boards.values())

    @property
    def settings(self) -> tuple[BoardSettings, ...]:
        return tuple(place.settings(self._streams[place.stream]) for place in self.places)

    @property
    def calibrations(self) -> tuple[Calibration, ...]:
        """Those that give the runner's newtons back."""
        return tuple(place.sensors.calibration(place.id) for place in self.places)

    def close(self) -> None:
        """Unplug all boards."""
        self._source.close()
        for board in self._boards.values():
            board.close()
        self._feeder.join(_STOPS_WITHIN_S)

    def _board(self, place: Place, pulses_hz: float) -> SimulatedBoard:
        options = BoardOptions(
            kind=place.kind,
            right=place.role == "right",
            id=place.id,
            pulses_hz=pulses_hz,
            epoch_s=self._epoch_s,
        )
        return SimulatedBoard(self._built, options)

    def _feed(self) -> None:
        with suppress(SourceLost):  # unplugged: nothing to feed any more
            for block in self._source.blocks():
                if isinstance(block, SampleBlock):
                    self._show(block)

    def _show(self, block: SampleBlock) -> None:
        rate_hz = self._streams[block.stream].rate_hz
        t_s = block.first_s + np.arange(len(block.values)) / rate_hz
        for place, board in self._boards.items():
            if place.stream == block.stream:
                board.show(t_s, place.millivolts(block.values))
