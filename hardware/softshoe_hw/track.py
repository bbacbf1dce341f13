"""One stream's samples out of a table, refused when they cannot be meant."""

import numpy as np
from msgspec import Struct

from softshoe.errors import InputError
from softshoe.events import Array, SampleBlock
from softshoe.rigs import Stream
from softshoe_hw.channels import Channels
from softshoe_hw.csv_table import Table
from softshoe_hw.sample_times import sampled_rows, segments
from softshoe_hw.sidecar import Fsr

_LARGEST = {"N": 1e5, "kPa": 1e5, "N/cm2": 1e4, "counts": 2.0**32}
_LARGEST_PLACE = 1e9


class Track(Struct, frozen=True, eq=False):
    """All samples of one stream: one block for each time its board started. Not converted."""

    stream: Stream
    segments: tuple[SampleBlock, ...]
    fsr: Fsr | None = None

    @property
    def whole(self) -> SampleBlock:
        """The only segment."""
        if len(self.segments) > 1:
            raise InputError(f"{self.stream.name}: its board restarted, there is no single whole")
        return self.segments[0]

    @property
    def end_s(self) -> float:
        last = self.segments[-1]
        return last.first_s + len(last.values) / self.stream.rate_hz


def track_of(table: Table, channels: Channels, time_column: str | None, fsr: Fsr | None) -> Track:
    """The samples of ``channels``; InputError when they are nonsense or mostly not there."""
    stream = channels.stream
    values = table.values[:, [table.columns.index(name) for name in channels.columns]]
    _refuse_nonsense(table, channels, values)
    rows = sampled_rows(table, stream.rate_hz, time_column)
    track = Track(stream, segments(table, rows, values, stream), fsr)
    _refuse_missing(table, channels, track)
    return track


def _refuse_nonsense(table: Table, channels: Channels, values: Array) -> None:
    """A force of 100 kN was not made by a runner. (Places are noise while nobody stands there.)"""
    for column, (name, channel) in enumerate(
        zip(channels.columns, channels.stream.channels, strict=True)
    ):
        is_place = channel.startswith("cop_")
        largest = _LARGEST_PLACE if is_place else _LARGEST[channels.stream.unit]
        wrong = np.abs(values[:, column]) > largest
        if wrong.any():
            row = int(np.argmax(wrong))
            unit = "mm" if is_place else channels.stream.unit
            raise table.error(row, f"{name} is {values[row, column]:g} {unit}, that cannot be")


def _refuse_missing(table: Table, channels: Channels, track: Track) -> None:
    rows = sum(len(block.values) for block in track.segments)
    missing = sum(np.isnan(block.values).sum(axis=0) for block in track.segments)
    for name, count in zip(channels.columns, np.atleast_1d(missing), strict=True):
        if 2 * count > rows:
            raise InputError(
                f"{table.path}: column {name} is missing in {100 * count / rows:.0f} % of the rows;"
                " more than half of a channel must be there"
            )
