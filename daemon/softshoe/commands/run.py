"""`softshoe run`: the daemon, as softshoe.toml says."""

import logging
import os
from pathlib import Path

import click

from softshoe.calibrations import Calibration
from softshoe.clock import SystemClock
from softshoe.commands.configured import load_configuration, source_of
from softshoe.commands.daemon import assembled, serve
from softshoe.commands.recorded_calibration import NamedCalibrations
from softshoe.settings import SourceSettings
from softshoe.systemd import Notifier
from softshoe_hw.recording import read_recording

_log = logging.getLogger(__name__)


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
    source = source_of(settings.source, clock, settings.belt)
    with assembled(settings, source, clock, _brought_along(settings.source)) as daemon:
        serve(daemon, Notifier(os.environ), patient=settings.source.kind != "boards")


def _brought_along(settings: SourceSettings) -> tuple[Calibration, ...]:
    """The calibrations that a recording brings along or names."""
    if settings.kind != "recording":
        return ()
    path = Path(settings.recording)
    scales, notes = NamedCalibrations().of(path, read_recording(path))
    for note in notes:
        _log.warning("%s", note)
    return scales
