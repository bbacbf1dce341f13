"""A CSV is read whole and exactly, or refused in one line that names file and line."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from softshoe.errors import InputError
from softshoe_hw.csv_table import read_table


def written(folder: Path, content: str | bytes, name: str = "run.csv") -> Path:
    path = folder / name
    raw = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
    return path


@pytest.mark.parametrize("name", ["run.csv", "run.csv.gz"])
def test_numbers_and_empty_cells(tmp_path: Path, name: str) -> None:
    content = "t_s,a,b\n0,1.5,\n0.1,,-2e3\n0.2,,\n"
    table = read_table(written(tmp_path, content, name))
    assert table.columns == ("t_s", "a", "b")
    nan = np.nan
    np.testing.assert_array_equal(table.values, [[0, 1.5, nan], [0.1, nan, -2e3], [0.2, nan, nan]])
    assert table.warnings == ()


def test_an_empty_first_cell_is_a_missing_sample(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "a,b\n,2\n,4\n"))
    np.testing.assert_array_equal(table.column("b"), [2, 4])
    assert np.isnan(table.column("a")).all()


def test_windows_line_ends_byte_order_mark_and_quoted_names(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b'\xef\xbb\xbf"t_s", fz_n\r\n0,1\r\n1,2\r\n'))
    assert table.columns == ("t_s", "fz_n")
    np.testing.assert_array_equal(table.column("fz_n"), [1, 2])


def test_a_torn_last_line_is_left_out_and_said(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "t_s,a,b\n0,1,2\n1,3,4\n2,5"))
    assert len(table.values) == 2
    assert table.warnings == (
        f"{tmp_path}/run.csv, line 4: the last line is cut short and was left out",
    )


def test_a_last_line_without_its_end_counts(tmp_path: Path) -> None:
    assert len(read_table(written(tmp_path, "t_s,a\n0,1\n1,3")).values) == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", ": empty, it has no rows of samples"),
        ("t_s,fz_n\n", ": empty, it has no rows of samples"),
        ("t_s,fz_n\n\n\n", ": empty, it has no rows of samples"),
        ("t_s,fz_n\n0,1\n0.1,abc\n", ", line 3: fz_n is 'abc', not a number"),
        ("t_s,fz_n\n0,1\n0.1,1_0\n", ", line 3: fz_n is '1_0', not a number"),
        ("t_s,fz_n\n0,1\n0.1,2,3\n", ", line 3: 3 cells for 2 columns"),
        ("t_s,fz_n\n0,1\n0.1\n0.2,3\n", ", line 3: 1 cells for 2 columns"),
        ("t_s,fz_n\n0,1\n\n0.2,3\n", ", line 3: an empty line among the samples"),
        ("t_s,fz_n\n0,1\n0.1, \n", ", line 3: fz_n is ' ', not a number"),
        ("0,12.5\n1,13\n", ", line 1: numbers where the columns' names should be"),
        ("t_s;fz_n\n0;1\n", ", line 1: columns must be separated by commas"),
        ("t_s,fz_n,fz_n\n0,1,2\n", ", line 1: column 'fz_n' is there twice"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ", line 1: not text; a CSV file is needed"),
        (b"t_s,fz_n\n0,\xff\xfe\n", ", line 2: fz_n is '��', not a number"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, content: str | bytes, why: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(InputError) as refused:
        read_table(path)
    assert str(refused.value) == f"{path}{why}"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: there is no such file"):
        read_table(tmp_path / "none.csv")


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        read_table(tmp_path)


def test_a_gzip_file_cut_short(tmp_path: Path) -> None:
    path = written(tmp_path, "t_s,fz_n\n" + "0,1\n" * 5000, "run.csv.gz")
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(InputError, match="the gzip file is cut short"):
        read_table(path)


@pytest.mark.parametrize("damage", [b"not gzip at all", b"\x1f\x8b\x08" + b"\xff" * 40])
def test_a_damaged_gzip_file(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "run.csv.gz"
    path.write_bytes(damage)
    with pytest.raises(InputError, match=r"run\.csv\.gz: .*gzip"):
        read_table(path)
