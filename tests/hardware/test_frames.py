"""Frames: the same as the firmware's, whole or dropped, and never a step out for long."""

import json
from binascii import crc_hqx

import msgspec
import numpy as np
import pytest
from cobs import cobs
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hardware.frame_vectors import INSOLE, VECTORS, cases, vectors_text

from softshoe_hw.frames import END, LARGEST, decode, encode
from softshoe_hw.messages import (
    HELLO,
    SAMPLES,
    SAMPLES24,
    AskHello,
    Pulse,
    Samples,
    Start,
    Status,
    Stop,
    write_message,
)

U32 = st.integers(0, 2**32 - 1)


def _values(lowest, highest):
    rows = st.integers(1, 12).flatmap(
        lambda count: st.lists(
            st.lists(st.integers(lowest, highest), min_size=count, max_size=count),
            min_size=1,
            max_size=12,
        )
    )
    return rows.map(np.array)


MESSAGES = st.one_of(
    st.builds(Samples, U32, U32, _values(0, 65535)),
    st.builds(Samples, U32, U32, _values(-(2**23), 2**23 - 1), st.just(True)),
    st.builds(Pulse, U32, U32),
    st.builds(Start, st.integers(0, 65535)),
    st.builds(Status, overruns=U32, battery_mv=st.none() | st.integers(0, 5000)),
    st.just(INSOLE),
    st.just(AskHello()),
    st.just(Stop()),
)


def told(message):
    """A message as what can be compared."""
    if isinstance(message, Samples):
        return message.index, message.device_us, message.values.tolist(), message.wide
    return type(message), msgspec.to_builtins(message)


def framed(kind, payload, sequence=0):
    """A frame with the right CRC around whatever payload."""
    body = bytes((kind, sequence)) + payload
    return cobs.encode(body + crc_hqx(body, 0xFFFF).to_bytes(2, "little")) + END


def test_the_vectors_on_file_are_what_the_encoder_makes():
    assert VECTORS.read_text() == vectors_text()


@pytest.mark.parametrize("vector", json.loads(VECTORS.read_text()), ids=lambda one: one["name"])
def test_a_vector_reads_back_as_its_message(vector):
    message, sequence = cases()[vector["name"]]
    (frame,) = decode(bytes.fromhex(vector["frame_hex"])).frames
    assert frame.sequence == vector["seq"] == sequence
    assert told(frame.message) == told(message)
    assert write_message(message)[0] == vector["type"]


def test_the_crc_is_ccitt_false():
    """Its check value: 0x29B1 of the digits 1 to 9."""
    body = b"123456789"
    (frame,) = decode(cobs.encode(body + b"\xb1\x29") + END).refused
    assert frame == "frame type 0x31 is not known"


@given(st.lists(st.tuples(MESSAGES, st.integers(0, 255)), max_size=8), st.data())
def test_frames_read_back_however_they_are_cut(sent, data):
    line = b"".join(encode(message, sequence) for message, sequence in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(line)), max_size=6)))
    heard, remainder = [], b""
    for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True):
        decoded = decode(line[start:end], remainder)
        assert not decoded.damaged
        assert not decoded.refused
        heard += decoded.frames
        remainder = decoded.remainder
    assert remainder == b""
    assert [(told(frame.message), frame.sequence) for frame in heard] == [
        (told(message), sequence) for message, sequence in sent
    ]


@given(st.lists(st.binary(max_size=3000), max_size=8))
def test_garbage_is_dropped_in_bounded_memory(chunks):
    remainder = b""
    for chunk in chunks:
        decoded = decode(chunk, remainder)
        remainder = decoded.remainder
        assert len(remainder) <= LARGEST + 1


LINES = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.integers(0, 3000).map(lambda count: b"\x07" * count),
        st.builds(encode, MESSAGES, st.integers(0, 255)),
        st.builds(framed, st.integers(0, 255), st.binary(max_size=60)),
    ),
    max_size=8,
).map(b"".join)


