"""`softshoe demo`: everything at work on a laptop, with a simulated runner."""

import os
import sys
import webbrowser
from pathlib import Path
from typing import get_args

import click

from softshoe.clock import SystemClock
from softshoe.commands.daemon import assembled, serve
from softshoe.commands.options import listening, local_config
from softshoe.systemd import Notifier
from softshoe_hw.simulator.parameters import Parameters, Phase, RigName, Runner
from softshoe_hw.simulator.source import SimulatorSource

RUNNER = Runner(contact_asymmetry_pct=2.0, loading_asymmetry_pct=9.0)
BELT_M_S = 2.8


@click.command()
@click.option(
    "--rig",
    type=click.Choice(get_args(RigName)),
    default="deck4+insoles",
    show_default=True,
    help="Sensors of the simulated treadmill.",
)
@click.option(
    "--rate",
    "rate_hz",
    type=click.FloatRange(50, 4000),
    default=1000.0,
    show_default=True,
    help="Samples a second.",
)
@listening
@click.option(
    "--browser/--no-browser", default=None, help="Open the page.  [default: on a desktop]"
)
def demo(
    rig: RigName,
    rate_hz: float,
    port: int,
    mqtt_port: int,
    speed: float,
    seconds: float | None,
    data: Path | None,
    browser: bool | None,
) -> None:
    """Show a simulated runner: page, MQTT feed and stored runs, as on a treadmill."""
    config = local_config(port, mqtt_port, data, os.environ)
    parameters = Parameters(runner=RUNNER, schedule=(Phase(belt_m_s=BELT_M_S),))
    clock = SystemClock()
    source = SimulatorSource(parameters, rig, rate_hz, speed, clock=clock)
    with assembled(config, source, clock) as daemon:
        if _has_desktop() if browser is None else browser:
            webbrowser.open(daemon.url)
        serve(daemon, Notifier(os.environ), patient=True, seconds=seconds)


def _has_desktop() -> bool:
    return sys.stdout.isatty() and ("DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ)
