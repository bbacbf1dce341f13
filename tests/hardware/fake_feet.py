"""Two fake insole boards that show the same simulated runner."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from softshoe.events import SampleBlock
from softshoe_hw.messages import Hello
from softshoe_hw.simulator.parameters import Parameters
from softshoe_hw.simulator.source import SimulatorSource

COUNTS_PER_N = 40
BITS = 16
RATE_HZ = 500


def hello(side: str, name: str | None = None, channels: int = 8) -> Hello:
    return Hello(
        board="fake",
        id=name or f"fake-{side}",
        fw="1",
        rate_hz=RATE_HZ,
        bits=BITS,
        channels=tuple(f"{side[0]}{n}" for n in range(1, channels + 1)),
    )


@cache
def run_counts(seconds: float = 20.0) -> NDArray[np.int64]:
    """(samples, 16) counts of a run: the left foot's sensors, then the right foot's."""
    source = SimulatorSource(Parameters(), "insoles", RATE_HZ, None, seconds)
    newtons = [block.values for block in source.blocks() if isinstance(block, SampleBlock)]
    counts = np.rint(np.concatenate(newtons) * COUNTS_PER_N)
    return counts.clip(0, 2**BITS - 1).astype(np.int64)


def foot_counts(side: str, seconds: float = 20.0) -> NDArray[np.int64]:
    columns = slice(0, 8) if side == "left" else slice(8, 16)
    return run_counts(seconds)[:, columns]
