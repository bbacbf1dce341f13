"""Boards that run their firmware drive the whole daemon, and it measures what a recording gives."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

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
RHYTHM_WITHIN_S = 0.010
STARTS_WITHIN_S = 10.0
STEP_LASTS_AT_MOST_S = 4.0
LOOK_EVERY_S = 0.2
SETTLES_S = 4.0
"""By then a deck knows which foot is which."""
CLI = "from softshoe.cli import main; main()"
RUNNER, BELT_M_S = Runner(contact_asymmetry_pct=2.0), 2.8
PARAMETERS = Parameters(runner=RUNNER, schedule=(Phase(belt_m_s=BELT_M_S),))

pytestmark = pytest.mark.skipif(why_not() is not None, reason=why_not() or "")


class Steps:
    """What a daemon has stored so far."""

    def __init__(self, database: Path) -> None:
        self._runs = Runs(database)

    def read(self) -> list[Step]:
        sessions = self._runs.sessions()
        return self._runs.steps(sessions[0].session) if sessions else []

    def wait_for(self, enough: int, ending: Ending) -> None:
        """End the daemon once there are enough, or will not be."""
        until_s = time.monotonic() + enough * STEP_LASTS_AT_MOST_S
        while len(self.read()) < enough and time.monotonic() < until_s:
            time.sleep(LOOK_EVERY_S)
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
            daemon.service(Notifier({}), patient=False).run(ending)
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


def counterparts(live: list[Step], recorded: list[Step]) -> list[Step]:
    """As many recorded steps, one after the other: those that landed in the same rhythm."""
    starts = range(len(recorded) - len(live) + 1)
    return min(
        (recorded[start : start + len(live)] for start in starts),
        key=lambda some: rhythm_s(live, some),
    )


def rhythm_s(live: list[Step], recorded: list[Step]) -> float:
    """How differently steps landed, wherever the two times begin."""
    return float(
        np.ptp([mine.t_s - theirs.t_s for mine, theirs in zip(live, recorded, strict=True)])
    )


def assert_same_steps(folder: Path, rig: RigName, rate_hz: float, enough: int) -> None:
    ran = run_on_boards(folder / "store", rig, rate_hz, enough)
    assert len(ran) >= enough
    live = [step for step in ran if step.t_s > SETTLES_S]
    recorded = run_from_recording(folder / "recorded", rig, seconds=live[-1].t_s + STARTS_WITHIN_S)
    same = counterparts(live, recorded)
    assert rhythm_s(live, same) < RHYTHM_WITHIN_S
    assert [step.side for step in live] == [step.side for step in same]
    assert {step.side for step in live} == {"left", "right"}
    contacts_ms = np.array([[step.contact_ms for step in steps] for steps in (live, same)])
    assert np.abs(np.diff(contacts_ms, axis=0)).max() < CONTACT_WITHIN_MS


@pytest.mark.parametrize(("rig", "rate_hz"), [("insoles", 500.0), ("deck4", 1000.0)])
def test_steps_on_boards_are_those_of_a_recording(
    tmp_path: Path, rig: RigName, rate_hz: float
) -> None:
    assert_same_steps(tmp_path, rig, rate_hz, enough=24)


@pytest.mark.long
@pytest.mark.parametrize(("rig", "rate_hz"), [("insoles", 500.0), ("deck4+insoles", 1000.0)])
def test_a_minute_on_boards_is_that_of_a_recording(
    tmp_path: Path, rig: RigName, rate_hz: float
) -> None:
    assert_same_steps(tmp_path, rig, rate_hz, enough=160)


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
