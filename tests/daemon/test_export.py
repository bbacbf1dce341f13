"""`softshoe export`: the files that it writes, and what it says when it cannot."""

import json
import sqlite3
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.daemon.export.runs import practised_in, session_of, steps_of, stored

from softshoe.cli import front_door

HAS_FIT = find_spec("fit_tool") is not None
FILES = {
    "csv": ["s2.steps.csv", "s2.summary.json"],
    "report": ["s2.html"],
    "json": ["s2.json"],
    **({"fit": ["s2.fit"]} if HAS_FIT else {}),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two runs, the newer one without a date."""
    folder = tmp_path_factory.mktemp("data")
    first, second = steps_of(60, "s1"), steps_of(40, "s2")
    undated = session_of(second, started_at=None, clock="unsynced", laps_s=())
    stored(folder / "softshoe.db", (session_of(first, laps_s=()), first), (undated, second))
    return folder


def export(*arguments: object) -> int:
    return front_door(["export", *map(str, arguments)])


@pytest.mark.parametrize("format", FILES)
def test_the_newest_run_in_every_format(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    out = tmp_path / "new" / "folder"
    assert export("latest", "--format", format, "--data", data, "--out", out) == 0
    assert sorted(path.name for path in out.iterdir()) == FILES[format]
    said = capsys.readouterr()
    assert said.out.split() == [str(out / name) for name in FILES[format]]
    assert "date is not known" in said.err


def test_a_run_by_its_name_goes_to_the_working_folder(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert export("s1", "--format", "json", "--data", data) == 0
    assert capsys.readouterr().err == ""
    assert len(json.loads(Path("s1.json").read_bytes())["steps"]) == 60


def test_what_stood_there_is_replaced(data: Path, tmp_path: Path) -> None:
    (tmp_path / "s1.html").write_text("old")
    assert export("s1", "--format", "report", "--data", data, "--out", tmp_path) == 0
    assert (tmp_path / "s1.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["s9"], 1, "softshoe: no run s9 in "),
        (["s1", "--data", "nowhere"], 1, "softshoe: nowhere/softshoe.db: no runs are stored here"),
        (["latest", "--data", "nowhere"], 1, "softshoe: nowhere/softshoe.db: no runs are stored"),
        (["s1", "--format", "gpx"], 2, "Error: Invalid value for '--format'"),
        (["s1", "--out", "file"], 2, "Error: Invalid value for '--out'"),
        (["s1", "--out", "file/inside"], 1, "softshoe: file/inside: "),
        (["s1", "--config", "none.toml"], 78, "softshoe: none.toml: No such file"),
        ([], 2, "Error: Missing argument 'SESSION'"),
        (["../../etc/passwd"], 1, "softshoe: no run ../../etc/passwd in "),
    ],
)
def test_wrong_input(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    named = {"--data", "--config"} & {*arguments}
    given = ["--format", "csv", *arguments, *([] if named else ["--data", data])]
    assert export(*given) == code
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1].startswith(said)
    assert len(lines) == 1 or lines[0].startswith("Usage:")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_focus_is_shaded_in_the_report_and_a_lap_in_fit(tmp_path: Path) -> None:
    steps = steps_of(100)
    run = (session_of(steps, laps_s=()), steps)
    stored(tmp_path / "softshoe.db", run, practised=[practised_in("s1")])
    for format in FILES:
        assert export("s1", "--format", format, "--data", tmp_path, "--out", tmp_path) == 0
    page = (tmp_path / "s1.html").read_text()
    assert page.count(">land softly</text>") == 2
    windows = json.loads((tmp_path / "s1.json").read_bytes())["windows"]
    assert windows[1] == {"from_s": 20.0, "to_s": 28.0, "name": "land softly"}
    if HAS_FIT:
        assert (tmp_path / "s1.fit").read_bytes().count(b"land softly\0") == 2


def test_an_empty_database_has_no_newest_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored(tmp_path / "softshoe.db")
    assert export("latest", "--format", "csv", "--data", tmp_path) == 1
    assert capsys.readouterr().err.startswith("softshoe: no runs in ")


def test_without_fit_tool_nothing_is_written(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "softshoe.export.fit", raising=False)
    monkeypatch.setitem(sys.modules, "softshoe.export.fit_messages", None)
    assert export("s1", "--data", data, "--out", tmp_path / "out") == 1
    assert "pip install 'softshoe[fit]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_damaged_steps_are_left_out_and_said(tmp_path: Path) -> None:
    steps = steps_of(100)
    path = tmp_path / "softshoe.db"
    stored(path, (session_of(steps, laps_s=()), steps))
    with sqlite3.connect(path) as database:
        database.execute("UPDATE steps SET contact_ms = 1.0 WHERE step = 50")
    database.close()
    assert export("s1", "--format", "csv", "--data", tmp_path, "--out", tmp_path) == 0
    table = (tmp_path / "s1.steps.csv").read_text().splitlines()
    (note,) = json.loads((tmp_path / "s1.summary.json").read_bytes())["notes"]
    left = 100 - (len(table) - 1)
    assert 0 < left < 100
    assert note == f"{left} of 100 steps are damaged and left out"


def test_a_running_session_is_written_as_far_as_it_has_come(tmp_path: Path) -> None:
    steps = steps_of(50)
    running = replace(session_of(steps[:40], laps_s=()), state="open")
    stored(tmp_path / "softshoe.db", (running, steps))
    for format in FILES:
        assert export("latest", "--format", format, "--data", tmp_path, "--out", tmp_path) == 0
    found = json.loads((tmp_path / "s1.json").read_bytes())
    assert len(found["steps"]) == 50
    assert found["summary"]["notes"][0].startswith("the run was still going on")