@given(LINES, st.lists(st.integers(0, 9000), max_size=8))
def test_any_bytes_hold_the_same_frames_however_they_are_cut(line, places):
    whole, cuts = decode(line), sorted(min(place, len(line)) for place in places)
    heard, damaged, refused, remainder = [], 0, [], b""
    for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True):
        decoded = decode(line[start:end], remainder)
        heard += decoded.frames
        damaged += decoded.damaged
        refused += decoded.refused
        remainder = decoded.remainder
        assert len(remainder) <= LARGEST + 1
    assert [told(one.message) for one in heard] == [told(one.message) for one in whole.frames]
    assert (damaged, refused) == (whole.damaged, list(whole.refused))
    assert remainder == whole.remainder


@given(st.lists(MESSAGES, min_size=3, max_size=8), st.data())
def test_after_any_damage_it_is_in_step_again_within_two_frames(messages, data):
    """Bytes flipped, lost, put in or cut off anywhere in the first frame."""
    first, *others = [encode(message, number) for number, message in enumerate(messages)]
    start = data.draw(st.integers(0, len(first) - 1))
    end = data.draw(st.integers(start, len(first)))
    line = first[:start] + data.draw(st.binary(max_size=40)) + first[end:] + b"".join(others)
    heard = [told(frame.message) for frame in decode(line).frames]
    expected = [told(message) for message in messages[2:]]
    assert heard[-len(expected) :] == expected


@settings(max_examples=200)  # one damage in 65 536 has the right CRC
@given(MESSAGES, st.data())
def test_a_flipped_bit_is_found(message, data):
    frame = bytearray(encode(message, 7))
    frame[data.draw(st.integers(0, len(frame) - 2))] ^= 1 << data.draw(st.integers(0, 7))
    before = told(message)
    assert all(told(one.message) == before for one in decode(bytes(frame)).frames)


@given(
    st.sampled_from([SAMPLES, SAMPLES24]),
    st.integers(0, 255),
    st.integers(0, 255),
    st.binary(max_size=200),
)
def test_lengths_that_lie_are_refused(kind, rows, channels, body):
    decoded = decode(framed(kind, bytes(8) + bytes((rows, channels)) + body))
    width = 3 if kind == SAMPLES24 else 2
    if rows * channels and rows * channels * width == len(body):
        assert decoded.frames[0].message.values.shape == (rows, channels)
    else:
        assert decoded.refused == (f"{rows} x {channels} values in {len(body) + 10} bytes",)


@given(st.integers(0, 255), st.binary(max_size=600))
def test_any_payload_is_a_message_or_refused(kind, payload):
    decoded = decode(framed(kind, payload))
    assert len(decoded.frames) + len(decoded.refused) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"id": "<img src=x onerror=alert(1)>"},
        {"id": "\x1b[31mred"},
        {"id": "../../etc/passwd"},
        {"id": "x" * 33},
        {"id": ""},
        {"board": "a board"},
        {"channels": []},
        {"channels": ["l1", "l1"]},
        {"channels": ["l 1"]},
        {"rate_hz": 0},
        {"rate_hz": 1e300},
        {"rate_hz": "500"},
        {"bits": 64},
        {"id": None},
    ],
)
def test_a_hello_that_no_board_would_say_is_refused(change):
    words = msgspec.to_builtins(INSOLE) | change
    decoded = decode(framed(HELLO, msgspec.json.encode(words)))
    assert not decoded.frames
    (why,) = decoded.refused
    assert why.startswith("HELLO: ")
    assert "\x1b" not in why


@pytest.mark.parametrize(
    "text", [b"", b"null", b"{}", b"[" * 470, b'{"v":', b"\xff\xfe", b'{"v":1e999}', b" " * 481]
)
def test_a_hello_that_is_no_json_is_refused(text):
    assert decode(framed(HELLO, text)).refused


def test_a_hello_of_later_days_may_say_more():
    words = msgspec.to_builtins(INSOLE) | {"colour": "blue"}
    (frame,) = decode(framed(HELLO, msgspec.json.encode(words))).frames
    assert frame.message.id == INSOLE.id
