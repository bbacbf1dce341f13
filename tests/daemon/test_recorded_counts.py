"""Recordings of counts bring their calibration along: analysed, copied, replayed."""

import csv
from pathlib import Path

import pytest
from msgspec.json import decode
from msgspec.structs import replace
from tests.daemon.calibrating.insole_recording import write_recording, write_standing
from tests.daemon.calibrating.standing_insole import (
    WEIGHT_N,
    Insole,
    insole_rig,
    running,
)
from tests.daemon.test_cli import started, wait_for_steps

from softshoe.calibrations import Calibration, CellScale, Check, FsrScale
from softshoe.cli import front_door
from softshoe.commands.record import counts_of_boards
from softshoe.config import Config
from softshoe.rigs import DeckLayout, Rig, Stream
from softshoe.settings import BoardSettings, SourceSettings, StoreSettings
from softshoe.store.calibrations import claimed
from softshoe.store.queries import Runs
from softshoe_hw.describing import Counts
from softshoe_hw.recorder import Recorder
from softshoe_hw.recording import read_recording
from softshoe_hw.recording_source import RecordingSource
from softshoe_hw.sidecar import Fsr

SHOWN = Insole()
CALIBRATED = FsrScale(
    circuit=SHOWN.circuit,
    power=1.1,
    zeros_ms=tuple(SHOWN.offsets_ms.tolist()),
    gains_n=tuple(SHOWN.gains_n.tolist()),
)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run in counts beside the standing that calibrates it."""
    write_standing(tmp_path / "standing.csv", SHOWN.standing())
    return write_recording(tmp_path / "run.csv", running(SHOWN), calibration="standing")


def analyzed(recording: Path, out: Path) -> tuple[list[dict[str, str]], dict]:
    assert front_door(["analyze", str(recording), "--out", str(out)]) == 0
    name = recording.name.split(".")[0]
    with (out / f"{name}.steps.csv").open(newline="") as file:
        return list(csv.DictReader(file)), decode((out / f"{name}.summary.json").read_bytes())


def test_analyze_weighs_the_runner(run: Path, tmp_path: Path) -> None:
    steps, summary = analyzed(run, tmp_path)
    conventions = summary["session"]["conventions"]
    assert len(steps) > 30
    assert conventions["body_weight_n"] == pytest.approx(WEIGHT_N, rel=0.03)
    assert conventions["calibrations"] == ["standing"]


def test_a_copy_is_analysed_alike_wherever_it_lies(run: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "run.csv"
    assert front_door(["record", str(run), "--speed", "max", "--out", str(copy)]) == 0
    assert "standing.csv" not in [each.name for each in copy.parent.iterdir()]
    steps, summary = analyzed(copy, tmp_path / "there")
    assert steps == analyzed(run, tmp_path / "here")[0]
    assert summary["session"]["conventions"]["calibrations"] == ["standing"]
    assert summary["notes"] == []


def test_a_calibration_that_is_not_there_is_said_and_the_run_still_counted(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "standing.csv").unlink()
    steps, _ = analyzed(run, tmp_path)
    assert len(steps) > 30
    assert "run is not calibrated: its calibration standing is not beside it" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("name", ["../standing", "/etc/passwd", "sub/standing"])
def test_only_a_recording_beside_it_is_read(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run = write_recording(tmp_path / "run.csv", running(SHOWN, 4.0), calibration=name)
    analyzed(run, tmp_path)
    assert "is not the name of a recording beside it" in capsys.readouterr().err


def test_a_failed_check_of_its_calibration_is_said(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    standing = SHOWN.standing()
    for counts in standing.values():
        counts[:, 3] = 0
    write_standing(tmp_path / "standing.csv", standing)
    analyzed(run, tmp_path)
    assert "standing: left l4 (arch): dead: shows nothing under load" in capsys.readouterr().err


def test_replay_measures_with_what_the_recording_names(run: Path, tmp_path: Path) -> None:
    quick = ["--speed", "1000", "--port", "0", "--mqtt-port", "0", "--to-the-end"]
    assert front_door(["replay", str(run), *quick, "--data", str(tmp_path)]) == 0
    (session,) = Runs(tmp_path / "softshoe.db").sessions()
    assert session.steps > 30
    assert session.conventions.calibrations == ("standing",)
    assert session.conventions.body_weight_n == pytest.approx(WEIGHT_N, rel=0.03)


def test_what_was_kept_holds_for_a_recording_that_names_nothing(run: Path, tmp_path: Path) -> None:
    assert front_door(["calibrate", str(tmp_path / "standing.csv"), "--data", str(tmp_path)]) == 0
    run.with_suffix(".toml").write_text(
        run.with_suffix(".toml").read_text().replace('calibration = "standing"\n', "")
    )
    quick = ["--speed", "1000", "--port", "0", "--mqtt-port", "0", "--to-the-end"]
    assert front_door(["replay", str(run), *quick, "--data", str(tmp_path)]) == 0
    (session,) = Runs(tmp_path / "softshoe.db").sessions()
    assert session.conventions.calibrations == ("standing",)


def test_whatever_was_known_of_the_boards_reads_back(run: Path, tmp_path: Path) -> None:
    assert front_door(["calibrate", str(tmp_path / "standing.csv"), "--data", str(tmp_path)]) == 0
    (insoles,) = Runs(tmp_path / "softshoe.db").calibrations(["insoles"])
    cells = CellScale(zeros_counts=(1.5, -2.0), newtons_per_count=(1e-5, 2e-3))
    check = Check(item="cell", passed=True, found="1")
    deck = type(insoles)(name="monday", board="deck-7", found=cells, checks=(check,))
    source = RecordingSource(read_recording(run), speed=None)
    with Recorder(tmp_path / "again.csv", source, Counts(scales=(insoles, deck))):
        pass
    (tmp_path / "again.csv").write_bytes(run.read_bytes())
    again = read_recording(tmp_path / "again.csv")
    assert [each.found for each in again.scales] == [insoles.found, deck.found]
    assert [(each.name, each.board) for each in again.scales] == [
        ("standing", "insoles"),
        ("monday", "deck-7"),
    ]
    assert again.warnings == ()


def test_recorded_boards_bring_along_what_is_known_of_them(tmp_path: Path) -> None:
    database = tmp_path / "softshoe.db"
    known = Calibration(name="monday", board="pair", found=CALIBRATED)
    with claimed(database) as keeper:
        keeper.keep([known])
    board = BoardSettings(role="insoles", bits=12, r_m_ohm=1500.0)
    config = Config(
        source=SourceSettings(kind="boards", board=(board,)),
        store=StoreSettings(path=str(database)),
    )
    counts = counts_of_boards(config, insole_rig())
    assert counts.scales == (known,)
    assert counts.fsr == Fsr(vref_v=5.0, bits=12, r_m_ohm=1500.0)
    nothing = replace(config, store=StoreSettings(path=str(tmp_path / "none.db")))
    assert counts_of_boards(nothing, insole_rig()).scales == ()
    deck = Rig((Stream("deck", 1000.0, ("fz_n",), "counts", deck=DeckLayout("force")),))
    assert counts_of_boards(nothing, deck).fsr is None


def test_the_daemon_measures_with_what_a_recording_names(run: Path, tmp_path: Path) -> None:
    path = tmp_path / "softshoe.toml"
    path.write_text(
        f"[source]\nkind = 'recording'\nrecording = '{run}'\nspeed = 1000\n"
        f"[store]\npath = '{tmp_path / 'softshoe.db'}'\n[broker]\nembedded = false\n"
        "[feed]\nenabled = false\n[web]\nport = 0\n"
    )
    process, _ = started("run", "--config", str(path))
    wait_for_steps(str(tmp_path / "softshoe.db"))
    process.terminate()
    assert process.wait(5) == 0
    process.communicate()
    (session,) = Runs(tmp_path / "softshoe.db").sessions()
    assert session.conventions.calibrations == ("standing",)
