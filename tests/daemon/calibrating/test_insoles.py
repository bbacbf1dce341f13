"""Insoles whose sensors are known to nobody but the test: gains found, bad sensors named."""

import re

import numpy as np
import pytest
from msgspec.structs import replace
from tests.daemon.calibrating.standing_insole import (
    CIRCUIT,
    WEIGHT_N,
    Insole,
    as_phases,
    insole_rig,
)

from softshoe.calibrating.feet import BOTH_FEET, LEFT_FOOT, RIGHT_FOOT
from softshoe.calibrating.procedure import Subject, calibrate
from softshoe.calibrations import Calibration, Check, FsrCircuit, FsrScale
from softshoe.errors import InputError
from softshoe.events import Array

REFERENCE = FsrCircuit()
"""Of the reference board: 10 bits."""
SUBJECT = Subject(rig=insole_rig(), weight_n=WEIGHT_N, circuit=CIRCUIT)


def calibrated(counts: dict[str, Array], subject: Subject = SUBJECT) -> Calibration:
    (found,) = calibrate(subject, as_phases(counts, SUBJECT.rig), "today", "2026-03-01T09:00:00Z")
    return found


def failed(calibration: Calibration) -> dict[str, Check]:
    return {check.item: check for check in calibration.checks if not check.passed}


@pytest.mark.parametrize("power", [0.85, 1.0, 1.1, 1.25])
@pytest.mark.parametrize(("seed", "circuit"), [(3, CIRCUIT), (11, REFERENCE)])
def test_gains_are_recovered_within_5_percent(power: float, seed: int, circuit: FsrCircuit) -> None:
    gains_n = 300 * np.random.default_rng(seed).uniform(0.6, 1.4, 16)
    insole = Insole(power=power, gains_n=gains_n, circuit=circuit)
    found = calibrated(insole.standing(), replace(SUBJECT, circuit=circuit))
    assert isinstance(found.found, FsrScale)
    assert found.found.power == pytest.approx(power, abs=0.02)
    assert found.found.gains_n == pytest.approx(insole.gains_n, rel=0.05)
    assert found.passed, failed(found)
    assert found.residual_pct is not None
    assert found.residual_pct < 1.0
    assert (found.board, found.name, found.weight_n) == ("pair", "today", WEIGHT_N)


def test_a_board_for_each_foot_keeps_its_own_sensors() -> None:
    insole, rig = Insole(), insole_rig(boards=2)
    subject = Subject(rig=rig, weight_n=WEIGHT_N, circuit=CIRCUIT)
    both = calibrate(subject, as_phases(insole.standing(), rig, late_s=0.0007), "today")
    assert [each.board for each in both] == ["board-l", "board-r"]
    assert [each.name for each in both] == ["today.board-l.fsr", "today.board-r.fsr"]
    for each, own in zip(both, (slice(0, 8), slice(8, 16)), strict=True):
        assert isinstance(each.found, FsrScale)
        assert each.found.gains_n == pytest.approx(insole.gains_n[own], rel=0.05)
        assert each.passed
        assert len([check for check in each.checks if "N at 1 mS" in check.found]) == 8


def spoil(what: str, counts: dict[str, Array]) -> None:
    for values in counts.values():
        if what == "dead":
            values[:, 3] = 0
        elif what == "stuck":
            values[:, 3] = 1400
        elif what == "full":
            values[:, 3] = 4095
        elif what == "exchanged":
            values[:, [3, 7]] = values[:, [7, 3]]
        elif what == "crossed":
            values[:, [3, 11]] = values[:, [11, 3]]
        elif what == "pressed":
            values[:, 3] = np.maximum(values[:, 3], 1500)
        elif what == "noisy":
            random = np.random.default_rng(8)
            values[:, 3] = np.abs(values[:, 3] + random.normal(0, 600, len(values)))


@pytest.mark.parametrize(
    ("what", "advice", "also"),
    [
        ("dead", "dead: shows nothing", set()),
        ("stuck", "stuck", set()),
        ("full", "full scale", set()),
        ("exchanged", r"place of left l8 \(hallux\)", {"left l8 (hallux)"}),
        ("crossed", "wrong side", {"right r4 (arch)"}),
        ("pressed", "pressed without load", set()),
        ("noisy", "noisy", set()),
    ],
)
def test_a_bad_sensor_is_named(what: str, advice: str, also: set[str]) -> None:
    counts = Insole().standing()
    spoil(what, counts)
    bad = failed(calibrated(counts))
    sensors = {item for item in bad if "(" in item}
    assert sensors == {"left l4 (arch)", *also}
    assert re.search(advice, bad["left l4 (arch)"].advice)


def test_insoles_on_the_wrong_feet_are_told() -> None:
    counts = Insole().standing()
    counts[LEFT_FOOT], counts[RIGHT_FOOT] = counts[RIGHT_FOOT], counts[LEFT_FOOT]
    bad = failed(calibrated(counts))
    assert "the whole insole, is on the wrong side" in bad["left l1 (heel_med)"].advice


def test_who_holds_on_is_told_to_repeat() -> None:
    insole = Insole()
    counts = insole.standing()
    counts[BOTH_FEET][2500:] = insole.counts(np.full((2500, 16), 10.0))
    assert {"standing"} <= set(failed(calibrated(counts)))


def test_a_phase_that_is_missing_is_named() -> None:
    counts = Insole().standing()
    del counts[BOTH_FEET]
    with pytest.raises(InputError, match=r"pair: nothing was measured in the phase both_feet"):
        calibrated(counts)


def test_a_phase_that_is_too_short_is_named() -> None:
    counts = Insole().standing()
    counts[LEFT_FOOT] = counts[LEFT_FOOT][:1000]
    with pytest.raises(InputError, match="left_foot has too few good samples"):
        calibrated(counts)
