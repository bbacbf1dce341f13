"""The picture shows what it is given: force, contacts with their side, peaks."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from softshoe.events import Array, Step

pytest.importorskip("matplotlib", reason="matplotlib is not installed")

from matplotlib.image import imread

from softshoe.export.plot import write_plot
from softshoe.export.trace import Trace

T_S = np.arange(0, 12, 0.002)
FORCE = np.maximum(0.0, 1500 * np.sin(2 * np.pi * T_S / 0.7))


def steps(*sides: str) -> list[Step]:
    return [
        Step(
            moment="final",
            t_s=0.7 * number,
            side=side,  # type: ignore[arg-type]
            contact_ms=350.0,
            impact_peak_bw=1.0,
            impact_time_ms=40.0,
            active_peak_bw=2.0,
            active_time_pct=50.0,
        )
        for number, side in enumerate(sides)
    ]


def draw(path: Path, drawn: list[Step], body_weight_n: float | None = 700.0) -> Array:
    write_plot([Trace("force (N)", T_S, FORCE)], drawn, body_weight_n, path)
    return np.asarray(imread(path), dtype=float)


def test_twelve_seconds_are_three_rows_and_contacts_peaks_and_sides_change_the_picture(
    tmp_path: Path,
) -> None:
    bare = draw(tmp_path / "bare.png", [])
    left = draw(tmp_path / "left.png", steps("left"))
    right = draw(tmp_path / "right.png", steps("right"))
    without_peaks = draw(tmp_path / "weightless.png", steps("left"), body_weight_n=None)
    assert bare.shape[:2] == (700, 1400)
    assert not np.array_equal(bare, left)
    assert not np.array_equal(left, right)
    assert not np.array_equal(left, without_peaks)
    assert sorted(tmp_path.iterdir()) == sorted(tmp_path.glob("*.png"))


def test_a_contact_on_the_edge_of_a_row_is_marked_in_both(tmp_path: Path) -> None:
    (step,) = steps("left")
    edge = replace(step, t_s=4.9, impact_peak_bw=None, active_peak_bw=None)
    changed = (draw(tmp_path / "edge.png", [edge]) != draw(tmp_path / "bare.png", [])).any(axis=2)
    rows_of_pixels = np.flatnonzero(changed.any(axis=1))
    assert rows_of_pixels[0] < 700 / 3 < rows_of_pixels[-1]


def test_a_long_recording_keeps_to_twelve_rows(tmp_path: Path) -> None:
    t_s = np.arange(0, 600, 0.1)
    write_plot([Trace("force (N)", t_s, np.sin(t_s))], [], None, tmp_path / "long.png")
    assert imread(tmp_path / "long.png").shape[0] == 2500
