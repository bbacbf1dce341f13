"""What was measured while a person did what they were told, phase by phase."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge

import numpy as np
from msgspec import Struct

from softshoe.errors import InputError
from softshoe.events import Array, SampleBlock
from softshoe.rigs import Rig, Stream, StreamName

SETTLE_S = 1.0
LEAVE_S = 0.3
BIN_S = 0.05


class Span(Struct, frozen=True):
    """From when to when a phase lasted, seconds of the source."""

    name: str
    start_s: float
    end_s: float


class Samples(Struct, frozen=True, eq=False):
    """Rows of one stream with their times; lost ones are not there."""

    t_s: Array
    values: Array


Phases = Mapping[str, Mapping[StreamName, Samples]]


def sort_into_phases(
    blocks: Iterable[SampleBlock], rig: Rig, spans: Sequence[Span]
) -> dict[str, dict[StreamName, Samples]]:
    """Every sample to the phase in which it was taken."""
    parts: dict[StreamName, list[tuple[Array, Array]]] = {s.name: [] for s in rig.streams}
    rates = {stream.name: stream.rate_hz for stream in rig.streams}
    for block in blocks:
        t_s = block.first_s + np.arange(len(block.values)) / rates[block.stream]
        parts[block.stream].append((t_s, block.values))
    whole = {name: _joined(each) for name, each in parts.items() if each}
    return {
        span.name: {name: _between(samples, span) for name, samples in whole.items()}
        for span in spans
    }


def _joined(parts: list[tuple[Array, Array]]) -> Samples:
    return Samples(np.concatenate([t for t, _ in parts]), np.concatenate([v for _, v in parts]))


def _between(samples: Samples, span: Span) -> Samples:
    inside = (samples.t_s >= span.start_s) & (samples.t_s < span.end_s)
    return Samples(samples.t_s[inside], samples.values[inside])


def phase_of(phases: Phases, name: str, stream: Stream) -> Samples:
    """A stream's samples of a phase; InputError when there are none."""
    samples = phases.get(name, {}).get(stream.name)
    if samples is None or not len(samples.t_s):
        raise InputError(f"{stream.scaled_by}: nothing was measured in the phase {name}; repeat it")
    return samples


def blocks_of(phases: Phases, name: str, rig: Rig) -> Iterator[SampleBlock]:
    """A phase as blocks again, of all streams by turns; rows that were lost miss in the count."""
    streams = [_stream_blocks(phase_of(phases, name, stream), stream) for stream in rig.streams]
    return merge(*streams, key=lambda block: block.first_s)


def _stream_blocks(samples: Samples, stream: Stream) -> Iterator[SampleBlock]:
    start_s = float(samples.t_s[0])
    index = np.rint((samples.t_s - start_s) * stream.rate_hz).astype(int)
    ends = np.flatnonzero((np.diff(index) != 1) | (index[1:] % round(stream.rate_hz) == 0)) + 1
    for rows in np.split(np.arange(len(index)), ends):
        first = int(index[rows[0]])
        yield SampleBlock(
            stream.name, first, start_s + first / stream.rate_hz, samples.values[rows]
        )


def settled(samples: Samples) -> Samples:
    """Without the first second and the last moment, in which people step on and off."""
    first_s, last_s = samples.t_s[0] + SETTLE_S, samples.t_s[-1] - LEAVE_S
    inside = (samples.t_s >= first_s) & (samples.t_s <= last_s)
    return Samples(samples.t_s[inside], samples.values[inside])


def binned(samples: Samples, start_s: float, end_s: float) -> Array:
    """(bins, channels): means of 50 ms; NaN where a bin has no sample or a bad one."""
    count = int((end_s - start_s) / BIN_S)
    bins = np.floor((samples.t_s - start_s) / BIN_S).astype(int)
    inside = (bins >= 0) & (bins < count)
    rows = np.bincount(bins[inside], minlength=count)[:, None].astype(float)
    sums = np.zeros((count, samples.values.shape[1]))
    np.add.at(sums, bins[inside], samples.values[inside])
    return sums / np.where(rows > 0.0, rows, np.nan)
