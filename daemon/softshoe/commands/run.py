"""`softshoe run`: the daemon, as softshoe.toml says."""

import logging
import os
from pathlib import Path

import click

from softshoe.clock import SystemClock
from softshoe.commands.configured import load_configuration, source_of
from softshoe.commands.daemon import assembled, serve
from softshoe.systemd import Notifier


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
    with assembled(settings, source, clock) as daemon:
        serve(daemon, Notifier(os.environ), patient=settings.source.kind != "boards")
