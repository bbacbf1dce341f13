"""What softshoe.toml names: the configuration itself, and the source of samples in it."""

import os
from pathlib import Path

from softshoe.calibrating.procedure import Subject
from softshoe.calibrations import FsrCircuit
from softshoe.clock import Clock
from softshoe.commands.places import configurations, find_configuration
from softshoe.config import Config, load
from softshoe.errors import ConfigError
from softshoe.rigs import Rig
from softshoe.roles import Source
from softshoe.settings import BeltSettings, SourceSettings
from softshoe_hw.boards_source import BoardsSource
from softshoe_hw.recording import read_recording
from softshoe_hw.recording_source import RecordingSource
from softshoe_hw.simulator.parameters import Parameters
from softshoe_hw.simulator.source import SimulatorSource

_DECK_BITS = 24
_INSOLE_BITS = 10


def load_configuration(path: Path | None) -> Config:
    """The one that is named, else the nearest."""
    path = path or find_configuration(os.environ)
    if path is None:
        places = ", ".join(map(str, configurations(os.environ)))
        raise ConfigError(f"no configuration found in {places}; name one with --config")
    return load(path)


def source_of(settings: SourceSettings, clock: Clock, belt: BeltSettings) -> Source:
    """Where samples come from, as the configuration says."""
    if settings.kind == "boards":
        return boards_of(settings, clock, belt)
    if settings.kind == "simulator":
        return SimulatorSource(
            Parameters(), settings.rig, settings.rate_hz, settings.speed, clock=clock
        )
    if settings.kind == "recording":
        recording = read_recording(Path(settings.recording))
        return RecordingSource(recording, settings.speed, clock=clock)
    raise ConfigError('[source] kind is not set: say "boards", "simulator" or "recording"')


def boards_of(settings: SourceSettings, clock: Clock, belt: BeltSettings) -> BoardsSource:
    """The boards that are configured; who is there has said who it is."""
    if not settings.board:
        raise ConfigError("no sensor board is configured: there must be a [[source.board]]")
    mm_per_pulse = belt.mm_per_pulse if belt.pin is None else None
    source = BoardsSource(settings.board, clock, mm_per_pulse)
    source.meet()
    return source


def subject_of(settings: SourceSettings, rig: Rig, weight_n: float) -> Subject:
    """What is calibrated: the rig, and the circuits of the boards that are configured."""
    deck = next((board for board in settings.board if board.role == "deck"), None)
    return Subject(
        rig=rig,
        weight_n=weight_n,
        circuit=circuit_of(settings),
        deck_bits=(deck.bits if deck else None) or _DECK_BITS,
    )


def circuit_of(settings: SourceSettings) -> FsrCircuit:
    """Of the insoles; the reference board's where none are configured."""
    insole = next((board for board in settings.board if board.role != "deck"), None)
    if insole is None:
        return FsrCircuit()
    bits = insole.bits or _INSOLE_BITS
    return FsrCircuit(circuit=insole.circuit, bits=bits, r_m_ohm=insole.r_m_ohm)
