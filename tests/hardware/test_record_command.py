"""`softshoe record`, through the front door."""

import csv
import gzip
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from softshoe.cli import front_door
from softshoe_hw.recording import read_recording
from softshoe_hw.simulator.parameters import Parameters
from softshoe_hw.simulator.truth import true_steps

SIMULATED = ("record", "--simulate", "deck4", "--speed", "max", "--rate", "300", "--seconds", "4")


def table(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


def test_a_simulated_run_with_its_truth(tmp_path: Path) -> None:
    out = tmp_path / "run.csv.gz"
    assert front_door([*SIMULATED, "--out", str(out)]) == 0
    recording = read_recording(out)
    assert recording.rig.name == "deck4"
    assert recording.tracks[0].stream.rate_hz == 300
    assert len(recording.tracks[0].whole.values) == 1200
    assert recording.conditions.belt_m_s == 3.0
    truth = table(tmp_path / "run.truth.csv")
    steps = list(true_steps(Parameters(), "deck4", 4 - 1 / 300))
    assert [row["step"] for row in truth] == [str(step.step) for step in steps]
    assert list(truth[0])[:3] == ["step", "t_s", "side"]
    for row, step in zip(truth, steps, strict=True):
        assert float(row["valr_bw_s"]) == pytest.approx(step.valr_bw_s, abs=1e-6)
    bare = table(tmp_path / "run.truth_bare.csv")
    assert float(bare[1]["vilr_bw_s"]) > float(truth[1]["vilr_bw_s"])


def test_the_runner_is_as_described(tmp_path: Path) -> None:
    said = "--strike non_rear --cadence 180 --body-mass-kg 55 --belt-m-s 4 --stand 5 --seed 9"
    out = tmp_path / "run"
    arguments = [*SIMULATED[:-1], "12", *said.split(), "--out", str(out)]
    assert front_door(arguments) == 0
    recording = read_recording(out)
    assert recording.conditions.body_mass_kg == 55
    assert [(belt.t_s, belt.belt_m_s) for belt in recording.belts] == [(0, 0), (5, 4)]
    truth = table(out / "truth.csv")
    assert float(truth[0]["t_s"]) > 5
    assert truth[0]["strike"] == "non_rear"
    cadence = np.mean([float(row["cadence_spm"]) for row in truth[:-1]])
    assert cadence == pytest.approx(180, rel=0.02)


def test_a_recording_is_recorded_again_without_loss(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    two = [*SIMULATED[:2], "deck4+insoles", *SIMULATED[3:]]
    assert front_door([*two, "--out", str(first)]) == 0
    assert front_door(["record", str(first), "--speed", "max", "--out", str(second)]) == 0
    for name in ("deck.csv.gz", "insoles.csv.gz"):
        once, again = (gzip.decompress((out / name).read_bytes()) for out in (first, second))
        assert once == again
    assert (first / "belt.csv").read_text() == (second / "belt.csv").read_text()
    assert not (second / "truth.csv").exists()


def test_only_so_many_seconds(tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert front_door([*SIMULATED, "--out", str(first)]) == 0
    command = ["record", str(first), "--speed", "max", "--seconds", "1.337", "--out", str(second)]
    assert front_door(command) == 0
    assert len(read_recording(second).tracks[0].whole.values) == 402


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("record", "--out", "x"), 2, "name a RECORDING, a rig"),
        ((*SIMULATED, "r.csv", "--out", "x"), 2, "name a RECORDING, a rig"),
        (("record", "--simulate", "deck9", "--out", "x"), 2, "deck9"),
        (("record", "--simulate", "deck4", "--speed", "max", "--out", "x"), 2, "needs --seconds"),
        (("record", "--simulate", "deck4", "--speed", "0", "--out", "x"), 2, "neither a number"),
        (("record", "none.csv", "--out", "x"), 1, "none.csv: there is no such file"),
        ((*SIMULATED, "--contact-ms", "390", "--out", "x"), 1, "leaves no flight"),
        ((*SIMULATED, "--valr", "1", "--out", "x"), 1, "`runner.valr_bw_s`"),
        ((*SIMULATED, "--out", "full"), 1, "full: this folder is not empty"),
    ],
)
def test_what_is_wrong_is_one_line_and_writes_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    why: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "diary.txt").write_text("mine")
    assert front_door(arguments) == code
    said = capsys.readouterr().err
    assert why in said
    assert "Traceback" not in said
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["diary.txt", "full"]


def test_warnings_of_a_recording_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run.csv").write_text("t_s,fz_n,noise\n0,1,2\n0.01,1,2\n")
    command = f"record {tmp_path}/run.csv --rate 100 --speed max --out {tmp_path}/new.csv"
    assert front_door(command.split()) == 0
    assert "column 'noise' is not used" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_ends_as_if_that_had_been_the_plan(
    tmp_path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "run"
    command = ["record", "--simulate", "deck1", "--rate", "200", "--out", str(out)]
    program = f"import sys; from softshoe.cli import front_door; sys.exit(front_door({command}))"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.DEVNULL) as process:
        deadline_s = time.monotonic() + 20
        while not (out / "belt.csv").exists() and time.monotonic() < deadline_s:
            time.sleep(0.02)
        process.send_signal(number)
        assert process.wait(20) == 0
    assert len(read_recording(out).tracks[0].whole.values) >= 4
    assert (out / "truth.csv").exists()
