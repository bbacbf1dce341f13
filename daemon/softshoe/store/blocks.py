"""A checksum for every ten seconds of steps, because SQLite keeps none of its own."""

import zlib
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from softshoe.store.rows import Row

BLOCK_S = 10.0


class Block(Struct, frozen=True):
    """Consecutive steps of one session and the CRC32 of their rows."""

    first_mark: int
    last_mark: int
    session: str | None
    first_step: int
    last_step: int
    first_s: float
    crc32: int


def row_crc(row: Row, crc: int = 0) -> int:
    """Go on with ``crc`` over a row. A null counts as an absent column: columns may be added."""
    known = {name: value for name, value in row.items() if value is not None}
    return zlib.crc32(msgspec.json.encode(known, order="sorted"), crc)


def checksum(rows: Iterable[Row]) -> int:
    crc = 0
    for row in rows:
        crc = row_crc(row, crc)
    return crc


def extend(block: Block | None, mark: int, row: Row) -> Block:
    """``block`` with one more step, or a new block when that one is full or of another session."""
    number, start_s = int(row["step"] or 0), float(row["t_s"] or 0.0)
    if block is None or block.session != row["session"] or start_s - block.first_s >= BLOCK_S:
        return Block(mark, mark, str(row["session"]), number, number, start_s, row_crc(row))
    crc32 = row_crc(row, block.crc32)
    return msgspec.structs.replace(block, last_mark=mark, last_step=number, crc32=crc32)
