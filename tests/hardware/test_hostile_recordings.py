"""Whatever is in the files: a recording, or one line that says why not. Never anything else."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from softshoe.errors import InputError
from softshoe_hw.recording import read_recording

CELLS = st.one_of(
    st.sampled_from(
        ["", "0", "0.01", "-1", "nan", "inf", "1e308", "-1e308", "1e400", "abc", '"1"']
    ),
    st.floats(allow_nan=False, width=32).map(str),
    st.text(max_size=3),
)
NAMES = st.sampled_from(
    ["t_s", "fz_n", "cop_x_mm", "l1", "r1", "l99", "fl_n", "index", "segment", "", "é"]
)
TABLES = st.builds(
    lambda names, rows: "\n".join([",".join(names), *(",".join(row) for row in rows)]).encode(),
    st.lists(NAMES, min_size=1, max_size=5),
    st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6),
)
KEYS = st.sampled_from(
    ["kind", "rate_hz", "unit", "belt_m_s", "sensors", "half_length_mm", "bits", "phases", "x"]
)
VALUES = st.sampled_from(
    [
        '"deck"',
        '"insoles"',
        "100",
        "1e-300",
        "nan",
        "-1",
        "[]",
        "[{}]",
        "{ name = 1 }",
        "true",
        "1979-05-27",
    ]
)
SIDECARS = st.builds(
    lambda tables: "\n".join(
        f"[{name}]\n" + "\n".join(f"{key} = {value}" for key, value in keys.items())
        for name, keys in tables.items()
    ).encode(),
    st.dictionaries(
        st.sampled_from(["recording", "deck", "insole", "fsr", "calibration", "board"]),
        st.dictionaries(KEYS, VALUES, max_size=4),
        max_size=3,
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    samples=st.one_of(TABLES, st.binary(max_size=60)),
    sidecar=st.one_of(st.none(), SIDECARS, st.just(b"[recording]\nrate_hz=100"), st.binary()),
    name=st.sampled_from(["run.csv", "run.csv.gz"]),
)
def test_any_bytes(samples: bytes, sidecar: bytes | None, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(samples)
        if sidecar is not None:
            (Path(folder) / "run.toml").write_bytes(sidecar)
        try:
            recording = read_recording(path)
        except InputError:
            return
        values = [track.whole.values for track in recording.tracks]
        assert all(np.nanmax(np.abs(one)) <= 1e9 for one in values)


@settings(max_examples=100, deadline=None)
@given(
    times=st.lists(st.floats(allow_nan=False), min_size=1, max_size=6).map(sorted),
    counted=st.booleans(),
    counts=st.lists(st.floats(allow_nan=False), min_size=12, max_size=12),
)
def test_any_times(times: list[float], counted: bool, counts: list[float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.csv"
        rows = [f"{t_s},700,{counts[i]},{counts[-i]}" for i, t_s in enumerate(times)]
        extra = "index,segment" if counted else "a,b"
        path.write_text("\n".join([f"t_s,fz_n,{extra}", *rows]))
        path.with_suffix(".toml").write_text('[recording]\nkind = "deck"\nrate_hz = 100\n')
        try:
            recording = read_recording(path)
        except InputError:
            return
        assert sum(len(one.values) for one in recording.tracks[0].segments) <= 2 * len(times)
