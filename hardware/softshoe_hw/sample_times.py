"""When each row of a table was sampled: its place in the row of samples, by index or by time.

``rate_hz`` is the truth; printed times are rounded. They only tell where rows are missing.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from softshoe.errors import InputError
from softshoe.events import Array, SampleBlock
from softshoe.rigs import Stream
from softshoe_hw.csv_table import Table

INDEX_COLUMN, SEGMENT_COLUMN = "index", "segment"
_GAP_SAMPLES = 1.5
_RATE_TOLERANCE = 0.1
_LATEST_S = 1e12


class Rows(Struct, frozen=True, eq=False):
    """For each row of a table: its time, its number in its segment, and the segment."""

    t_s: Array
    index: NDArray[np.int64]
    segment: NDArray[np.int64]


def sampled_rows(table: Table, rate_hz: float, time_column: str | None) -> Rows:
    """Where the rows belong. Without a time column they follow each other from zero."""
    rows = len(table.values)
    segment = np.zeros(rows, dtype=np.int64)
    if time_column is None:
        return Rows(np.arange(rows) / rate_hz, np.arange(rows), segment)
    t_s = _increasing(table, time_column)
    if INDEX_COLUMN in table.columns and SEGMENT_COLUMN in table.columns:
        return _counted_rows(table, t_s)
    return Rows(t_s, _index_from_times(table, t_s, rate_hz), segment)


def segments(table: Table, rows: Rows, values: Array, stream: Stream) -> tuple[SampleBlock, ...]:
    """One block for each segment, with a row of NaN for each row that is missing."""
    starts = np.flatnonzero(np.diff(rows.segment, prepend=rows.segment[0] - 1))
    blocks = []
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(values)], strict=True):
        index = rows.index[start:end]
        _refuse_mostly_missing(table, start, index)
        blocks.append(
            SampleBlock(
                stream=stream.name,
                first_index=int(index[0]),
                first_s=float(rows.t_s[start]),
                values=_spread(values[start:end], index - index[0]),
                segment=int(rows.segment[start]),
            )
        )
    return tuple(blocks)


def _increasing(table: Table, time_column: str) -> Array:
    t_s = table.column(time_column)
    is_time = np.abs(t_s) < _LATEST_S
    if not is_time.all():
        row = int(np.argmin(is_time))
        why = "is missing" if np.isnan(t_s[row]) else f"{t_s[row]:g} is no time"
        raise table.error(row, f"{time_column} {why}")
    steps = np.diff(t_s)
    if (steps <= 0).any():
        row = int(np.argmax(steps <= 0)) + 1
        raise table.error(row, f"{time_column} {t_s[row]:g} does not follow {t_s[row - 1]:g}")
    return t_s


def _counted_rows(table: Table, t_s: Array) -> Rows:
    index, segment = table.column(INDEX_COLUMN), table.column(SEGMENT_COLUMN)
    for name, counts in ((INDEX_COLUMN, index), (SEGMENT_COLUMN, segment)):
        whole = (counts >= 0) & (counts < 2**53) & (counts == np.floor(counts))
        if not whole.all():
            raise table.error(int(np.argmin(whole)), f"{name} is not a count")
    stuck = (np.diff(segment) < 0) | ((np.diff(segment) == 0) & (np.diff(index) <= 0))
    if stuck.any():
        row = int(np.argmax(stuck)) + 1
        raise table.error(row, f"index {index[row]:.0f} does not follow {index[row - 1]:.0f}")
    return Rows(t_s, index.astype(np.int64), segment.astype(np.int64))


def _index_from_times(table: Table, t_s: Array, rate_hz: float) -> NDArray[np.int64]:
    steps = np.diff(t_s) * rate_hz
    if len(steps) and abs(np.median(steps) - 1) > _RATE_TOLERANCE:
        printed_hz = rate_hz / np.median(steps)
        raise InputError(
            f"{table.path}: its times say {printed_hz:.4g} samples a second, "
            f"rate_hz says {rate_hz:.4g}"
        )
    whole = np.where(steps > _GAP_SAMPLES, np.rint(steps), 1)
    return np.concatenate(([0], np.cumsum(whole.astype(np.int64))))


def _refuse_mostly_missing(table: Table, start: int, index: NDArray[np.int64]) -> None:
    """Before memory is taken for rows that never were."""
    if index[-1] - index[0] + 1 > 2 * len(index):
        row = start + int(np.argmax(np.diff(index))) + 1
        raise table.error(row, "more than half of the samples are missing, most before this line")


def _spread(values: Array, rows: NDArray[np.int64]) -> Array:
    if rows[-1] + 1 == len(values):
        return np.ascontiguousarray(values)
    spread = np.full((int(rows[-1]) + 1, values.shape[1]), np.nan)
    spread[rows] = values
    return spread
