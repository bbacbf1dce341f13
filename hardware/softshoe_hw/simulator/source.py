"""The simulator as a source: samples made up as they fall due."""

import threading
from collections.abc import Iterator
from math import inf

from softshoe.clock import Clock, SystemClock
from softshoe.events import Belt, SampleBlock, Step
from softshoe.rigs import Conditions, Rig
from softshoe_hw.cutting import cut
from softshoe_hw.pacing import Pacer
from softshoe_hw.simulator.attention import Attention
from softshoe_hw.simulator.parameters import Parameters, RigName, checked
from softshoe_hw.simulator.rigs import simulated_rig
from softshoe_hw.simulator.schedule import belts, refuse_impossible
from softshoe_hw.simulator.stretches import stretches
from softshoe_hw.simulator.truth import true_steps


class SimulatorSource:
    """A Source: a simulated runner in real time, ``speed`` times as fast, or at once (None)."""

    def __init__(
        self,
        parameters: Parameters,
        rig: RigName = "deck4",
        rate_hz: float = 1000.0,
        speed: float | None = 1.0,
        duration_s: float | None = None,
        block_s: float = 0.02,
        clock: Clock | None = None,
    ) -> None:
        self.parameters = checked(parameters)
        self.attention = Attention()
        refuse_impossible(self.parameters)
        self._rig_name: RigName = rig
        self._rig = simulated_rig(rig, parameters, rate_hz)
        self._rate_hz = rate_hz
        self._rows = inf if duration_s is None else round(duration_s * rate_hz)
        self._block_rows = max(1, round(block_s * rate_hz))
        self._stop = threading.Event()
        self._pacer = Pacer(speed, clock or SystemClock(), self._stop)

    @property
    def name(self) -> str:
        return "simulator"

    @property
    def rig(self) -> Rig:
        return self._rig

    @property
    def conditions(self) -> Conditions:
        """What the runner would state; how the belt's speed changes comes with the samples."""
        runner, schedule = self.parameters.runner, self.parameters.schedule
        return Conditions(
            belt_m_s=next((one.belt_m_s for one in schedule if one.activity == "run"), None),
            body_mass_kg=runner.mass_kg,
            height_mm=runner.height_mm,
        )

    def blocks(self) -> Iterator[SampleBlock | Belt]:
        coming = list(belts(self.parameters.schedule))
        for block in self._cut_blocks():
            end_s = block.first_s + (len(block.values) - 1) / self._rate_hz
            if not self._pacer.wait_until(end_s):
                return
            while coming and coming[0].t_s <= end_s:
                yield coming.pop(0)
            yield block

    def true_steps(self, until_s: float, filtered: bool = True) -> Iterator[Step]:
        """What the steps that end by ``until_s`` truly are; not ``filtered``: the bare model."""
        return true_steps(self.parameters, self._rig_name, until_s, filtered, self.attention)

    def close(self) -> None:
        self._stop.set()

    def _cut_blocks(self) -> Iterator[SampleBlock]:
        for stretch in stretches(self.parameters, self._rig, self._rate_hz, self.attention):
            first, rows = stretch[0].first_index, len(stretch[0].values)
            end = min(rows, self._rows - first)
            for start in range(0, int(end), self._block_rows):
                stop = min(start + self._block_rows, int(end))
                for block in stretch:
                    yield cut(block, start, stop, self._rate_hz)
            if end < rows:
                return
