"""Writes one stream's samples to a CSV as they come, and loses none of their digits."""

import gzip
from pathlib import Path

import numpy as np

from softshoe.events import SampleBlock
from softshoe.rigs import Stream
from softshoe_hw.sample_times import INDEX_COLUMN, SEGMENT_COLUMN

_COMPRESS_LEVEL = 4
_NANOSECOND = 9


class BoardFile:
    """About once a second what has come goes to the disk, in whole lines.

    A .gz is written as one gzip member after another, so that it can be read whatever happens to
    the writer; any gzip tool reads them as one.
    """

    def __init__(self, path: Path, stream: Stream, counted: bool) -> None:
        self._stream = stream
        self._counted = counted
        self._compressed = path.suffix == ".gz"
        self._file = path.open("xb")
        counts = (INDEX_COLUMN, SEGMENT_COLUMN) if counted else ()
        self._lines = [",".join(("t_s", *counts, *stream.channels))]
        self._flush()

    def write(self, block: SampleBlock) -> None:
        rows = np.arange(len(block.values))
        times = (block.first_s + rows / self._stream.rate_hz).tolist()
        samples = block.values.tolist()
        for row, (t_s, values) in enumerate(zip(times, samples, strict=True)):
            cells = [_digits(round(t_s, _NANOSECOND))]
            if self._counted:
                cells += (str(block.first_index + row), str(block.segment))
            self._lines.append(",".join((*cells, *map(_digits, values))))
        if len(self._lines) >= self._stream.rate_hz:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if not self._lines:
            return
        text = ("\n".join(self._lines) + "\n").encode()
        self._lines = []
        self._file.write(gzip.compress(text, _COMPRESS_LEVEL) if self._compressed else text)
        self._file.flush()


def _digits(value: float) -> str:
    """As few as read back to the same bits; whole numbers, as counts are, without a point."""
    return "" if value != value else repr(value).removesuffix(".0")
