"""`softshoe run`: the daemon, as softshoe.toml says."""

import logging
import os
from pathlib import Path

import click

from softshoe.clock import Clock, SystemClock
from softshoe.commands.daemon import assembled, serve
from softshoe.commands.places import configurations, find_configuration
from softshoe.config import Config, load
from softshoe.errors import ConfigError
from softshoe.roles import Source
from softshoe.settings import SourceSettings
from softshoe.systemd import Notifier
from softshoe_hw.recording import read_recording
from softshoe_hw.recording_source import RecordingSource
from softshoe_hw.simulator.parameters import Parameters
from softshoe_hw.simulator.source import SimulatorSource


@click.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The configuration.  [default: softshoe.toml here, in ~/.config/softshoe, /etc/softshoe]",
)
def run(config: Path | None) -> None:
    """Listen to the sensors, as softshoe.toml says, until it is stopped."""
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    settings = load_configuration(config)
    clock = SystemClock()
    source = source_of(settings.source, clock)
    with assembled(settings, source, clock) as daemon:
        serve(daemon, Notifier(os.environ), patient=True)


def load_configuration(path: Path | None) -> Config:
    """The one that is named, else the nearest."""
    path = path or find_configuration(os.environ)
    if path is None:
        places = ", ".join(map(str, configurations(os.environ)))
        raise ConfigError(f"no configuration found in {places}; name one with --config")
    return load(path)


def source_of(settings: SourceSettings, clock: Clock) -> Source:
    """Where samples come from, as the configuration says."""
    if settings.kind == "simulator":
        return SimulatorSource(
            Parameters(), settings.rig, settings.rate_hz, settings.speed, clock=clock
        )
    if settings.kind == "recording":
        recording = read_recording(Path(settings.recording))
        return RecordingSource(recording, settings.speed, clock=clock)
    raise ConfigError('[source] kind is not set: say "simulator" or "recording"')
