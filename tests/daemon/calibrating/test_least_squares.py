"""Non-negative least squares against scipy's, and where its own definition can be seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import nnls

from softshoe.calibrating.least_squares import non_negative


@given(
    seed=st.integers(0, 10_000),
    rows=st.integers(1, 40),
    columns=st.integers(1, 12),
    likeness=st.floats(0, 0.99),
)
def test_is_as_good_as_scipy(seed: int, rows: int, columns: int, likeness: float) -> None:
    random = np.random.default_rng(seed)
    matrix = (1 - likeness) * random.normal(size=(rows, columns)) + likeness
    target = random.normal(size=rows)
    mine = non_negative(matrix, target)
    best, distance = nnls(matrix, target)
    assert (mine >= 0).all()
    assert np.linalg.norm(matrix @ mine - target) == pytest.approx(distance, rel=1e-6, abs=1e-9)
    if rows >= columns and np.linalg.cond(matrix) < 1e3:
        assert mine == pytest.approx(best, rel=1e-5, abs=1e-7)


def test_a_column_of_nothing_stays_zero() -> None:
    matrix = np.array([[1.0, 0.0], [2.0, 0.0]])
    assert non_negative(matrix, np.array([2.0, 4.0])).tolist() == [2.0, 0.0]


def test_nothing_to_explain() -> None:
    assert non_negative(np.ones((3, 2)), np.zeros(3)).tolist() == [0.0, 0.0]
