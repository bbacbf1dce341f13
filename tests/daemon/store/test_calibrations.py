"""Calibrations: the newest of a board and kind holds, kept with all that was found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from softshoe.calibrations import (
    Calibration,
    CellScale,
    Check,
    Found,
    FsrCircuit,
    FsrScale,
    Resonance,
)
from softshoe.errors import StoreError
from softshoe.hub import Hub
from softshoe.store.calibrations import claimed
from softshoe.store.queries import Runs
from softshoe.store.writer import StoreWriter

INSOLE = FsrScale(
    circuit=FsrCircuit(bits=12), power=1.04, zeros_ms=(0.001, 0.002), gains_n=(300.0, 250.0)
)


def named(name: str, board: str, found: Found) -> Calibration:
    return Calibration(
        name=name,
        board=board,
        at="2026-03-01T09:00:00Z",
        found=found,
        weight_n=700.0,
        residual_pct=1.2,
        checks=(Check(item="l1", passed=False, found="0 N", advice="look at its wire"),),
    )


def cells(gain: float) -> CellScale:
    return CellScale(zeros_counts=(10.0,), newtons_per_count=(gain,))


def keep(path: Path, calibrations: list[Calibration]) -> None:
    with claimed(path) as keeper:
        keeper.keep(calibrations)


def test_comes_back_as_it_was_kept(path: Path) -> None:
    calibration = named("monday", "left-1", INSOLE)
    keep(path, [calibration])
    assert Runs(path).calibration("left-1", "fsr") == calibration


def test_the_newest_of_a_board_and_kind_holds(path: Path) -> None:
    ring = named("ring", "deck", Resonance(fn_hz=61.0, zeta=0.04))
    keep(path, [named("old", "deck", cells(1.0)), ring])
    keep(path, [named("new", "deck", cells(2.0)), named("other", "left-1", INSOLE)])
    runs = Runs(path)
    newest = runs.calibration("deck", "cells")
    assert newest is not None
    assert newest.name == "new"
    assert runs.calibration("deck", "fsr") is None
    assert {each.name for each in runs.calibrations(["deck"])} == {"new", "ring"}
    assert runs.calibrations([]) == ()


def test_the_daemon_keeps_what_is_published(writer: StoreWriter, hub: Hub, path: Path) -> None:
    calibration = named("page", "deck", cells(3.0))
    hub.publish(calibration, 0.0)
    writer.take(0.0)
    writer.commit_if_due()
    assert Runs(path).calibration("deck", "cells") == calibration


def test_a_file_that_a_daemon_writes_is_left_alone(
    open_writer: Callable[[], StoreWriter], path: Path
) -> None:
    open_writer()
    with pytest.raises(StoreError, match="stop that one first"), claimed(path):
        pass
