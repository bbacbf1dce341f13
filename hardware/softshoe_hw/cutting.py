"""Cuts blocks of samples, and rows of blocks."""

from collections.abc import Iterable, Iterator
from math import ceil, inf

from softshoe.events import BoardReport, SampleBlock, SourceItem, Tick
from softshoe.rigs import Rig

_ROUNDING = 1e-6
_PATIENCE_S = 1.0
"""A board that is gone is not waited for any longer after the end."""


def cut(block: SampleBlock, start: int, end: int, rate_hz: float) -> SampleBlock:
    """Rows ``start`` to ``end`` of a block as a block."""
    return SampleBlock(
        stream=block.stream,
        first_index=block.first_index + start,
        first_s=block.first_s + start / rate_hz,
        values=block.values[start:end],
        segment=block.segment,
    )


def first_seconds(
    items: Iterable[SourceItem | BoardReport], rig: Rig, seconds: float | None
) -> Iterator[SourceItem]:
    """What was sampled within ``seconds`` of the first sample, to the very sample; None: all."""
    rates_hz = {stream.name: stream.rate_hz for stream in rig.streams}
    unfinished = set(rates_hz)
    end_s = inf
    for item in items:
        if isinstance(item, BoardReport):
            continue
        if not isinstance(item, SampleBlock):
            if isinstance(item, Tick) and item.t_s > end_s + _PATIENCE_S:
                return
            yield item
            continue
        if seconds is not None and end_s == inf:
            end_s = item.first_s + seconds
        rate_hz = rates_hz[item.stream]
        rows = len(item.values)
        wanted = min(rows, ceil(min((end_s - item.first_s) * rate_hz, rows) - _ROUNDING))
        if wanted > 0:
            yield cut(item, 0, wanted, rate_hz)
        if wanted < rows:
            unfinished.discard(item.stream)
        if not unfinished:
            return
