"""A person who stands and rolls on simulated resistive insoles, with everything known of them."""

from dataclasses import dataclass, field

import numpy as np

from softshoe.calibrating.feet import BOTH_FEET, LEFT_FOOT, RIGHT_FOOT, UNLOADED
from softshoe.calibrating.phases import Phases, Samples
from softshoe.calibrating.plan import Task
from softshoe.calibrating.running import RUN
from softshoe.calibrations import FsrCircuit
from softshoe.events import Array, SampleBlock
from softshoe.rigs import InsoleLayout, Rig, Stream
from softshoe_hw.insole_layout import DEFAULT_SENSORS
from softshoe_hw.simulator.parameters import Parameters, Runner
from softshoe_hw.simulator.source import SimulatorSource

WEIGHT_N = 700.0
RATE_HZ = 500.0
CIRCUIT = FsrCircuit(bits=12, r_m_ohm=1500.0)
PRELOAD_N = 3.0
LATE_S = 0.1
"""A task is done a little longer than it is measured: that begins with the next block."""
_PLACES = np.array([(s.x_pct * 2.6, s.y_mm) for s in DEFAULT_SENSORS])
_CHANNELS = tuple(f"{foot}{n}" for foot in "lr" for n in range(1, 9))


def insole_rig(boards: int = 1) -> Rig:
    layout = InsoleLayout(8, DEFAULT_SENSORS, 260.0)
    if boards == 1:
        return Rig((Stream("insoles", RATE_HZ, _CHANNELS, "counts", insole=layout, board="pair"),))
    left = Stream("left", RATE_HZ, _CHANNELS[:8], "counts", insole=layout, board="board-l")
    right = Stream("right", RATE_HZ, _CHANNELS[8:], "counts", insole=layout, board="board-r")
    return Rig((left, right))


def roll(seconds: float, load_n: Array | float, seed: int) -> Array:
    """(rows, 8) newtons of one foot whose load wanders over the whole sole."""
    t_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    along = 130 + 95 * np.sin(2 * np.pi * (0.23 + 0.01 * seed) * t_s + seed)
    across = 18 * np.sin(2 * np.pi * 0.61 * t_s + 2 * seed)
    apart = (along[:, None] - _PLACES[:, 0]) ** 2 + (2 * (across[:, None] - _PLACES[:, 1])) ** 2
    shares = np.exp(-apart / (2 * 60.0**2))
    return shares / shares.sum(axis=1, keepdims=True) * np.asarray(load_n).reshape(-1, 1)


@dataclass
class Insole:
    """16 sensors: G = (F / gain)^(1/power) + offset, then the divider and the converter."""

    power: float = 1.1
    gains_n: Array = field(
        default_factory=lambda: 300 * np.random.default_rng(3).uniform(0.6, 1.4, 16)
    )
    offsets_ms: Array = field(
        default_factory=lambda: np.random.default_rng(4).uniform(0.0, 0.01, 16)
    )
    noise_counts: float = 0.5
    circuit: FsrCircuit = CIRCUIT

    def counts(self, forces: Array) -> Array:
        conductance = (np.maximum(forces + PRELOAD_N, 0) / self.gains_n) ** (1 / self.power)
        loaded = (conductance + self.offsets_ms) * self.circuit.r_m_ohm / 1000
        noise = np.random.default_rng(5).normal(0, self.noise_counts, loaded.shape)
        full = 2**self.circuit.bits - 1
        return np.clip(np.rint(loaded / (1 + loaded) * full + noise), 0, full)

    def standing(self) -> dict[str, Array]:
        """(rows, 16) counts by phase."""
        still, nothing = np.zeros((2000, 16)), np.zeros((7500, 8))
        t_s = np.arange(5000) / RATE_HZ
        left = 0.5 + 0.15 * np.sin(2 * np.pi * 0.3 * t_s)
        both = np.hstack([roll(10, WEIGHT_N * left, 3), roll(10, WEIGHT_N * (1 - left), 4)])
        forces = {
            UNLOADED: still,
            LEFT_FOOT: np.hstack([roll(15, WEIGHT_N, 1), nothing]),
            RIGHT_FOOT: np.hstack([nothing, roll(15, WEIGHT_N, 2)]),
            BOTH_FEET: both,
        }
        return {name: self.counts(force) for name, force in forces.items()}


def as_phases(counts: dict[str, Array], rig: Rig, late_s: float = 0.0) -> Phases:
    """One after the other; the second board starts ``late_s`` later."""
    phases, start_s = {}, 0.0
    for name, values in counts.items():
        t_s = start_s + np.arange(len(values)) / RATE_HZ
        if len(rig.streams) == 1:
            phases[name] = {"insoles": Samples(t_s, values)}
        else:
            phases[name] = {
                "left": Samples(t_s, values[:, :8]),
                "right": Samples(t_s + late_s, values[:, 8:]),
            }
        start_s = float(t_s[-1]) + 1.0
    return phases


def led(insole: Insole, plan: tuple[Task, ...]) -> Array:
    """(rows, 16) counts of a person who does what each task says, from the moment it is said."""
    standing = insole.standing()
    unloaded = standing[UNLOADED][:1]
    parts = []
    for task in plan:
        parts.append(np.repeat(unloaded, round(task.ready_s * RATE_HZ), axis=0))
        counts = running(insole) if task.name == RUN else standing[task.name]
        parts.append(np.resize(counts, (round((task.seconds + LATE_S) * RATE_HZ), 16)))
    return np.concatenate(parts)


def running(insole: Insole, seconds: float = 17.0) -> Array:
    """(rows, 16) counts of a run of somebody of this weight."""
    parameters = Parameters(runner=Runner(mass_kg=WEIGHT_N / 9.80665))
    source = SimulatorSource(parameters, "insoles", RATE_HZ, speed=None, duration_s=seconds)
    forces = [item.values for item in source.blocks() if isinstance(item, SampleBlock)]
    return insole.counts(np.concatenate(forces))
