"""Boards that run their firmware drive the whole daemon, and it measures what a recording gives."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from click.testing import CliRunner
from msgspec import Struct
from msgspec.structs import replace

from softshoe.analysis import analyze
from softshoe.clock import SystemClock
from softshoe.commands.daemon import assembled
from softshoe.commands.demo import BELT_M_S, RUNNER, demo
from softshoe.commands.options import local_config
from softshoe.commands.simulated_boards import listening_to, on_boards, stated_by
from softshoe.events import Session, Step
from softshoe.service import Ending
from softshoe.store.queries import Runs
from softshoe.systemd import Notifier
from softshoe_hw.recorder import Recorder
from softshoe_hw.recording import read_recording
from softshoe_hw.recording_source import RecordingSource
from softshoe_hw.simulated_boards.building import why_not
from softshoe_hw.simulator.parameters import Parameters, Phase, RigName
from softshoe_hw.simulator.source import SimulatorSource

CONTACT_WITHIN_MS = 2.0
LANDS_WITHIN_S = 0.003
"""Of all others; how much later than it was done all of it is told does not matter here."""
SAME_STEP_S = 0.1
SETTLES_S, ENDS_S = 4.0, 1.5
CLI = "from softshoe.cli import main; main()"
PARAMETERS = Parameters(runner=RUNNER, schedule=(Phase(belt_m_s=BELT_M_S),))

pytestmark = pytest.mark.skipif(why_not() is not None, reason=why_not() or "")


class Ran(Struct, frozen=True):
    """What a daemon stored; its steps' ``t_s`` in the runner's time."""

    session: Session
    steps: list[Step]


def run_on_boards(folder: Path, rig: RigName, rate_hz: float, seconds: float) -> Ran:
    """The whole daemon, in real time, on boards at pseudo terminals."""
    clock = SystemClock()
    with on_boards(PARAMETERS, rig, rate_hz, 1.0, clock) as treadmill:
        config = replace(local_config(0, 0, folder, {}), runner=stated_by(RUNNER))
        source = listening_to(treadmill, clock)
        with assembled(config, source, clock, treadmill.calibrations) as daemon:
            daemon.service(Notifier({}), patient=False).run(Ending(), seconds=seconds)
        return stored(Runs(Path(config.store.path)), treadmill.epoch_s)


def stored(runs: Runs, epoch_s: float) -> Ran:
    (session,) = runs.sessions()
    assert session.started_monotonic_s is not None
    start_s = session.started_monotonic_s - epoch_s
    steps = runs.steps(session.session)
    return Ran(session, [replace(step, t_s=start_s + step.t_s) for step in steps])


def run_from_recording(out: Path, rig: RigName, seconds: float) -> list[Step]:
    """The same signal, recorded and read."""
    source = SimulatorSource(PARAMETERS, rig, 1000.0, speed=None, duration_s=seconds)
    with Recorder(out, source) as recorder:
        for item in source.blocks():
            recorder.write(item)
    recording = RecordingSource(read_recording(out), speed=None)
    return list(analyze(recording, as_live=True).steps)


def pairs(live: list[Step], recorded: list[Step], until_s: float) -> Iterator[tuple[Step, Step]]:
    """Each step of the one with its counterpart; both have all steps, once the run has settled."""
    first_s = live[0].t_s + SETTLES_S
    mine, theirs = (
        [step for step in steps if first_s <= step.t_s < until_s] for steps in (live, recorded)
    )
    late_s = np.array([step.t_s for step in theirs])
    for step in mine:
        near = int(np.abs(late_s - step.t_s).argmin())
        assert abs(late_s[near] - step.t_s) < SAME_STEP_S
        yield step, theirs[near]
    assert abs(len(mine) - len(theirs)) <= 1


def assert_same_steps(folder: Path, rig: RigName, rate_hz: float, seconds: float) -> None:
    ran = run_on_boards(folder / "store", rig, rate_hz, seconds)
    recorded = run_from_recording(folder / "recorded", rig, seconds + 5)
    both = list(pairs(ran.steps, recorded, ran.steps[-1].t_s - ENDS_S))
    assert len(both) > (seconds - SETTLES_S - ENDS_S - 2) * 2
    assert [live.side for live, _ in both] == [read.side for _, read in both]
    contact_ms = [live.contact_ms - read.contact_ms for live, read in both]
    assert np.abs(contact_ms).max() < CONTACT_WITHIN_MS
    lands_s = [live.t_s - read.t_s for live, read in both]
    assert np.ptp(lands_s) < LANDS_WITHIN_S


@pytest.mark.parametrize(("rig", "rate_hz"), [("insoles", 500.0), ("deck4", 1000.0)])
def test_steps_on_boards_are_those_of_a_recording(
    tmp_path: Path, rig: RigName, rate_hz: float
) -> None:
    assert_same_steps(tmp_path, rig, rate_hz, seconds=10.0)


@pytest.mark.long
@pytest.mark.parametrize(("rig", "rate_hz"), [("insoles", 500.0), ("deck4+insoles", 1000.0)])
def test_a_minute_on_boards_is_that_of_a_recording(
    tmp_path: Path, rig: RigName, rate_hz: float
) -> None:
    assert_same_steps(tmp_path, rig, rate_hz, seconds=60.0)


def test_the_demo_on_boards_leaves_nothing_behind(tmp_path: Path) -> None:
    words = ["--rig", "insoles", "--simulated-boards", "--port", "0", "--mqtt-port", "0"]
    shown = subprocess.Popen(
        [sys.executable, "-c", CLI, "demo", *words, "--data", str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with shown:
        assert shown.stdout
        assert shown.stdout.readline().startswith("page")
        boards = psutil.Process(shown.pid).children(recursive=True)
        assert [board.name() for board in boards] == ["simulated_board"] * 2
        shown.send_signal(signal.SIGINT)
        assert shown.wait(20) == 0
    assert not [board for board in boards if board.is_running()]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--rig", "deck1"], "a deck's board has four cells"),
        (["--rate", "300"], "--rate is 500 or 1000"),
        (["--speed", "2"], "boards keep real time"),
    ],
)
def test_what_boards_cannot_do_is_said(words: list[str], why: str) -> None:
    result = CliRunner().invoke(demo, ["--simulated-boards", *words])
    assert result.exit_code == 2
    assert why in result.output


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    names = "make gcc gcc-avr"
    assert why_not() == f"simulated boards need {names}: sudo apt-get install -y {names}"
