"""The simulated runner hears the coach: softer after a cue, and back again; its truth knows it."""

import threading
import time

import numpy as np
import pytest

from softshoe.coaching import Cue
from softshoe.events import SampleBlock, Step
from softshoe.hub import Hub
from softshoe_hw.simulator.attention import Attention, Ears
from softshoe_hw.simulator.parameters import Parameters, Runner, Variation
from softshoe_hw.simulator.source import SimulatorSource

STEADY = Variation(contact_pct=0, step_time_pct=0, loading_pct=0, landing_pct=0, place_mm=0)
RUNNER = Runner(softens_pct=15.0, variation=STEADY, fatigue_pct_per_10_min=0.0)


def test_attention_fades() -> None:
    attention = Attention()
    assert attention.at(1.0) == 0.0
    attention.hear()
    assert attention.at(2.0) == 1.0
    assert attention.at(62.0) == pytest.approx(np.exp(-1))
    attention.hear()
    assert attention.at(63.0) == 1.0
    assert attention.at(1.0) == 0.0
    assert attention.at(32.0) == pytest.approx(np.exp(-0.5)), "the past stays as it was"


def valr(steps: list[Step], from_s: float, to_s: float) -> float:
    return float(np.mean([step.valr_bw_s for step in steps if from_s < step.t_s < to_s]))


def test_a_cue_makes_the_next_landings_softer_and_their_truth_too() -> None:
    source = SimulatorSource(Parameters(runner=RUNNER), "deck1", 200.0, None, duration_s=40.0)
    for block in source.blocks():
        if isinstance(block, SampleBlock) and abs(block.first_s - 20.0) < 0.01:
            source.attention.hear()
    steps = list(source.true_steps(40.0))
    before, after, later = valr(steps, 1, 20), valr(steps, 21.2, 23), valr(steps, 36, 39)
    assert after == pytest.approx(0.855 * before, rel=0.02)
    assert after < later < before
    assert [step.valr_bw_s for step in source.true_steps(40.0)] == [
        step.valr_bw_s for step in steps
    ]


def test_ears_hand_on_what_the_coach_says() -> None:
    hub, attention, stop = Hub(), Attention(), threading.Event()
    ears = Ears(attention, hub)
    thread = threading.Thread(target=ears.run, args=(stop,))
    thread.start()
    cue = Cue(
        number=1, skill="soft", t_s=1.0, until_s=7.0, word="Quieter.", lines=("a", "b"), say="c"
    )
    hub.publish(cue, 0.0)
    until_s = time.monotonic() + 5
    while not (heard := attention.at(3.0)) and time.monotonic() < until_s:
        time.sleep(0.01)
    stop.set()
    thread.join(5)
    assert heard == 1.0
