"""Bytes in blocks: several files as one zip, or many small pieces as fewer larger ones."""

import io
from collections.abc import Iterable, Iterator
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from softshoe.export.files import File

BLOCK = 16_384


class _Waiting(io.RawIOBase):
    """What a zip is written to; it cannot go back, so nothing is changed that was taken."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def write(self, data: Any, /) -> int:
        self._waiting += data
        return len(data)

    def take(self, at_least: int = 1) -> Iterator[bytes]:
        """All that waits, when it is so much."""
        if len(self._waiting) >= at_least:
            yield bytes(self._waiting)
            self._waiting.clear()


def zipped(files: Iterable[File]) -> Iterator[bytes]:
    """The zip's bytes, in blocks; of the files no more than a block is in memory."""
    waiting = _Waiting()
    with ZipFile(waiting, "w", ZIP_DEFLATED) as archive:
        for file in files:
            with archive.open(file.name, "w") as member:
                for chunk in file.chunks:
                    member.write(chunk)
                    yield from waiting.take(BLOCK)
    yield from waiting.take()


def in_blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer pieces."""
    waiting = _Waiting()
    for chunk in chunks:
        waiting.write(chunk)
        yield from waiting.take(BLOCK)
    yield from waiting.take()
