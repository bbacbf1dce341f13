"""Short gaps are bridged by a straight line, long ones stay empty, however the rows come."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from softshoe.gait.gaps import Gap, GapBridge


def feed(values: list[float], cuts: list[int]) -> tuple[list[float], list[Gap]]:
    bridge, rows, gaps = GapBridge(500.0), [], []
    for start, end in zip([0, *cuts], [*cuts, len(values)], strict=True):
        if end > start:
            out, found = bridge.feed(np.array(values[start:end])[:, None])
            gaps += [Gap(len(rows) + g.start, len(rows) + g.end, g.bridged) for g in found]
            rows += out[:, 0].tolist()
    return rows, gaps


def test_ten_samples_at_500_hz_are_bridged() -> None:
    rows, gaps = feed([0.0] + [np.nan] * 10 + [11.0], [])
    np.testing.assert_allclose(rows, np.arange(12.0))
    assert gaps == [Gap(1, 11, bridged=True)]


def test_eleven_are_not() -> None:
    rows, gaps = feed([0.0] + [np.nan] * 11 + [12.0], [])
    assert np.isnan(rows[1:12]).all()
    assert gaps == [Gap(1, 12, bridged=False)]


def test_absurd_samples_are_gaps() -> None:
    rows, gaps = feed([0.0, np.inf, -1e300, 3.0], [])
    assert rows == [0.0, 1.0, 2.0, 3.0]
    assert gaps == [Gap(1, 3, bridged=True)]


def test_a_gap_at_the_start_has_nothing_to_hold_on_to() -> None:
    rows, gaps = feed([np.nan, np.nan, 1.0], [])
    assert np.isnan(rows[:2]).all()
    assert not gaps[0].bridged


def test_a_gap_at_the_end_waits() -> None:
    rows, gaps = feed([1.0, np.nan], [])
    assert rows == [1.0]
    assert gaps == []


@given(
    st.lists(st.tuples(st.integers(1, 15), st.integers(1, 15)), min_size=1, max_size=6),
    st.lists(st.integers(0, 150), max_size=6),
)
def test_cuts_do_not_matter(runs: list[tuple[int, int]], cuts: list[int]) -> None:
    values: list[float] = []
    for good, bad in runs:
        values += np.random.default_rng(len(values)).normal(size=good).tolist() + [np.nan] * bad
    values.append(0.0)
    whole, gaps = feed(values, [])
    parts, found = feed(values, sorted(min(cut, len(values)) for cut in cuts))
    np.testing.assert_array_equal(parts, whole)
    covered = {i for gap in gaps for i in range(gap.start, gap.end)}
    assert {i for gap in found for i in range(gap.start, gap.end)} == covered
