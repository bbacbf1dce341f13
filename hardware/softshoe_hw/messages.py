"""What a frame's payload says, as `hardware/wire.md` lays it out byte by byte.

Pure: a payload becomes a message, a message a payload. Nothing from a board is believed unchecked.
"""

import struct
from typing import Annotated, Any, TypeVar

import msgspec
import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray

VERSION = 1
LARGEST_TEXT = 480
WRAP = 2**32

Identifier = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{1,32}\Z")]
Count = Annotated[int, Meta(ge=0, lt=WRAP)]

_HEAD = struct.Struct("<IIBB")
_PULSE = struct.Struct("<II")
_START = struct.Struct("<H")
_NOTHING = struct.Struct("")
_Text = TypeVar("_Text", "Hello", "Status")


class Hello(Struct, frozen=True, kw_only=True):
    """Who a board is and what it can do."""

    v: Annotated[int, Meta(ge=1, lt=256)] = VERSION
    board: Identifier
    id: Identifier
    fw: Identifier = "0"
    rate_hz: Annotated[float, Meta(gt=0, le=20_000)]
    bits: Annotated[int, Meta(ge=1, le=24)]
    vref_mv: Annotated[int, Meta(ge=1, le=50_000)] | None = None
    channels: Annotated[tuple[Identifier, ...], Meta(min_length=1, max_length=32)]

    def __post_init__(self) -> None:
        if len(set(self.channels)) < len(self.channels):
            raise ValueError("two channels have one name")


class Samples(Struct, frozen=True, eq=False):
    """Rows of raw values, (samples, channels); ``wide``: i24 on the wire, else u16."""

    index: int
    """Of the first row, since START; wraps."""
    device_us: int
    """When the first row was taken, on the board's clock; wraps."""
    values: NDArray[np.integer[Any]]
    wide: bool = False


class Status(Struct, frozen=True, kw_only=True):
    """How the board is, once a second."""

    overruns: Count = 0
    battery_mv: Annotated[int, Meta(ge=0, le=100_000)] | None = None
    temp_c: Annotated[float, Meta(ge=-100, le=200)] | None = None


class Pulse(Struct, frozen=True):
    """The belt's roller went round."""

    device_us: int
    count: int


class AskHello(Struct, frozen=True):
    """Who are you?"""


class Start(Struct, frozen=True):
    """Sample from index 0 on; 0: at the board's own rate."""

    rate_hz: int = 0


class Stop(Struct, frozen=True):
    """Sample no more."""


Message = Hello | Samples | Status | Pulse | AskHello | Start | Stop

HELLO, SAMPLES, SAMPLES24, STATUS, PULSE = 0x01, 0x02, 0x03, 0x04, 0x05
ASK_HELLO, START, STOP = 0x81, 0x82, 0x83


class Refused(ValueError):
    """A payload that is not what its type says; the text says why, in a few words."""


def read_message(kind: int, payload: bytes) -> Message:
    """The message of a frame that arrived whole. Raises Refused."""
    if kind in (SAMPLES, SAMPLES24):
        return _read_samples(payload, wide=kind == SAMPLES24)
    if kind == PULSE:
        return Pulse(*_unpack(_PULSE, payload))
    if kind == HELLO:
        return _read_text(payload, Hello)
    if kind == STATUS:
        return _read_text(payload, Status)
    if kind == START:
        return Start(*_unpack(_START, payload))
    if kind in (ASK_HELLO, STOP):
        _unpack(_NOTHING, payload)
        return AskHello() if kind == ASK_HELLO else Stop()
    raise Refused(f"frame type 0x{kind:02x} is not known")


def write_message(message: Message) -> tuple[int, bytes]:
    """Type and payload."""
    match message:
        case Samples():
            return SAMPLES24 if message.wide else SAMPLES, _write_samples(message)
        case Pulse(device_us=device_us, count=count):
            return PULSE, _PULSE.pack(device_us, count)
        case Hello():
            return HELLO, _write_text(message)
        case Status():
            return STATUS, _write_text(message)
        case Start(rate_hz=rate_hz):
            return START, _START.pack(rate_hz)
        case AskHello():
            return ASK_HELLO, b""
        case Stop():
            return STOP, b""


def _unpack(layout: struct.Struct, payload: bytes) -> tuple[int, ...]:
    if len(payload) != layout.size:
        raise Refused(f"a payload of {len(payload)} bytes where {layout.size} belong")
    return layout.unpack(payload)


def _read_samples(payload: bytes, wide: bool) -> Samples:
    if len(payload) < _HEAD.size:
        raise Refused(f"samples in {len(payload)} bytes")
    index, device_us, rows, channels = _HEAD.unpack_from(payload)
    width = 3 if wide else 2
    if not rows * channels or len(payload) - _HEAD.size != rows * channels * width:
        raise Refused(f"{rows} x {channels} values in {len(payload)} bytes")
    raw = np.frombuffer(payload, np.uint8 if wide else "<u2", offset=_HEAD.size)
    values = _from_24_bits(raw) if wide else raw
    return Samples(index, device_us, values.reshape(rows, channels), wide)


def _write_samples(samples: Samples) -> bytes:
    rows, channels = samples.values.shape
    head = _HEAD.pack(samples.index, samples.device_us, rows, channels)
    if not samples.wide:
        return head + samples.values.astype("<u2").tobytes()
    whole = samples.values.astype("<i4").reshape(-1, 1).view(np.uint8)
    return head + whole[:, :3].tobytes()


def _from_24_bits(raw: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Three bytes a value, put into the upper ones of four so that the sign comes along."""
    whole = np.zeros((len(raw) // 3, 4), np.uint8)
    whole[:, 1:] = raw.reshape(-1, 3)
    return whole.view("<i4")[:, 0] >> 8


def _read_text(payload: bytes, kind: type[_Text]) -> _Text:
    if len(payload) > LARGEST_TEXT:
        raise Refused(f"{len(payload)} bytes of text, {LARGEST_TEXT} are allowed")
    try:
        return msgspec.json.decode(payload, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(f"{kind.__name__.upper()}: {error}") from None


def _write_text(message: Hello | Status) -> bytes:
    """Without what is not known."""
    known = {key: value for key, value in msgspec.to_builtins(message).items() if value is not None}
    return msgspec.json.encode(known)
