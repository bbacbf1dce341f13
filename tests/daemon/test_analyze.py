"""`softshoe analyze` as a user meets it: files written, words said, exit codes."""

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from msgspec import Struct

from softshoe.cli import front_door

RATE_HZ = 500
BODY_WEIGHT_N = 700.0


def running(seconds: float = 12.0) -> np.ndarray:
    """Half-sine contacts of 240 ms every 350 ms, whose mean is body weight."""
    phase_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ % 0.35
    peak_n = BODY_WEIGHT_N * 0.35 / 0.24 * np.pi / 2
    return np.where(phase_s < 0.24, peak_n * np.sin(np.pi * phase_s / 0.24), 0.0)


def write_csv(path: Path, force: np.ndarray, first: str = "t_s,fz_n") -> Path:
    rows = (f"{i / RATE_HZ:.4f},{value:.3f}" for i, value in enumerate(force))
    path.write_text("\n".join([first, *rows]) + "\n")
    return path


class Ended(Struct):
    """What a user sees of a command."""

    exit_code: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def analyze(*arguments: object) -> Ended:
        capsys.readouterr()
        exit_code = front_door(["analyze", *map(str, arguments)])
        return Ended(exit_code, *capsys.readouterr())

    return analyze


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "plain.csv", running())


def steps_in(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_writes_a_table_of_steps_and_a_summary(run: Run, plain: Path, tmp_path: Path) -> None:
    result = run(plain, "--rate", RATE_HZ, "--out", tmp_path / "new" / "folder")
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == [
        "plain.steps.csv",
        "plain.summary.json",
    ]
    steps = steps_in(tmp_path / "new" / "folder" / "plain.steps.csv")
    assert 30 <= len(steps) <= 34
    assert [int(step["step"]) for step in steps] == list(range(1, len(steps) + 1))
    assert all(step["moment"] == "final" for step in steps)
    middle = steps[15]
    assert float(middle["t_s"]) % 0.35 < 0.02
    assert float(middle["step_ms"]) == pytest.approx(350, abs=1)
    assert (middle["side"], middle["foot"]) in {
        ("", "a"),
        ("", "b"),
        ("unknown", "a"),
        ("unknown", "b"),
    }
    assert middle["reach_ahead_mm"] == ""
    summary = json.loads((tmp_path / "new" / "folder" / "plain.summary.json").read_text())
    assert summary["session"]["steps"] == len(steps)
    assert summary["session"]["conventions"]["rate_hz"] == RATE_HZ
    assert summary["session"]["conventions"]["body_weight_n"] == pytest.approx(
        BODY_WEIGHT_N, rel=0.02
    )
    assert sum(summary["quality"]["timing"].values()) == len(steps)


def test_prints_a_table_for_people_and_the_summaries_for_programs(
    run: Run, plain: Path, tmp_path: Path
) -> None:
    people = run(plain, "--rate", RATE_HZ, "--out", tmp_path)
    assert people.stdout.splitlines()[0].split()[:3] == ["recording", "steps", "cadence"]
    assert people.stdout.splitlines()[2].split()[0] == "plain"
    programs = run(plain, "--rate", RATE_HZ, "--out", tmp_path, "--json")
    assert json.loads(programs.stdout) == [
        json.loads((tmp_path / "plain.summary.json").read_text())
    ]


def test_belt_speed_height_and_columns_can_be_said(run: Run, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "lab.csv", running(), first="time,Force")
    arguments = ["--rate", RATE_HZ, "--time-column", "time", "--deck-columns", "Force"]
    result = run(path, *arguments, "--belt-m-s", 3, "--height-mm", 1800, "--out", tmp_path)
    assert result.exit_code == 0
    middle = steps_in(tmp_path / "lab.steps.csv")[15]
    assert float(middle["belt_m_s"]) == 3.0
    assert float(middle["step_length_mm"]) == pytest.approx(1050, abs=5)
    summary = json.loads((tmp_path / "lab.summary.json").read_text())
    assert summary["session"]["conventions"]["leg_length_mm"] == pytest.approx(954)


def test_as_live_knows_a_side_only_when_a_live_run_would(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "deck.csv"
    rows = [
        f"{i / RATE_HZ:.4f},{force:.3f},0,{60 if i / RATE_HZ % 0.7 < 0.35 else -60}"
        for i, force in enumerate(running())
    ]
    path.write_text("\n".join(["t_s,fz_n,cop_x_mm,cop_y_mm", *rows]) + "\n")

    def sides(*arguments: object) -> list[str]:
        assert run(path, "--rate", RATE_HZ, "--out", tmp_path, *arguments).exit_code == 0
        return [step["side"] for step in steps_in(tmp_path / "deck.steps.csv")]

    with_hindsight, as_live = sides(), sides("--as-live")
    assert set(with_hindsight) == {"left", "right"}
    assert as_live[:5] == ["unknown"] * 5
    assert as_live[15:] == with_hindsight[15:]


@pytest.mark.parametrize(("format", "library"), [("jsonl", "json"), ("parquet", "pyarrow")])
def test_other_formats_have_their_own_ending(
    run: Run, plain: Path, tmp_path: Path, format: str, library: str
) -> None:
    pytest.importorskip(library, reason=f"{library} is not installed")
    result = run(plain, "--rate", RATE_HZ, "--out", tmp_path, "--format", format)
    assert result.exit_code == 0
    assert (tmp_path / f"plain.steps.{format}").stat().st_size > 1000
    assert not (tmp_path / "plain.steps.csv").exists()


def test_plot_draws_a_picture(run: Run, plain: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    assert run(plain, "--rate", RATE_HZ, "--out", tmp_path, "--plot").exit_code == 0
    assert (tmp_path / "plain.png").read_bytes().startswith(b"\x89PNG")


def test_one_bad_file_among_many_is_said_and_the_others_are_done(
    run: Run, plain: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("t_s,fz_n\n0.0,1\n0.002,much\n")
    good = write_csv(tmp_path / "good.csv", running())
    result = run(plain, bad, good, "--rate", RATE_HZ, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"softshoe analyze: {bad}, line 3: fz_n is 'much', not a number"
    ]
    assert {path.name for path in (tmp_path / "out").glob("*.csv")} == {
        "plain.steps.csv",
        "good.steps.csv",
    }


def cut_short(path: Path) -> Path:
    whole = gzip.compress(("t_s,fz_n\n" + "0.1,2\n" * 5000).encode())
    path.write_bytes(whole[: len(whole) // 2])
    return path


def mostly_empty() -> str:
    return "".join(f"{i / RATE_HZ},{i if i % 3 == 0 else ''}\n" for i in range(300))


BAD = {
    "wrong columns": ("t_s,weight\n0,1\n0.002,2\n", "no column is known"),
    "a mostly empty channel": ("t_s,fz_n\n" + mostly_empty(), "column fz_n is missing in 67 %"),
    "text in numbers": ("t_s,fz_n\n0,1\n0.002,n/a\n", "line 3: fz_n is 'n/a', not a number"),
    "time going backwards": ("t_s,fz_n\n0,1\n0.004,1\n0.002,1\n", "line 4: "),
    "nothing at all": ("", "empty"),
    "a heading only": ("t_s,fz_n\n", "empty"),
}


def assert_refused(ended: Ended, *words: str) -> None:
    """One line on stderr that says these words; exit code 1; nothing else."""
    assert ended.exit_code == 1
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert line.startswith("softshoe")
    assert all(word in line for word in words), line


@pytest.mark.parametrize("what", BAD)
def test_bad_content_is_one_clear_line(run: Run, what: str, tmp_path: Path) -> None:
    content, words = BAD[what]
    path = tmp_path / "bad.csv"
    path.write_text(content)
    assert_refused(run(path, "--rate", RATE_HZ, "--out", tmp_path / "out"), str(path), words)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_missing_file_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    assert_refused(run(tmp_path / "nowhere.csv", "--out", tmp_path), "nowhere.csv", "no such file")


def test_a_gzip_file_cut_short_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    path = cut_short(tmp_path / "cut.csv.gz")
    assert_refused(run(path, "--rate", RATE_HZ, "--out", tmp_path), "cut.csv.gz", "cut short")


def test_a_plain_csv_needs_its_rate(run: Run, plain: Path, tmp_path: Path) -> None:
    assert_refused(run(plain, "--out", tmp_path), "plain.csv", "--rate")


def test_two_recordings_of_one_name_are_refused_before_the_work(
    run: Run, plain: Path, tmp_path: Path
) -> None:
    (tmp_path / "b").mkdir()
    twin = write_csv(tmp_path / "b" / "plain.csv", running(1))
    assert_refused(run(plain, twin, "--rate", RATE_HZ, "--out", tmp_path / "out"), "called plain")
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_is_a_mistake_of_usage(run: Run, plain: Path) -> None:
    result = run(plain, "--format", "xls")
    assert result.exit_code == 2
    assert "'xls' is not one of" in result.stderr
