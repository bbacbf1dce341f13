"""What sensors of known gains show of known forces, and the calibrations that undo it.

The same physics as `softshoe.gait.scale`, the other way round and written apart from it.
"""

import numpy as np
from msgspec import Struct

from softshoe.calibrations import Calibration, CellScale, FsrCircuit, FsrScale
from softshoe.events import Array


class InsoleSensors(Struct, frozen=True, kw_only=True):
    """Force-sensing resistors in dividers: conductance (mS) grows as a power of force."""

    circuit: FsrCircuit = FsrCircuit(r_m_ohm=2200.0)
    power: float = 1.05
    leaks_ms: tuple[float, ...] = (0.002, 0.0, 0.004, 0.001, 0.003, 0.002, 0.0, 0.001)
    """Conductance without load."""
    gains_n: tuple[float, ...] = (520.0, 610.0, 470.0, 555.0, 640.0, 500.0, 585.0, 450.0)
    """Newtons at 1 mS."""

    @property
    def channels(self) -> int:
        return len(self.gains_n)

    def millivolts(self, newtons: Array) -> Array:
        """(n, 8) newtons to what the divider gives."""
        pulled = np.maximum(newtons, 0.0) / np.array(self.gains_n)
        leaks = np.array(self.leaks_ms) ** self.power
        conductance_ms: Array = (pulled + leaks) ** (1.0 / self.power)
        ratio = conductance_ms * self.circuit.r_m_ohm / 1000.0
        shown: Array = 1000.0 * self.circuit.vref_v * ratio / (1.0 + ratio)
        return shown

    def calibration(self, board: str) -> Calibration:
        scale = FsrScale(
            circuit=self.circuit,
            power=self.power,
            zeros_ms=self.leaks_ms,
            gains_n=self.gains_n,
        )
        return Calibration(name=f"{board}-simulated", board=board, found=scale)


class DeckSensors(Struct, frozen=True, kw_only=True):
    """Load cells of 2000 N and 2 mV/V on 2.5 V, each a little different, with a zero of its own."""

    mv_per_n: tuple[float, ...] = (0.00250, 0.00244, 0.00255, 0.00249)
    zeros_mv: tuple[float, ...] = (0.41, -0.22, 0.10, 0.63)
    full_scale_mv: float = 1200.0 / 128
    """Of the converter: its reference by its gain."""
    bits: int = 24

    @property
    def channels(self) -> int:
        return len(self.mv_per_n)

    def millivolts(self, newtons: Array) -> Array:
        """(n, 4) newtons to what the cells give."""
        shown: Array = newtons * np.array(self.mv_per_n) + np.array(self.zeros_mv)
        return shown

    def calibration(self, board: str) -> Calibration:
        counts_per_mv = 2.0 ** (self.bits - 1) / self.full_scale_mv
        scale = CellScale(
            bits=self.bits,
            zeros_counts=tuple(zero * counts_per_mv for zero in self.zeros_mv),
            newtons_per_count=tuple(1.0 / (each * counts_per_mv) for each in self.mv_per_n),
        )
        return Calibration(name=f"{board}-simulated", board=board, found=scale)
