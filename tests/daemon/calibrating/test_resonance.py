"""Heel-drops on a deck whose resonance is known."""

import math

import numpy as np
import pytest
from tests.gait.test_resonance import a_run, mean_vilr, rung, steps

from softshoe.calibrating.phases import Samples
from softshoe.calibrating.procedure import HEEL_DROPS, Subject, calibrate
from softshoe.calibrating.resonance import decaying_waves, measure_resonance
from softshoe.calibrations import Resonance
from softshoe.errors import InputError
from softshoe.events import Array
from softshoe.rigs import DeckLayout, Rig, Stream

RATE_HZ = 1000.0


def drops(resonance: Resonance, count: int = 5, seed: int = 1, noise_n: float = 1.5) -> Array:
    """What a deck shows of a person who drops on the heels, every 2 s; rendered finely."""
    fine, seconds = 10, 2.0 * count + 1.0
    t_s = np.arange(round(seconds * RATE_HZ * fine)) / (RATE_HZ * fine)
    force = np.full(len(t_s), 700.0)
    random = np.random.default_rng(seed)
    for number in range(count):
        since_s = t_s - (1.0 + 2.0 * number)
        blow = random.uniform(600, 1200) * np.exp(-(((since_s - 0.01) / 0.004) ** 2))
        sway = 250 * np.exp(-np.clip(since_s, 0, None) / 0.25) * np.sin(2 * np.pi * 5 * since_s)
        force += np.where(since_s > -0.02, blow, 0.0) + np.where(since_s > 0, sway, 0.0)
    wn, step_s = 2 * math.pi * resonance.fn_hz, 1 / (RATE_HZ * fine)
    shown, speed, told = 700.0, 0.0, []
    for applied in force.tolist():
        told.append(shown)
        speed += step_s * (wn**2 * (applied - shown) - 2 * resonance.zeta * wn * speed)
        shown += step_s * speed
    return np.array(told[::fine]) + random.normal(0, noise_n, len(told[::fine]))


@pytest.mark.parametrize("fn_hz", [35.0, 45.0, 60.0, 85.0, 115.0])
@pytest.mark.parametrize("zeta", [0.02, 0.05])
def test_frequency_and_damping_are_found(fn_hz: float, zeta: float) -> None:
    found = measure_resonance(drops(Resonance(fn_hz=fn_hz, zeta=zeta)), RATE_HZ)
    assert found.resonance.fn_hz == pytest.approx(fn_hz, rel=0.02)
    assert found.resonance.zeta == pytest.approx(zeta, rel=0.25)
    assert len(found.frequencies_hz) == 5


def test_waves_are_taken_apart() -> None:
    n = np.arange(120)
    samples = 3 * 0.98**n * np.cos(0.4 * n) + 2 * 0.995**n
    poles, amplitudes = decaying_waves(samples, 3)
    wave = int(np.argmax(poles.imag))
    assert abs(poles[wave]) == pytest.approx(0.98)
    assert np.angle(poles[wave]) == pytest.approx(0.4)
    assert abs(amplitudes[wave]) == pytest.approx(1.5)


def test_two_drops_are_too_few() -> None:
    with pytest.raises(InputError, match="2 clear heel-drops, 3 are needed"):
        measure_resonance(drops(Resonance(fn_hz=60.0, zeta=0.05), count=2), RATE_HZ)


def test_what_heel_drops_tell_undoes_the_ringing_of_a_run() -> None:
    truth = Resonance(fn_hz=60.0, zeta=0.05)
    found = measure_resonance(drops(truth), RATE_HZ).resonance
    force = a_run()
    shown, stiff = rung(force, truth), mean_vilr(steps(force, None))
    assert mean_vilr(steps(shown, None)) > 1.20 * stiff
    assert mean_vilr(steps(shown, found)) == pytest.approx(stiff, rel=0.05)


@pytest.mark.parametrize(
    ("fn_hz", "passed", "words"), [(35.0, False, "35 Hz"), (60.0, True, "60 Hz")]
)
def test_what_the_deck_is_good_for(fn_hz: float, passed: bool, words: str) -> None:
    force = drops(Resonance(fn_hz=fn_hz, zeta=0.05))
    stream = Stream("deck", RATE_HZ, ("fz_n",), deck=DeckLayout("force"))
    phases = {HEEL_DROPS: {"deck": Samples(np.arange(len(force)) / RATE_HZ, force[:, None])}}
    (found,) = calibrate(Subject(rig=Rig((stream,)), weight_n=700.0), phases, "today")
    assert (found.kind, found.passed) == ("resonance", passed)
    assert words in found.checks[-1].found
