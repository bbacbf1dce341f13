"""Tables of steps: every column, nothing invented, whole files only."""

import csv
import json
import sys
from pathlib import Path

import msgspec
import pytest

from softshoe.errors import InputError
from softshoe.events import Step
from softshoe.export.rows import COLUMNS
from softshoe.export.steps import steps_writer

FULL = Step(
    moment="final",
    session="s1",
    step=1,
    t_s=1.23456789,
    side="left",
    contact_ms=250.0,
    valr_bw_s=1 / 3,
    cop_path=((12.0, 1.5), (68.25, -3.0)),
    quality_reasons=("200 Hz", "gap"),
)
BARE = Step(moment="final", step=2, t_s=1.6)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_columns_are_the_fields_of_a_step_with_its_number_first() -> None:
    assert COLUMNS[:3] == ("step", "t_s", "side")
    assert sorted(COLUMNS) == sorted(Step.__struct_fields__)


def test_csv_holds_values_to_six_decimals_and_leaves_empty_what_is_not_known(
    tmp_path: Path,
) -> None:
    steps_writer("csv")([FULL, BARE], tmp_path / "run.steps.csv")
    full, bare = read_csv(tmp_path / "run.steps.csv")
    assert tuple(full) == COLUMNS
    assert (full["step"], full["t_s"], full["side"]) == ("1", "1.234568", "left")
    assert full["valr_bw_s"] == "0.333333"
    assert json.loads(full["cop_path"]) == [[12.0, 1.5], [68.25, -3.0]]
    assert json.loads(full["quality_reasons"]) == ["200 Hz", "gap"]
    known = {name: value for name, value in bare.items() if value != ""}
    assert known == {
        "step": "2",
        "t_s": "1.6",
        "moment": "final",
        "timing_quality": "good",
        "loading_quality": "good",
        "place_quality": "good",
    }


def test_a_run_without_steps_is_a_file_with_a_heading_only(tmp_path: Path) -> None:
    steps_writer("csv")([], tmp_path / "walk.steps.csv")
    assert (tmp_path / "walk.steps.csv").read_text() == ",".join(COLUMNS) + "\n"


def test_jsonl_reads_back_as_the_same_steps(tmp_path: Path) -> None:
    steps_writer("jsonl")([FULL, BARE], tmp_path / "run.steps.jsonl")
    lines = (tmp_path / "run.steps.jsonl").read_bytes().splitlines()
    full, bare = (msgspec.json.decode(line, type=Step) for line in lines)
    assert bare == BARE
    assert full == msgspec.structs.replace(FULL, t_s=1.234568, valr_bw_s=0.333333)


def test_parquet_has_a_type_for_every_column_even_an_empty_one(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    import pyarrow.parquet as parquet

    steps_writer("parquet")([FULL, BARE], tmp_path / "run.steps.parquet")
    table = parquet.read_table(tmp_path / "run.steps.parquet")
    assert tuple(table.column_names) == COLUMNS
    assert str(table.schema.field("step").type) == "int64"
    assert str(table.schema.field("flight_ms").type) == "double"
    assert str(table.schema.field("strike").type) == "string"
    assert table.column("cop_path").to_pylist() == [[[12.0, 1.5], [68.25, -3.0]], None]
    assert table.column("contact_ms").to_pylist() == [250.0, None]


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "softshoe.export.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install 'softshoe\[analysis\]'"):
        steps_writer("parquet")


def test_a_failed_write_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "run.steps.jsonl"
    path.write_text("old")
    with pytest.raises(TypeError):
        steps_writer("jsonl")([msgspec.structs.replace(BARE, session=object())], path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere/run\.csv: cannot be written"):
        steps_writer("csv")([BARE], tmp_path / "nowhere" / "run.csv")
