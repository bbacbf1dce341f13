"""Frames that the encoder here and the firmware must make byte for byte the same.

`python -m tests.hardware.frame_vectors` writes them into hardware/firmware/vectors.json.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from softshoe_hw.frames import encode
from softshoe_hw.messages import (
    AskHello,
    Hello,
    Message,
    Pulse,
    Samples,
    Start,
    Status,
    Stop,
    write_message,
)

VECTORS = Path(__file__).parents[2] / "hardware" / "firmware" / "vectors.json"
INSOLE = Hello(
    board="insole-avr",
    id="left-1",
    fw="1.0.0",
    rate_hz=500,
    bits=10,
    vref_mv=5000,
    channels=tuple(f"l{n}" for n in range(1, 9)),
)
DECK = Hello(
    board="deck-ads131m04",
    id="deck-1",
    fw="1.0.0",
    rate_hz=1000,
    bits=24,
    vref_mv=1200,
    channels=("fl", "fr", "rl", "rr"),
)
COUNTS = np.arange(40).reshape(5, 8) * 26
EXTREMES = np.array([[0, 1, -1, 256], [2**23 - 1, -(2**23), 0x00FF00, -0x010000]])
LONGEST_BLOCK = np.full((16, 8), 0x0101)


def cases() -> dict[str, tuple[Message, int]]:
    """Message and sequence of each, by what is special about it."""
    return {
        "hello of an insole": (INSOLE, 0),
        "hello of a deck": (DECK, 255),
        "samples, one row of zeros": (Samples(0, 0, np.zeros((1, 8), int)), 1),
        "samples, five rows": (Samples(70_000, 140_000_000, COUNTS), 17),
        "samples, index and time before they wrap": (
            Samples(2**32 - 1, 2**32 - 1, np.full((2, 8), 1023)),
            254,
        ),
        "samples, a COBS block of 254 bytes and more": (Samples(0x01010101, 1, LONGEST_BLOCK), 9),
        "samples24, extremes": (Samples(256, 1_000_000, EXTREMES, wide=True), 2),
        "status of a wired board": (Status(overruns=0), 3),
        "status with a battery": (Status(overruns=3, battery_mv=3900, temp_c=31), 4),
        "pulse": (Pulse(65_536, 1), 5),
        "hello?": (AskHello(), 0),
        "start at the board's own rate": (Start(0), 1),
        "start at 1000 Hz": (Start(1000), 2),
        "stop": (Stop(), 3),
    }


def vector(name: str, message: Message, sequence: int) -> dict[str, Any]:
    """With the parts of samples, so that another encoder can begin from these."""
    kind, payload = write_message(message)
    made = {
        "name": name,
        "type": kind,
        "seq": sequence,
        "payload_hex": payload.hex(),
        "frame_hex": encode(message, sequence).hex(),
    }
    if isinstance(message, Samples):
        made |= {"index": message.index, "device_us": message.device_us}
        made["values"] = message.values.tolist()
    elif not isinstance(message, Hello | Status):
        made |= msgspec.to_builtins(message)
    return made


def vectors_text() -> str:
    """One vector a line."""
    lines = [json.dumps(vector(name, *case)) for name, case in cases().items()]
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    VECTORS.write_text(vectors_text())
