"""Every real recording can be read; none of them is in the repository."""

import os
from pathlib import Path

import numpy as np
import pytest

from softshoe_hw.recording import read_recording

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDER = Path(os.environ.get("SOFTSHOE_RECORDINGS", BESIDE))
FORMS = {
    "RBDS001runT25": ("deck4", 300, (9000, 3)),
    "RBDS001runT25_4cell": ("deck4", 300, (9000, 4)),
    "RBDS001runT25_insole": ("insoles", 300, (9000, 16)),
    "RBDS012runT25_fsr": ("insoles", 500, (14999, 16)),
    "RBDS012_fsr_calibration": ("insoles", 500, (22500, 16)),
    "alcantara_00": ("deck1", 500, (2480, 1)),
    "dryft_S001runT25_drift": ("deck1", 300, (9000, 1)),
    "walk_gaitpdb_GaCo01_01": ("insoles", 100, (12119, 16)),
    "walk_gatk_one_foot": ("deck1", 100, (5559, 1)),
    "walk_moticon_normal": ("insoles", 100, (1751, 32)),
    "walk_pedar": ("insoles", 100, (1505, 198)),
}
needs_recordings = pytest.mark.skipif(
    not (FOLDER / "golden.csv").is_file(),
    reason=f"no real recordings in {FOLDER}: set SOFTSHOE_RECORDINGS to their folder",
)


@needs_recordings
@pytest.mark.parametrize("name", FORMS)
def test_each_kind_of_recording(name: str) -> None:
    recording = read_recording(FOLDER / f"{name}.csv.gz")
    track = recording.tracks[0]
    rig, rate_hz, shape = FORMS[name]
    assert recording.rig.name == rig
    assert track.stream.rate_hz == rate_hz
    assert track.whole.values.shape == shape
    assert recording.warnings == ()


@needs_recordings
def test_a_hole_in_the_times_is_missing_rows_not_a_shift() -> None:
    """Of the walk with 16 sensors a foot one line was lost by whoever recorded it."""
    track = read_recording(FOLDER / "walk_moticon_normal.csv.gz").tracks[0]
    lost = np.isnan(track.whole.values).all(axis=1)
    assert np.flatnonzero(lost).tolist() == [1644]


@needs_recordings
def test_counts_come_with_what_explains_them() -> None:
    run = read_recording(FOLDER / "RBDS012runT25_fsr.csv.gz")
    assert run.tracks[0].stream.unit == "counts"
    assert run.tracks[0].fsr is not None
    assert run.tracks[0].fsr.bits == 10
    assert run.calibration == "RBDS012_fsr_calibration"
    calibration = read_recording(FOLDER / f"{run.calibration}.csv.gz")
    assert [phase.name for phase in calibration.phases] == [
        "unloaded",
        "left_foot",
        "right_foot",
        "both_feet",
    ]
