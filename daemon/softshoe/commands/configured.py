"""What softshoe.toml names: the configuration itself, and the source of samples in it."""

import os
from pathlib import Path

from softshoe.clock import Clock
from softshoe.commands.places import configurations, find_configuration
from softshoe.config import Config, load
from softshoe.errors import ConfigError
from softshoe.roles import Source
from softshoe.settings import BeltSettings, SourceSettings
from softshoe_hw.boards_source import BoardsSource
from softshoe_hw.recording import read_recording
from softshoe_hw.recording_source import RecordingSource
from softshoe_hw.simulator.parameters import Parameters
from softshoe_hw.simulator.source import SimulatorSource


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
