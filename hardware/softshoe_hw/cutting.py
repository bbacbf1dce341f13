"""Cuts long blocks of samples into short ones."""

from softshoe.events import SampleBlock


def cut(block: SampleBlock, start: int, end: int, rate_hz: float) -> SampleBlock:
    """Rows ``start`` to ``end`` of a block as a block."""
    return SampleBlock(
        stream=block.stream,
        first_index=block.first_index + start,
        first_s=block.first_s + start / rate_hz,
        values=block.values[start:end],
        segment=block.segment,
    )
