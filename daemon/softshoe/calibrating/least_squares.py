"""Least squares with coefficients that are not negative (Lawson & Hanson 1974, chapter 23)."""

import numpy as np
from numpy.typing import NDArray

from softshoe.events import Array

_TOLERANCE = 1e-10


def non_negative(matrix: Array, target: Array) -> Array:
    """The x >= 0 for which |matrix @ x - target| is smallest."""
    matrix, target = _few_rows(matrix, target)
    x = np.zeros(matrix.shape[1])
    free: NDArray[np.bool_] = np.zeros(len(x), dtype=bool)
    tolerance = _TOLERANCE * float(np.abs(matrix).sum() or 1.0) * float(np.abs(target).max())
    for _ in range(3 * len(x)):
        pull = np.where(free, -np.inf, matrix.T @ (target - matrix @ x))
        if pull.max() <= tolerance:
            break
        free[int(np.argmax(pull))] = True
        x = _solve_within(matrix, target, x, free)
    return x


def _few_rows(matrix: Array, target: Array) -> tuple[Array, Array]:
    """As many rows as there are unknowns, and one, with the same distances but for a constant."""
    both: Array = np.column_stack((matrix, target))
    if len(both) > both.shape[1]:
        both = np.asarray(np.linalg.qr(both, mode="r"))
    return both[:, :-1], both[:, -1]


def _solve_within(matrix: Array, target: Array, x: Array, free: NDArray[np.bool_]) -> Array:
    """Move x to the best of the free ones, as far as none of them becomes negative."""
    while True:
        best = np.zeros_like(x)
        best[free] = np.linalg.lstsq(matrix[:, free], target, rcond=None)[0]
        below = free & (best <= 0.0)
        if not below.any():
            return best
        share = float(np.min(x[below] / (x[below] - best[below])))
        x = x + share * (best - x)
        free &= x > _TOLERANCE * float(x.max())
        x[~free] = 0.0
