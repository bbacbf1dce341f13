"""Gains of all sensors of both feet, from standing: their sum is body weight at every moment.

Force of a sensor: gain · (G^power - G0^power), G its conductance in mS, G0 the same without load.
The power is common: with a wrong one, one foot that bears all and two that share do not agree.
Sensors beside each other bear load together, so their gains are hard to tell apart; they are drawn
to the common gain, the more the worse the fit is.
"""

import numpy as np
from msgspec import Struct

from softshoe.calibrating.feet import BOTH_FEET, LEFT_FOOT, RIGHT_FOOT, Feet
from softshoe.calibrating.least_squares import non_negative
from softshoe.errors import InputError
from softshoe.events import Array

POWERS = np.arange(60, 161) / 100.0
GAIN_SPREAD = 0.4
"""How much the gains of sensors of one kind differ (relative standard deviation)."""
INDEPENDENT = 15
"""Of so many moments of a roll are the errors of standing independent: it is slow."""
FEWEST_BINS = 60


class InsoleFit(Struct, frozen=True, eq=False):
    """The scale of both feet, and how well it explains the standing."""

    power: float
    gains_n: Array
    forces_n: dict[str, Array]
    """By phase, (bins, sensors)."""
    residual_pct: float


def fit_insoles(feet: Feet, weight_n: float) -> InsoleFit:
    """Power first, then gains. Raises InputError when there is too little standing."""
    stood = {name: _sound(rows, name) for name, rows in feet.stood.items()}
    loads = _one_foot_at_a_time(feet, stood)
    draw = GAIN_SPREAD / 100.0 / np.sqrt(INDEPENDENT)
    costs = [_relative_gains(loads, feet.zeros, power, draw)[2] for power in POWERS]
    power = float(POWERS[int(np.argmin(costs))])
    draw = min(costs) / GAIN_SPREAD / np.sqrt(INDEPENDENT)
    common, relative, residual = _relative_gains(loads, feet.zeros, power, draw)
    gains_n = weight_n * common * relative
    zeros = feet.zeros**power
    return InsoleFit(
        power=power,
        gains_n=gains_n,
        forces_n={name: gains_n * (rows**power - zeros) for name, rows in stood.items()},
        residual_pct=100.0 * residual,
    )


def _sound(rows: Array, phase: str) -> Array:
    rows = rows[np.isfinite(rows).all(axis=1)]
    if len(rows) < FEWEST_BINS:
        raise InputError(f"the phase {phase} has too few good samples; repeat it for longer")
    return rows


def _one_foot_at_a_time(feet: Feet, stood: dict[str, Array]) -> Array:
    """(bins, sensors): while one foot stands the other reads its zero, whatever it touches."""
    left, right = stood[LEFT_FOOT].copy(), stood[RIGHT_FOOT].copy()
    left[:, feet.of_foot(1)] = feet.zeros[feet.of_foot(1)]
    right[:, feet.of_foot(0)] = feet.zeros[feet.of_foot(0)]
    return np.concatenate((left, right, stood[BOTH_FEET]))


def _relative_gains(
    loads: Array, zeros: Array, power: float, draw: float
) -> tuple[float, Array, float]:
    """(common gain for a weight of 1, gains relative to it, RMS of what the sum is off 1).

    ``draw`` weighs a gain's deviation from the common one against a moment's from the weight.
    """
    shown = loads**power - zeros**power
    sums = shown.sum(axis=1)
    common = float(sums.sum() / (sums * sums).sum())
    matrix = common * shown
    moments, sensors = matrix.shape
    pull = draw * np.sqrt(moments)
    rows = np.concatenate((matrix, pull * np.eye(sensors)))
    target = np.concatenate((np.ones(moments), np.full(sensors, pull)))
    relative = non_negative(rows, target)
    residual = float(np.sqrt(np.mean((matrix @ relative - 1.0) ** 2)))
    return common, relative, residual
