"""What deck cells and insole sensors show of footfalls: exact sums first, then their faults.

Every function renders any stretch of samples from closed forms; only the noise is drawn, and each
stretch has its own random numbers, so how samples are cut into blocks changes nothing.
"""

from collections.abc import Iterable

import numpy as np
from numpy.random import Generator

from softshoe.events import Array
from softshoe_hw.insole_layout import DEFAULT_SENSORS
from softshoe_hw.simulator.footfall import Footfall
from softshoe_hw.simulator.parameters import Deck, Insoles
from softshoe_hw.simulator.sole import Shares

_CORNERS = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
_SENSORS = len(DEFAULT_SENSORS)


def deck_force(footfalls: Iterable[Footfall], t_s: Array) -> Array:
    """(rows, 1) newtons of all feet together."""
    force = np.zeros((len(t_s), 1))
    for footfall in footfalls:
        rows = _rows_on_ground(footfall, t_s)
        force[rows, 0] += footfall.load.force_n(t_s[rows] - footfall.start_s)
    return force


def deck_cells(footfalls: Iterable[Footfall], t_s: Array, deck: Deck, shares: Shares) -> Array:
    """(rows, 4) newtons: a stiff deck on four equal springs shares the force by its place."""
    cells = np.zeros((len(t_s), 4))
    for footfall in footfalls:
        rows = _rows_on_ground(footfall, t_s)
        since_s = t_s[rows] - footfall.start_s
        x = footfall.deck_x_mm(since_s) / deck.half_length_mm
        y = footfall.deck_y_mm(since_s, shares) / deck.half_width_mm
        arms = 1.0 + np.stack((x, y), axis=1) @ _CORNERS.T
        cells[rows] += arms * (footfall.load.force_n(since_s) / 4)[:, None]
    return cells


def insole_sensors(footfalls: Iterable[Footfall], t_s: Array, shares: Shares) -> Array:
    """(rows, 16) newtons: the left foot's sensors, then the right foot's."""
    sensors = np.zeros((len(t_s), 2 * _SENSORS))
    for footfall in footfalls:
        rows = _rows_on_ground(footfall, t_s)
        first = 0 if footfall.side == "left" else _SENSORS
        sensors[rows, first : first + _SENSORS] += sole_forces(
            footfall, t_s[rows] - footfall.start_s, shares
        )
    return sensors


def sole_forces(footfall: Footfall, t_s: Array, shares: Shares) -> Array:
    """(rows, 8) newtons of one foot, ``t_s`` seconds after it touched the ground."""
    shared = shares.at(footfall.sole_x_pct(t_s), footfall.heel_tilt)
    return shared * footfall.load.force_n(t_s)[:, None]


def disturb_deck(cells: Array, t_s: Array, deck: Deck, random: Generator) -> None:
    """Add zero, drift, the machine's vibration and noise; equal in all cells."""
    count = cells.shape[1]
    zero_n = deck.zero_n + deck.drift_n_per_min * t_s / 60
    vibration_n = deck.vibration_n * np.sin(2 * np.pi * deck.vibration_hz * t_s)
    cells += (zero_n + vibration_n)[:, None] / count
    cells += deck.noise_n / np.sqrt(count) * random.standard_normal(cells.shape)


def disturb_insoles(sensors: Array, t_s: Array, insoles: Insoles, random: Generator) -> None:
    """Add what the shoe presses, drift and noise to each sensor."""
    sensors += (insoles.preload_n + insoles.drift_n_per_min * t_s / 60)[:, None]
    sensors += insoles.noise_n * random.standard_normal(sensors.shape)


def _rows_on_ground(footfall: Footfall, t_s: Array) -> slice:
    start, end = np.searchsorted(t_s, (footfall.start_s, footfall.end_s))
    return slice(int(start), int(end))
