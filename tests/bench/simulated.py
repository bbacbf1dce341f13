"""What softshoe says of simulated runners against what the simulator knows of them."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from softshoe.analysis import analyze
from softshoe.events import Array, Step
from softshoe_hw.simulator.parameters import Parameters, Phase, RigName, Runner
from softshoe_hw.simulator.source import SimulatorSource
from softshoe_hw.simulator.truth import true_steps

PEOPLE = (
    Parameters(runner=Runner(strike="rear"), schedule=(Phase(belt_m_s=2.5),)),
    Parameters(
        runner=Runner(strike="rear", mass_kg=85, height_mm=1860), schedule=(Phase(belt_m_s=3.5),)
    ),
    Parameters(
        runner=Runner(strike="non_rear", mass_kg=58, height_mm=1650),
        schedule=(Phase(belt_m_s=3.5),),
    ),
)
NEAR_S = 0.05
BY_METHOD = frozenset({"impact_peak_bw", "impact_time_ms", "valr_bw_s", "vilr_bw_s"})
BY_REACH = frozenset({"reach_ahead_mm"})
METRICS = tuple(
    name
    for name in Step.__struct_fields__
    if name.endswith(("_ms", "_spm", "_bw", "_bw_s", "_pct", "_mm", "_kn_m", "_factor"))
)
Pair = tuple[Step, Step]


@cache
def pairs(rig: RigName, rate_hz: float, run_s: float) -> tuple[Pair, ...]:
    """Each measured step of all people, who run ``run_s`` each, with the true step that it is."""
    return tuple(pair for person in PEOPLE for pair in _pairs(person, rig, rate_hz, run_s))


def _pairs(person: Parameters, rig: RigName, rate_hz: float, run_s: float) -> Iterator[Pair]:
    source = SimulatorSource(person, rig, rate_hz, speed=None, duration_s=run_s, block_s=1.0)
    truth = list(true_steps(person, rig, run_s))
    at_s = np.array([step.t_s for step in truth])
    for step in analyze(source).steps:
        nearest = int(np.argmin(np.abs(at_s - step.t_s)))
        if abs(at_s[nearest] - step.t_s) < NEAR_S:
            yield step, truth[nearest]


def is_relative(metric: str) -> bool:
    """Forces, loading rates and stiffness are compared in per cent, the rest in their unit."""
    return metric.endswith(("_bw", "_bw_s", "_kn_m"))


def errors(found: Sequence[Pair], metric: str) -> Array:
    """Measured minus true, where both are known and mean the same (one impact method)."""
    known = [
        (float(getattr(step, metric)), float(getattr(truth, metric)))
        for step, truth in found
        if getattr(step, metric) is not None
        and getattr(truth, metric) is not None
        and (metric not in BY_METHOD or step.impact_method == truth.impact_method)
        and (metric not in BY_REACH or step.reach_method == truth.reach_method)
    ]
    measured, true = np.array(known, dtype=float).reshape(-1, 2).T
    return 100 * (measured / true - 1) if is_relative(metric) else measured - true
