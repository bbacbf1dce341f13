"""`softshoe replay`: a recording, seen and heard as if it were run now."""

import os
from pathlib import Path

import click

from softshoe.clock import SystemClock
from softshoe.commands.daemon import assembled, serve
from softshoe.commands.options import listening, local_config
from softshoe.commands.recorded_calibration import NamedCalibrations
from softshoe.commands.recording_arguments import recording_arguments
from softshoe.systemd import Notifier
from softshoe_hw.recording import read_recording
from softshoe_hw.recording_options import RecordingOptions
from softshoe_hw.recording_source import RecordingSource


@click.command()
@click.argument("recording", type=click.Path(path_type=Path))
@listening
@click.option("--to-the-end", is_flag=True, help="Stop when the recording has ended.")
@recording_arguments
def replay(
    recording: Path,
    port: int,
    mqtt_port: int,
    speed: float,
    seconds: float | None,
    data: Path | None,
    to_the_end: bool,
    options: RecordingOptions,
) -> None:
    """Play RECORDING to the page, the MQTT feed and the store."""
    read = read_recording(recording, options)
    scales, notes = NamedCalibrations().of(recording, read)
    for warning in (*read.warnings, *notes):
        click.echo(f"softshoe replay: {warning}", err=True)
    clock = SystemClock()
    source = RecordingSource(read, speed, clock=clock)
    config = local_config(port, mqtt_port, data, os.environ)
    with assembled(config, source, clock, scales) as daemon:
        serve(
            daemon,
            Notifier(os.environ),
            patient=True,
            seconds=seconds,
            to_the_end=to_the_end,
        )
