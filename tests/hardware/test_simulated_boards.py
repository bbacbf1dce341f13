"""Boards that run their firmware drive the whole daemon, and it measures what a recording gives."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from statistics import median

import numpy as np
import psutil
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from softshoe.analysis import analyze
from softshoe.clock import SystemClock
from softshoe.commands.daemon import assembled
from softshoe.commands.demo import demo
from softshoe.commands.options import local_config
from softshoe.commands.simulated_boards import listening_to, stated_by
from softshoe.events import Step
from softshoe.service import Ending
from softshoe.store.queries import Runs
from softshoe.systemd import Notifier
from softshoe_hw.recorder import Recorder
from softshoe_hw.recording import read_recording
from softshoe_hw.recording_source import RecordingSource
from softshoe_hw.simulated_boards.building import build, why_not
from softshoe_hw.simulated_boards.treadmill import SimulatedTreadmill
from softshoe_hw.simulator.parameters import Parameters, Phase, RigName, Runner
from softshoe_hw.simulator.source import SimulatorSource

CONTACT_WITHIN_MS = 2.0
STARTS_WITHIN_S = 10.0
STEP_LASTS_AT_MOST_S = 1.5
LOOK_EVERY_S = 0.2
SETTLES_S = 4.0
"""By then a deck knows which foot is which."""
CLI = "from softshoe.cli import main; main()"
RUNNER, BELT_M_S = Runner(contact_asymmetry_pct=2.0), 2.8
PARAMETERS = Parameters(runner=RUNNER, schedule=(Phase(belt_m_s=BELT_M_S),))

pytestmark = pytest.mark.skipif(why_not() is not None, reason=why_not() or "")


@pytest.fixture
def undisturbed() -> Iterator[None]:
    """Before other programs, where that is allowed: real time is only kept by who gets to run."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, -15)
    yield
    os.setpriority(os.PRIO_PROCESS, 0, before)


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[None]:
    """Whatever happens, nobody waits for it for ever."""
    try:
        yield
    finally:
        process.kill()


class Steps:
    """What a daemon has stored so far."""

    def __init__(self, database: Path) -> None:
        self._runs = Runs(database)

    def read(self) -> list[Step]:
        sessions = self._runs.sessions()
        return self._runs.steps(sessions[0].session) if sessions else []

    def wait_for(self, enough: int, ending: Ending) -> None:
        """End the daemon once there are enough."""
        try:
            while len(self.read()) < enough and not ending.asked:
                time.sleep(LOOK_EVERY_S)
        finally:
            ending.ask()


def run_on_boards(folder: Path, rig: RigName, rate_hz: float, enough: int) -> list[Step]:
    """The steps that the whole daemon stored, in real time, on boards at pseudo terminals."""
    clock = SystemClock()
    runner = SimulatorSource(PARAMETERS, rig, rate_hz, speed=None)
    hz = round(rate_hz)
    treadmill = SimulatedTreadmill(build(), runner, clock, BELT_M_S, insole_hz=hz, deck_hz=hz)
    with closing(treadmill):
        config = replace(local_config(0, 0, folder, {}), runner=stated_by(RUNNER))
        source = listening_to(treadmill, clock)
        with assembled(config, source, clock, treadmill.calibrations) as daemon:
            steps, ending = Steps(Path(config.store.path)), Ending()
            waiting = threading.Thread(target=steps.wait_for, args=(enough, ending))
            waiting.start()
            service = daemon.service(Notifier({}), patient=False)
            service.run(ending, seconds=enough * STEP_LASTS_AT_MOST_S)
            ending.ask()
            waiting.join()
    return steps.read()


def run_from_recording(out: Path, rig: RigName, seconds: float) -> list[Step]:
    """The same signal, recorded and read."""
    source = SimulatorSource(PARAMETERS, rig, 1000.0, speed=None, duration_s=seconds)
    with Recorder(out, source) as recorder:
        for item in source.blocks():
            recorder.write(item)
    recording = RecordingSource(read_recording(out), speed=None)
    return list(analyze(recording, as_live=True).steps)


def offset_s(live: list[Step], recorded: list[Step]) -> float:
    """How much later live steps are told than recorded ones: so that most contacts agree."""

    def differs_ms(late_s: float) -> float:
        same = (counterpart(step, recorded, late_s) for step in live)
        return median(abs(a.contact_ms - b.contact_ms) for a, b in zip(live, same, strict=True))

    return min((live[0].t_s - other.t_s for other in recorded), key=differs_ms)


def counterpart(step: Step, recorded: list[Step], late_s: float) -> Step:
    return min(recorded, key=lambda other: abs(other.t_s + late_s - step.t_s))


def share_lost(folder: Path, rig: RigName, rate_hz: float, enough: int) -> float:
    """Every live step is one of the recording's; the share of its steps that was lost, if any."""
    ran = run_on_boards(folder / "store", rig, rate_hz, enough)
    live = [step for step in ran if step.t_s > SETTLES_S]
    recorded = run_from_recording(folder / "recorded", rig, seconds=live[-1].t_s + STARTS_WITHIN_S)
    late_s = offset_s(live, recorded)
    same = [counterpart(step, recorded, late_s) for step in live]
    assert [step.side for step in live] == [step.side for step in same]
    assert {step.side for step in live} == {"left", "right"}
    contacts_ms = np.array([[step.contact_ms for step in steps] for steps in (live, same)])
    assert np.abs(np.diff(contacts_ms, axis=0)).max() < CONTACT_WITHIN_MS
    numbers = [step.step for step in same]
    assert numbers == sorted(set(numbers))
    return 1 - len(live) / (numbers[-1] - numbers[0] + 1)


@pytest.mark.usefixtures("undisturbed")
@pytest.mark.parametrize(("rig", "rate_hz"), [("insoles", 500.0), ("deck4", 1000.0)])
def test_steps_on_boards_are_those_of_a_recording(
    tmp_path: Path, rig: RigName, rate_hz: float
) -> None:
    """A machine that is too busy for real time may lose some, but makes none up."""
    assert share_lost(tmp_path, rig, rate_hz, enough=24) < 0.5


@pytest.mark.long
@pytest.mark.usefixtures("undisturbed")
@pytest.mark.parametrize(("rig", "rate_hz"), [("insoles", 500.0), ("deck4+insoles", 1000.0)])
def test_a_minute_on_boards_is_that_of_a_recording(
    tmp_path: Path, rig: RigName, rate_hz: float
) -> None:
    assert share_lost(tmp_path, rig, rate_hz, enough=160) == 0


def test_the_demo_on_boards_leaves_nothing_behind(tmp_path: Path) -> None:
    words = ["--rig", "insoles", "--simulated-boards", "--port", "0", "--mqtt-port", "0"]
    shown = subprocess.Popen(
        [sys.executable, "-c", CLI, "demo", *words, "--data", str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert shown.stdout
    with shown, ended(shown):
        assert any(line.startswith("page") for line in shown.stdout)
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
