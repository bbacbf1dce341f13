"""Whatever a sensor sends: no exception, no warning, no number that is none."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from softshoe.events import Array, GaitEvent, SampleBlock, Tick
from softshoe.gait.gait import Gait
from softshoe_hw.simulator.parameters import Parameters, Phase, RigName
from softshoe_hw.simulator.source import SimulatorSource

RATES_HZ = (10.0, 80.0, 100.0, 128.0, 250.0, 333.3, 1000.0, 2000.0)
RIGS: tuple[RigName, ...] = ("deck1", "deck4", "insoles", "deck4+insoles")


def spoil(values: Array, how: str, random: np.random.Generator) -> Array:
    """Samples as a broken, drifting, saturated or lying sensor gives them."""
    some = random.random(values.shape) < 0.003
    match how:
        case "offset":
            return values + random.uniform(-300, 300)
        case "scale":
            return values * 10 ** random.uniform(-6, 6)
        case "infinite":
            return np.where(some, random.choice([np.inf, -np.inf]), values)
        case "missing":
            return np.where(random.random(values.shape) < 0.02, np.nan, values)
        case "absurd":
            return np.where(some, 1e300, values)
        case "stuck":
            return np.concatenate((np.full((len(values), 1), 700.0), values[:, 1:]), axis=1)
        case "saturated":
            return np.minimum(values, 200.0)
        case "noise":
            return random.normal(size=values.shape) * 10 ** random.uniform(-3, 5)
        case "upside down":
            return -values
        case "dead":
            return np.zeros_like(values)
    return values


HOW = (
    *("offset", "scale", "infinite", "missing", "absurd", "stuck", "saturated"),
    *("noise", "dead", "upside down", "lossy", "repeated", "restart", "clean"),
)


def told(rig: RigName, rate_hz: float, how: str, seed: int, walk: bool) -> list[GaitEvent]:
    random = np.random.default_rng(seed)
    phase = Phase(activity="walk" if walk else "run", belt_m_s=random.uniform(1, 5))
    parameters = Parameters(schedule=(phase,), seed=seed)
    source = SimulatorSource(parameters, rig, rate_hz, speed=None, duration_s=random.uniform(2, 6))
    gait = Gait(source.rig, source.conditions, whole=bool(random.integers(2)))
    events: list[GaitEvent] = []
    for item in source.blocks():
        if isinstance(item, SampleBlock):
            item = replace(item, values=spoil(item.values, how, random))
            if how == "lossy" and random.random() < 0.1:
                continue
            if how == "restart" and item.first_s > 2.0:
                item = replace(item, first_index=item.first_index - int(2 * rate_hz), segment=1)
            if how == "repeated" and random.random() < 0.3:
                events += gait.feed(item)
        events += gait.feed(item)
    return [*events, *gait.feed(Tick(20.0)), *gait.finish()]


@pytest.mark.parametrize("how", HOW)
@given(
    rig=st.sampled_from(RIGS),
    rate_hz=st.sampled_from(RATES_HZ),
    seed=st.integers(0, 10**6),
    walk=st.booleans(),
)
@settings(max_examples=6, deadline=None)
def test_nothing_breaks_and_no_number_is_invented(
    how: str, rig: RigName, rate_hz: float, seed: int, walk: bool
) -> None:
    for event in told(rig, rate_hz, how, seed, walk):
        for name, value in asdict(event).items():
            if isinstance(value, float):
                assert type(value) is float, name
                assert math.isfinite(value), name
