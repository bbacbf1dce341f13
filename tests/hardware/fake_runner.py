"""Fake boards that show the same simulated runner: one for each insole, one for the deck."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from softshoe.calibrations import Calibration, CellScale, FsrCircuit, FsrScale
from softshoe.events import SampleBlock, Step
from softshoe.settings import BoardSettings
from softshoe_hw.fake_board import FakeBoard
from softshoe_hw.messages import Hello
from softshoe_hw.simulator.parameters import Parameters, RigName
from softshoe_hw.simulator.source import SimulatorSource
from softshoe_hw.simulator.truth import true_steps

BITS = 16
COUNTS_PER_N = 40
RATE_HZ = 500
DECK_BITS = 24
DECK_COUNTS_PER_N = 1000
DECK_HZ = 1000
RUN_S = 60.0
Counts = NDArray[np.int64]

LEFT, RIGHT = BoardSettings(role="left"), BoardSettings(role="right")
DECK = BoardSettings(role="deck", rate_hz=DECK_HZ, half_length_mm=800.0, half_width_mm=280.0)


def hello(side: str, name: str | None = None, channels: int = 8, rate_hz: int = RATE_HZ) -> Hello:
    return Hello(
        board="fake",
        id=name or f"fake-{side}",
        fw="1",
        rate_hz=rate_hz,
        bits=BITS,
        channels=tuple(f"{side[0]}{n}" for n in range(1, channels + 1)),
    )


def deck_hello() -> Hello:
    channels = ("fl", "fr", "rl", "rr")
    return Hello(board="fake", id="fake-deck", rate_hz=DECK_HZ, bits=DECK_BITS, channels=channels)


def foot_counts(side: str, rate_hz: int = RATE_HZ) -> Counts:
    columns = slice(0, 8) if side == "left" else slice(8, 16)
    counts = _newtons("insoles", rate_hz)[:, columns] * COUNTS_PER_N
    return np.rint(counts).clip(0, 2**BITS - 1).astype(np.int64)


def deck_counts() -> Counts:
    return np.rint(_newtons("deck4", DECK_HZ) * DECK_COUNTS_PER_N).astype(np.int64)


def insole_board(side: str, now_s: float, name: str | None = None, **faults: float) -> FakeBoard:
    return FakeBoard(hello(side, name), foot_counts(side), now_s, **faults)


def deck_board(now_s: float, **faults: float) -> FakeBoard:
    return FakeBoard(deck_hello(), deck_counts(), now_s, rows=10, **faults)


def insole_scale(board: str) -> Calibration:
    """Back to newtons."""
    circuit = FsrCircuit(circuit="transimpedance", bits=BITS, r_m_ohm=1000.0)
    gain_n = (2**BITS - 1) / COUNTS_PER_N
    found = FsrScale(circuit=circuit, power=1.0, zeros_ms=(0.0,) * 8, gains_n=(gain_n,) * 8)
    return Calibration(name=f"of-{board}", board=board, found=found)


def deck_scale() -> Calibration:
    found = CellScale(
        bits=DECK_BITS,
        zeros_counts=(0.0,) * 4,
        newtons_per_count=(1.0 / DECK_COUNTS_PER_N,) * 4,
    )
    return Calibration(name="of-deck", board="fake-deck", found=found)


@cache
def truth(rig: RigName = "deck4") -> tuple[Step, ...]:
    """The runner's true steps; times from when the boards were switched on."""
    return tuple(true_steps(Parameters(), rig, RUN_S))


@cache
def _newtons(rig: RigName, rate_hz: float) -> NDArray[np.float64]:
    source = SimulatorSource(Parameters(), rig, rate_hz, None, RUN_S)
    blocks = [block.values for block in source.blocks() if isinstance(block, SampleBlock)]
    return np.concatenate(blocks)
