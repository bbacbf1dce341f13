"""`softshoe demo`: everything at work on a laptop, with a simulated runner."""

import os
import sys
import webbrowser
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import get_args

import click
from msgspec.structs import replace

from softshoe.calibrations import Calibration
from softshoe.clock import Clock, SystemClock
from softshoe.commands.daemon import assembled, serve
from softshoe.commands.options import listening, local_config
from softshoe.commands.simulated_boards import (
    listening_to,
    on_boards,
    refuse_impossible,
    stated_by,
)
from softshoe.config import Config
from softshoe.hub import Hub
from softshoe.roles import Sink, Source
from softshoe.settings import CoachSettings
from softshoe.systemd import Notifier
from softshoe_hw.simulator.attention import Ears
from softshoe_hw.simulator.parameters import Parameters, Phase, RigName, Runner
from softshoe_hw.simulator.source import SimulatorSource

RUNNER = Runner(contact_asymmetry_pct=2.0, loading_asymmetry_pct=9.0, softens_pct=30.0)
BELT_M_S = 2.8
COACH = CoachSettings(warm_up_s=60.0)
"""Nobody watches a demo for three minutes before anything happens."""


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
@click.option(
    "--simulated-boards",
    is_flag=True,
    help="Put the runner on sensor boards: their firmware in simulated microcontrollers.",
)
@listening
@click.option(
    "--browser/--no-browser", default=None, help="Open the page.  [default: on a desktop]"
)
def demo(
    rig: RigName,
    rate_hz: float,
    simulated_boards: bool,
    port: int,
    mqtt_port: int,
    speed: float,
    seconds: float | None,
    data: Path | None,
    browser: bool | None,
) -> None:
    """Show a simulated runner: page, MQTT feed and stored runs, as on a treadmill.

    Choose a focus on the page: the runner hears the coach, and answers.
    """
    config = replace(local_config(port, mqtt_port, data, os.environ), coach=COACH)
    parameters = Parameters(runner=RUNNER, schedule=(Phase(belt_m_s=BELT_M_S),))
    clock = SystemClock()
    if simulated_boards:
        refuse_impossible(rig, rate_hz, speed)
    pace = None if simulated_boards else speed  # boards keep time themselves
    runner = SimulatorSource(parameters, rig, rate_hz, pace, clock=clock)
    show = partial(_show, runner=runner, clock=clock, seconds=seconds, browser=browser)
    if simulated_boards:
        with on_boards(runner, rig, rate_hz, clock) as treadmill:
            source = listening_to(treadmill, clock)
            told = replace(config, runner=stated_by(parameters.runner))
            show(told, source, scales=treadmill.calibrations, patient=False)
    else:
        show(config, runner)


def _show(
    config: Config,
    source: Source,
    scales: Sequence[Calibration] = (),
    *,
    runner: SimulatorSource,
    clock: Clock,
    patient: bool = True,
    seconds: float | None,
    browser: bool | None,
) -> None:
    def ears(hub: Hub) -> Sequence[Sink]:
        return (Ears(runner.attention, hub),)

    with assembled(config, source, clock, scales, ears) as daemon:
        if _has_desktop() if browser is None else browser:
            webbrowser.open(daemon.url)
        serve(daemon, Notifier(os.environ), patient=patient, seconds=seconds)


def _has_desktop() -> bool:
    return sys.stdout.isatty() and ("DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ)
