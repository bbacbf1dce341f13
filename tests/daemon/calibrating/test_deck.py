"""Load cells of unknown zero and gain: both found, and a bad cell named by its corner."""

import numpy as np
import pytest

from softshoe.calibrating.phases import Phases, Samples
from softshoe.calibrating.procedure import Subject, calibrate
from softshoe.calibrations import Calibration, CellScale, Check
from softshoe.errors import InputError
from softshoe.events import Array
from softshoe.gait.scale import newtons
from softshoe.rigs import DeckLayout, Rig, Stream

WEIGHT_N = 650.0
NAMES = ("fl_n", "fr_n", "rl_n", "rr_n")
DECK = Stream(
    "deck", 1000.0, NAMES, "counts", deck=DeckLayout("four_cell", 800.0, 280.0), board="deck-7"
)
SUBJECT = Subject(rig=Rig((DECK,)), weight_n=WEIGHT_N)
ZEROS = np.array([12_000.0, -3_000.0, 500.0, 90_000.0])
PER_COUNT = np.array([0.0011, 0.0009, -0.0010, 0.0013])  # the third is wired the other way round
PLACES = {
    "empty": (0.0, 0.0, 0.0),
    "front_left": (0.8, 0.7, 1.0),
    "front_right": (0.7, -0.8, 1.0),
    "rear_left": (-0.8, 0.8, 1.0),
    "rear_right": (-0.7, -0.7, 1.0),
    "middle": (0.05, 0.1, 1.0),
}


def on_corners(forward: float, left: float, bears: float) -> Array:
    """Newtons of a stiff deck's cells when the weight stands at a share of its half sides."""
    arms = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]]) @ (forward, left)
    return bears * WEIGHT_N / 4 * (1 + arms)


def measured(noise_n: float = 1.0) -> dict[str, Array]:
    random = np.random.default_rng(2)
    return {
        name: ZEROS + (on_corners(*place) + random.normal(0, noise_n, (4000, 4))) / PER_COUNT
        for name, place in PLACES.items()
    }


def as_phases(counts: dict[str, Array]) -> Phases:
    times = np.arange(4000) / 1000.0
    return {
        name: {"deck": Samples(10.0 * number + times[: len(values)], values)}
        for number, (name, values) in enumerate(counts.items())
    }


def calibrated(counts: dict[str, Array]) -> Calibration:
    (found,) = calibrate(SUBJECT, as_phases(counts), "today")
    return found


def failed(calibration: Calibration) -> dict[str, Check]:
    return {check.item: check for check in calibration.checks if not check.passed}


def test_zero_and_gain_of_every_cell_are_found() -> None:
    found = calibrated(measured())
    assert isinstance(found.found, CellScale)
    assert found.found.zeros_counts == pytest.approx(ZEROS, abs=100)
    assert found.found.newtons_per_count == pytest.approx(PER_COUNT, rel=0.05)
    assert found.passed, failed(found)
    assert (found.board, found.kind) == ("deck-7", "cells")
    shown = newtons(measured()["middle"], found.found)
    assert shown.mean(axis=0) == pytest.approx(on_corners(*PLACES["middle"]), abs=10)


def test_one_cell_needs_one_place() -> None:
    stream = Stream("deck", 1000.0, ("fz_n",), "counts", deck=DeckLayout("force"))
    counts = {"empty": np.full((4000, 1), 40.0), "loaded": np.full((4000, 1), 340.0)}
    subject = Subject(rig=Rig((stream,)), weight_n=600.0)
    (found,) = calibrate(subject, as_phases(counts), "today")
    assert isinstance(found.found, CellScale)
    assert found.found.newtons_per_count == pytest.approx([2.0])
    assert (found.board, found.passed) == ("deck", True)


@pytest.mark.parametrize(
    ("what", "item", "advice"),
    [
        ("exchanged", "cell front right", "bears most when the weight stands rear left"),
        ("saturated", "cell rear right", "reads full scale"),
        ("noisy", "cell front left", "when empty"),
        ("moving", "standing", "stand still"),
        ("touching", "middle", "touches something"),
    ],
)
def test_what_is_wrong_is_named(what: str, item: str, advice: str) -> None:
    counts = measured()
    if what == "exchanged":
        counts = {name: values[:, [0, 2, 1, 3]] for name, values in counts.items()}
    elif what == "saturated":
        counts["rear_right"][1500:1600, 3] = 2.0**23 - 1
    elif what == "noisy":
        counts["empty"][:, 0] += np.random.default_rng(1).normal(0, 30_000, 4000)
    elif what == "moving":
        counts["rear_left"] = (
            ZEROS + (counts["rear_left"] - ZEROS) * np.linspace(0.9, 1.1, 4000)[:, None]
        )
    else:
        counts["middle"] = ZEROS + (counts["middle"] - ZEROS) * 0.95
    assert advice in failed(calibrated(counts))[item].advice


def test_standing_in_one_place_only_is_refused() -> None:
    counts = measured()
    for place in PLACES:
        counts[place] = counts["front_left"]
    with pytest.raises(InputError, match="deck-7: the cells cannot be told apart"):
        calibrated({name: np.round(values) for name, values in counts.items()})


def test_a_deck_in_newtons_has_nothing_to_calibrate() -> None:
    stream = Stream("deck", 1000.0, ("fz_n",), "N", deck=DeckLayout("force"))
    with pytest.raises(InputError, match="gives newtons already"):
        calibrate(Subject(rig=Rig((stream,)), weight_n=600.0), {}, "today")
