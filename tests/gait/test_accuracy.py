"""The whole of gait against what the simulator knows, at 1000 Hz: the limits that are promised."""

import numpy as np
import pytest
from tests.bench.simulated import PEOPLE, errors, pairs

from softshoe.events import Array
from softshoe_hw.simulator.parameters import RigName
from softshoe_hw.simulator.truth import true_steps

RUN_S = 20.0
RATE_HZ = 1000.0
RIGS: tuple[RigName, ...] = ("deck1", "deck4", "insoles")
LIMITS = {
    "contact_ms": 2.0,
    "flight_ms": 2.0,
    "active_peak_bw": 1.0,
    "valr_bw_s": 5.0,
    "vilr_bw_s": 5.0,
    "reach_ahead_mm": 10.0,
    "reach_behind_mm": 10.0,
    "strike_index_pct": 3.0,
}
UNKNOWN = {
    "deck1": {"reach_ahead_mm", "reach_behind_mm", "strike_index_pct"},
    "deck4": set(),
    "insoles": {"reach_behind_mm"},
}


def sizes(rig: RigName, metric: str) -> Array:
    return np.abs(errors(pairs(rig, RATE_HZ, RUN_S), metric))


@pytest.mark.parametrize("metric", LIMITS)
@pytest.mark.parametrize("rig", RIGS)
def test_steps_are_within_the_promised_limits(rig: RigName, metric: str) -> None:
    error = sizes(rig, metric)
    if metric in UNKNOWN[rig]:
        assert len(error) == 0
        return
    assert len(error) >= 0.9 * len(pairs(rig, RATE_HZ, RUN_S))
    assert np.percentile(error, 95) < LIMITS[metric]


@pytest.mark.parametrize("rig", RIGS)
def test_no_step_is_lost_but_the_first_and_last_few(rig: RigName) -> None:
    numbers = [truth.step or 0 for _, truth in pairs(rig, RATE_HZ, RUN_S)]
    runs = np.split(numbers, np.flatnonzero(np.diff(numbers) < 0) + 1)
    assert len(runs) == len(PEOPLE)
    for run, person in zip(runs, PEOPLE, strict=True):
        true = len(list(true_steps(person, rig, RUN_S)))
        assert run[0] <= 3
        assert run[-1] >= true - 2
        assert np.all(np.diff(run) == 1)


@pytest.mark.parametrize("rig", ["deck4", "insoles"])
def test_sides_and_strike_are_right_or_not_said(rig: RigName) -> None:
    found = pairs(rig, RATE_HZ, RUN_S)
    said = [(step.side, truth.side) for step, truth in found if step.side in ("left", "right")]
    assert len(said) > 0.9 * len(found)
    assert all(side == true for side, true in said)
    strikes = [(step.strike, truth.strike) for step, truth in found if step.strike]
    assert len(strikes) > 0.9 * len(found)
    assert all(strike == true for strike, true in strikes)
