"""Two sensors of a foot whose wires are exchanged, found by how the load moves over the sole.

While a sensor bears most, the others' centre of pressure lies towards where that sensor is. A line
from the sensors' places to these centres fits worse when two of them stand in each other's place.
"""

from itertools import combinations

import numpy as np

from softshoe.events import Array
from softshoe.rigs import Sensor

LEAST_GAIN = 0.05
USUAL_LENGTH_MM = 260.0


def exchanged(forces: Array, sensors: tuple[Sensor, ...]) -> tuple[int, int] | None:
    """The pair of a foot's (moments, sensors) forces that fits clearly better the other way round.

    None for sensors that bear nothing, or are too few to say.
    """
    forces = np.maximum(forces, 0.0)
    if len(sensors) < 4 or not forces.sum(axis=0).all():
        return None
    places = np.array([(s.x_pct / 100.0 * USUAL_LENGTH_MM, s.y_mm) for s in sensors])
    misfit = _misfit(forces, places)
    gains = {}
    for first, second in combinations(range(len(sensors)), 2):
        other = places.copy()
        other[[first, second]] = other[[second, first]]
        gains[first, second] = misfit - _misfit(forces, other)
    best = max(gains, key=lambda pair: gains[pair])
    return best if gains[best] > LEAST_GAIN else None


def _misfit(forces: Array, places: Array) -> float:
    """Of a line along and one across the foot: the unexplained share of each, 1 for a wrong way."""
    centres = _centres_beside(forces, places)
    return sum(_unexplained(places[:, axis], centres[:, axis]) for axis in (0, 1))


def _centres_beside(forces: Array, places: Array) -> Array:
    """(sensors, 2): the mean centre of pressure of all other sensors while this one bears load."""
    moments = forces @ places
    others = forces.sum(axis=1)[:, None] - forces
    weights = np.where(others > 0.0, forces / np.where(others > 0.0, others, 1.0), 0.0)
    centres = [
        ((moments - forces[:, [n]] * place) * weights[:, [n]]).sum(axis=0) / forces[:, n].sum()
        for n, place in enumerate(places)
    ]
    return np.array(centres)


def _unexplained(place: Array, centre: Array) -> float:
    place, centre = place - place.mean(), centre - centre.mean()
    spread = float(centre @ centre)
    along = float(place @ centre)
    if along <= 0.0 or spread == 0.0:
        return 1.0
    return 1.0 - along * along / (float(place @ place) * spread)
