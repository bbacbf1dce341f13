"""A simulated runner on sensor boards: their firmware runs and is listened to like any other."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from softshoe.clock import Clock
from softshoe.settings import RunnerSettings
from softshoe_hw.boards_source import BoardsSource
from softshoe_hw.simulated_boards.building import build
from softshoe_hw.simulated_boards.treadmill import MM_PER_PULSE, SimulatedTreadmill
from softshoe_hw.simulator.parameters import RigName, Runner
from softshoe_hw.simulator.source import SimulatorSource

_RATES_HZ = (500, 1000)


@contextmanager
def on_boards(
    runner: SimulatorSource, rig: RigName, rate_hz: float, clock: Clock
) -> Iterator[SimulatedTreadmill]:
    """Boards with the runner on them, unplugged in the end. InputError when none can be built."""
    belt_m_s, hz = runner.parameters.schedule[0].belt_m_s, round(rate_hz)
    treadmill = SimulatedTreadmill(build(), runner, clock, belt_m_s, insole_hz=hz, deck_hz=hz)
    try:
        yield treadmill
    finally:
        treadmill.close()


def listening_to(treadmill: SimulatedTreadmill, clock: Clock) -> BoardsSource:
    """To its boards, and to no others that may be plugged in; all of them have been met."""
    source = BoardsSource(
        treadmill.settings, clock, MM_PER_PULSE, find_devices=lambda: treadmill.ports
    )
    source.meet()
    return source


def stated_by(runner: Runner) -> RunnerSettings:
    """What sensors cannot know."""
    return RunnerSettings(body_mass_kg=runner.mass_kg, height_mm=runner.height_mm)


def refuse_impossible(rig: RigName, rate_hz: float, speed: float) -> None:
    """What boards cannot do. Raises click.UsageError."""
    if rig == "deck1":
        raise click.UsageError("--simulated-boards: a deck's board has four cells: not deck1")
    if rate_hz not in _RATES_HZ:
        raise click.UsageError("--simulated-boards: --rate is 500 or 1000 samples a second")
    if speed != 1.0:
        raise click.UsageError("--simulated-boards: boards keep real time: without --speed")
