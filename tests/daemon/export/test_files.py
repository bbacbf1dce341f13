"""A stored run as files: the table reads back as the same steps, and says what it rests on."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from softshoe.events import Session, Step
from softshoe.export.files import FORMATS, Format, files_of
from softshoe.export.rows import row
from softshoe.export.spans import Span, cut_into_laps
from softshoe.export.stored import PAGE, stored_steps
from softshoe.store.queries import Runs

from .runs import session_of, steps_of, stored

LISTS = ("cop_path", "quality_reasons")


def contents(
    format: Format, session: Session, steps: list[Step], windows: tuple[Span, ...] = ()
) -> dict[str, bytes]:
    files = files_of(format)(session, iter(steps), windows)
    return {file.name: b"".join(file.chunks) for file in files}


def as_step(cells: dict[str, str]) -> Step:
    """A row of the table as a step again, by nothing but the types of its fields."""
    known: dict[str, Any] = {name: cell for name, cell in cells.items() if cell}
    known |= {name: json.loads(known[name]) for name in LISTS if name in known}
    return msgspec.convert(known, Step, strict=False)


def rounded(step: Step) -> Step:
    return msgspec.convert(row(step), Step)


def test_the_csv_reads_back_as_the_same_steps(tmp_path: Path) -> None:
    steps = steps_of(PAGE + 20)
    stored(tmp_path / "runs.db", (session_of(steps), steps))
    runs = Runs(tmp_path / "runs.db")
    found = list(stored_steps(runs, "s1"))
    assert found == steps
    table = contents("csv", session_of(steps), found)["s1.steps.csv"].decode()
    read = [as_step(cells) for cells in csv.DictReader(io.StringIO(table))]
    assert read == [rounded(step) for step in steps]
    assert read[3].valr_bw_s == pytest.approx(steps[3].valr_bw_s, abs=1e-6)


def test_the_summary_beside_it_holds_the_conventions_and_the_quality() -> None:
    steps = steps_of(10)
    summary = json.loads(contents("csv", session_of(steps), steps)["s1.summary.json"])
    assert summary["session"]["conventions"]["body_weight_n"] == 686.7
    assert summary["session"]["conventions"]["impact_method"] == "peak"
    assert summary["quality"]["place"] == {"low": 10}
    assert summary["notes"] == []


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"steps": 12}, "2 of 12 steps are damaged and left out"),
        ({"state": "open", "steps": 12}, "the run was still going on"),
        ({"started_at": None}, "the clock was not set"),
    ],
)
def test_what_a_reader_must_know_is_noted(changes: dict[str, Any], note: str) -> None:
    steps = steps_of(10)
    session = replace(session_of(steps), **changes)
    (said,) = json.loads(contents("csv", session, steps)["s1.summary.json"])["notes"]
    assert said.startswith(note)


def test_json_holds_steps_windows_and_summary() -> None:
    steps, window = steps_of(5), Span(1.0, 2.0, "land softly")
    (data,) = contents("json", session_of(steps), steps, (window,)).values()
    found = json.loads(data)
    assert msgspec.convert(found["steps"], list[Step]) == [rounded(step) for step in steps]
    assert found["windows"] == [{"from_s": 1.0, "to_s": 2.0, "name": "land softly"}]
    assert found["summary"]["session"]["steps"] == 5


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "fit"])
def test_a_run_without_steps_can_be_taken_home_too(format: Format) -> None:
    session = replace(session_of(steps_of(2)), steps=0, duration_s=0.0, running_s=0.0)
    assert all(contents(format, session, []).values())


def test_laps_cover_the_run_without_gap_or_overlap() -> None:
    windows = (Span(10.0, 20.0, "a"), Span(15.0, 30.0, "b"), Span(95.0, 200.0, "c"))
    laps = cut_into_laps(100.0, (50.0, 10.0, -1.0, 500.0), windows)
    assert [(lap.from_s, lap.to_s) for lap in laps] == [
        (0.0, 10.0),
        (10.0, 15.0),
        (15.0, 20.0),
        (20.0, 30.0),
        (30.0, 50.0),
        (50.0, 95.0),
        (95.0, 100.0),
    ]
    assert [lap.name for lap in laps] == ["", "a", "a, b", "b", "", "", "c"]
    assert cut_into_laps(0.0, ()) == (Span(0.0, 0.0),)
