"""Frames on the wire: type, sequence, payload and CRC, COBS-encoded, each ended by one zero byte.

Pure: bytes and what was left over become frames and what is left over. No zero occurs within a
frame, so after any damage a receiver is in step again with the next one.
"""

from binascii import crc_hqx

from cobs import cobs
from msgspec import Struct

from softshoe_hw.messages import Message, Refused, read_message, write_message

LARGEST = 1024
"""Bytes of an encoded frame; what is longer never was one."""
END = b"\0"
_SHORTEST = 4
_CRC_START = 0xFFFF


class Frame(Struct, frozen=True, eq=False):
    """A message and its number; numbers wrap at 256."""

    sequence: int
    message: Message


class Decoded(Struct, frozen=True, eq=False):
    """What some bytes held."""

    frames: tuple[Frame, ...]
    remainder: bytes
    """The beginning of the next frame; never longer than `LARGEST` + 1."""
    damaged: int = 0
    """Frames that did not arrive as they were sent."""
    refused: tuple[str, ...] = ()
    """Why frames that did are not understood."""


def encode(message: Message, sequence: int) -> bytes:
    """One frame with its end."""
    kind, payload = write_message(message)
    body = bytes((kind, sequence % 256)) + payload
    encoded: bytes = cobs.encode(body + _crc(body))
    return encoded + END


def decode(data: bytes, remainder: bytes = b"") -> Decoded:
    """All frames that end in ``data``."""
    *chunks, rest = (remainder + data).split(END)
    frames, refused, damaged = [], [], 0
    for chunk in chunks:
        if not chunk:
            continue
        body = _intact(chunk)
        if body is None:
            damaged += 1
            continue
        try:
            frames.append(Frame(body[1], read_message(body[0], body[2:])))
        except Refused as error:
            refused.append(str(error))
    return Decoded(tuple(frames), rest[: LARGEST + 1], damaged, tuple(refused))


def _intact(chunk: bytes) -> bytes | None:
    """Type, sequence and payload; None when anything on the way has been at it."""
    if len(chunk) > LARGEST:
        return None
    try:
        decoded: bytes = cobs.decode(chunk)
    except cobs.DecodeError:
        return None
    body = decoded[:-2]
    return body if len(decoded) >= _SHORTEST and _crc(body) == decoded[-2:] else None


def _crc(body: bytes) -> bytes:
    """CRC-16/CCITT-FALSE, little-endian."""
    return crc_hqx(body, _CRC_START).to_bytes(2, "little")
