"""A deck that rings: the force is had back between 40 and 120 Hz, and loading refused below."""

import math

import numpy as np
import pytest
from tests.gait.two_mass_runner import block, run

from softshoe.calibrations import Calibration, Resonance
from softshoe.events import Array, SampleBlock, Step
from softshoe.gait.gait import Gait
from softshoe.rigs import Conditions, DeckLayout, Rig, Stream
from softshoe_hw.simulator.parameters import Deck, Parameters, Phase
from softshoe_hw.simulator.source import SimulatorSource

RATE_HZ = 1000.0
STREAM = Stream("deck", RATE_HZ, ("fz_n",), deck=DeckLayout("force"))


def rung(force: Array, resonance: Resonance) -> Array:
    """What a deck of one mass on one damped spring shows of a force, rendered finely."""
    fine = 20
    step_s = 1 / (RATE_HZ * fine)
    wn = 2 * math.pi * resonance.fn_hz
    shown, speed, told = 0.0, 0.0, []
    seconds = np.arange(len(force)) / RATE_HZ
    for applied in np.interp(np.arange(len(force) * fine) * step_s, seconds, force).tolist():
        told.append(shown)
        speed += step_s * (wn**2 * (applied - shown) - 2 * resonance.zeta * wn * speed)
        shown += step_s * speed
    return np.array(told[::fine])


def a_run() -> Array:
    """Force of a runner at 3.5 m/s, as a stiff deck without noise would show it."""
    stiff = Deck(zero_n=0.0, drift_n_per_min=0.0, noise_n=0.0, vibration_n=0.0)
    parameters = Parameters(deck=stiff, schedule=(Phase(belt_m_s=3.5),))
    source = SimulatorSource(parameters, "deck1", RATE_HZ, speed=None, duration_s=5.0)
    parts = [item.values[:, 0] for item in source.blocks() if isinstance(item, SampleBlock)]
    return np.concatenate(parts)


def steps(force: Array, known: Resonance | None) -> list[Step]:
    scales = [Calibration(name="ring", board="deck", found=known)] if known else []
    gait = Gait(Rig((STREAM,)), Conditions(), whole=True, scales=scales)
    events = [*gait.feed(block(force)), *gait.finish()]
    return [e for e in events if isinstance(e, Step) and e.moment == "final"]


def mean_vilr(found: list[Step]) -> float:
    rates = [step.vilr_bw_s for step in found[1:-1]]
    assert len(rates) > 5
    return float(np.mean([rate for rate in rates if rate is not None]))


def test_60_hz_is_undone() -> None:
    resonance = Resonance(fn_hz=60.0, zeta=0.05)
    force = a_run()
    shown = rung(force, resonance)
    truth = mean_vilr(steps(force, None))
    assert mean_vilr(steps(shown, None)) > 1.20 * truth
    corrected = steps(shown, resonance)
    assert mean_vilr(corrected) == pytest.approx(truth, rel=0.05)
    assert {step.loading_quality for step in corrected} == {"low"}
    assert all("deck_rings" in step.quality_reasons for step in corrected)


def test_35_hz_refuses_loading_and_keeps_the_time() -> None:
    resonance = Resonance(fn_hz=35.0, zeta=0.05)
    found = steps(rung(run(10), resonance), resonance)
    assert len(found) > 5
    for step in found:
        assert (step.loading_quality, step.vilr_bw_s, step.valr_bw_s) == ("none", None, None)
        assert step.impact_peak_bw is None
        assert step.contact_ms is not None
        assert "deck_rings_too_slowly" in step.quality_reasons


def test_a_landing_on_such_a_deck_tells_no_impact() -> None:
    resonance = Resonance(fn_hz=35.0, zeta=0.3)
    scales = [Calibration(name="ring", board="deck", found=resonance)]
    gait = Gait(Rig((STREAM,)), Conditions(), scales=scales)
    landings = [
        event
        for event in gait.feed(block(rung(run(12), resonance)))
        if isinstance(event, Step) and event.moment == "landing"
    ]
    assert landings
    assert {landing.impact_peak_bw for landing in landings} == {None}


def test_a_stiff_deck_is_left_as_it_is() -> None:
    force = run(8)
    assert steps(force, Resonance(fn_hz=120.0, zeta=0.05)) == steps(force, None)
