"""Channels that are absurd, stuck, saturated or drifting: said, and no number is made of them."""

import numpy as np
import pytest
from tests.faults.footing import RUNS_S, Footing, all_finite, counted_up
from tests.hardware.fake_runner import (
    DECK,
    DECK_BITS,
    DECK_COUNTS_PER_N,
    DECK_HZ,
    LEFT,
    RIGHT,
    deck_counts,
    deck_hello,
    deck_scale,
    foot_counts,
    hello,
    insole_scale,
    truth,
)
from tests.hardware.fake_time import FakeClock
from tests.hardware.memory_ports import Ports

from softshoe.events import Step
from softshoe_hw.fake_board import FakeBoard

HIGHEST = 2 ** (DECK_BITS - 1) - 1
FAULT_S = 5.0


def deck(change):
    """A runner on a deck of which ``change`` spoils the counts, from 5 s on."""
    clock = FakeClock()
    counts = deck_counts().copy()
    change(counts[round(FAULT_S * DECK_HZ) :])
    ports = Ports(clock)
    ports.plug("/dev/deck", FakeBoard(deck_hello(), counts, clock.now_s, rows=10))
    return Footing(DECK, ports=ports, scales=[deck_scale()])


def feet(change, bits=16):
    """The same on two insoles; the left one's counts are spoilt."""
    clock = FakeClock()
    ports = Ports(clock)
    for side in ("left", "right"):
        counts = foot_counts(side).copy()
        if side == "left":
            change(counts[round(FAULT_S * 500) :])
        ports.plug(f"/dev/{side}", FakeBoard(hello(side), counts, clock.now_s))
    scales = [insole_scale(f"fake-{side}") for side in ("left", "right")]
    return Footing(LEFT, RIGHT, ports=ports, scales=scales)


def set_to(value, channel=2):
    def change(counts):
        counts[:, channel] = value

    return change


def test_a_stuck_cell_is_named_and_the_deck_measures_no_more():
    running = deck(set_to(123_456))
    running.pass_time(FAULT_S + 12.5)
    health = running.health("deck")
    assert health.stuck == ("rl_n",)
    named_s = running.clock.now_s
    running.pass_time(5.0)
    assert not running.steps_at(named_s)
    assert all_finite(running.events)


def test_a_saturated_cell_is_named_within_a_few_seconds_and_nothing_is_measured_meanwhile():
    def spoil(counts):
        counts[:, 2] = np.where(counts.sum(axis=1) > 800 * DECK_COUNTS_PER_N, HIGHEST, counts[:, 2])

    running = deck(spoil)
    running.pass_time(FAULT_S)
    wrong_s = running.clock.now_s
    running.until(lambda: running.health("deck").saturated == ("rl_n",), 4.5)
    running.pass_time(3.0)
    assert not running.steps_at(wrong_s + 0.5)
    assert not [step for step in running.of(Step) if (step.active_peak_bw or 0) > 4.0]
    assert all_finite(running.events)
    assert counted_up(running.steps)


@pytest.mark.parametrize("value", [-(2**23), 2**23 - 1])
def test_both_ends_of_the_range_are_ends(value):
    running = deck(set_to(value))
    running.pass_time(FAULT_S + 4.5)
    assert running.health("deck").saturated == ("rl_n",)


def test_counts_that_the_converter_cannot_give_are_named_and_not_measured():
    """A board of ten bits that sends sixteen."""
    running = feet(set_to(65_535))
    running.pass_time(FAULT_S + 4.5)
    assert running.health("left").saturated == ("l3",)
    named_s = running.clock.now_s
    running.pass_time(4.0)
    assert not running.steps_at(named_s, "left")
    assert len(running.steps_at(named_s, "right")) >= 4
    assert all_finite(running.events)


def test_a_stuck_sensor_under_load_is_named_and_only_its_foot_is_left_out():
    running = feet(set_to(20_000))
    running.pass_time(FAULT_S + 12.5)
    assert running.health("left").stuck == ("l3",)
    assert running.health("right").stuck == ()
    named_s = running.clock.now_s
    running.pass_time(4.0)
    assert not running.steps_at(named_s, "left")
    assert len(running.steps_at(named_s, "right")) >= 4


def test_a_sensor_that_nothing_presses_is_not_stuck():
    running = feet(set_to(0))
    running.pass_time(FAULT_S + 14.0)
    assert running.health("left").stuck == ()
    assert running.steps_at(running.clock.now_s - 4.0, "left")


@pytest.mark.parametrize("n_per_s", [-5.0, 5.0])
def test_a_cell_that_drifts_does_not_move_the_steps(n_per_s):
    """300 N a minute are hundreds of times what a cell does."""

    def drift(counts):
        seconds = np.arange(len(counts)) / DECK_HZ
        counts[:, 0] += np.rint(n_per_s * seconds * DECK_COUNTS_PER_N).astype(np.int64)

    straight, drifting = deck(lambda counts: None), deck(drift)
    for running in (straight, drifting):
        running.pass_time(18.0)
    assert len(drifting.steps) == len(straight.steps)
    for one, other in zip(drifting.steps, straight.steps, strict=True):
        assert one.contact_ms == pytest.approx(other.contact_ms, abs=2.0)
        if one.active_peak_bw is not None:
            assert one.active_peak_bw == pytest.approx(other.active_peak_bw, rel=0.02)


def test_a_wandering_zero_that_reaches_the_end_is_said():
    def run_away(counts):
        counts[:, 1] = np.minimum(counts[:, 1] + np.arange(len(counts)) * 600, HIGHEST)

    running = deck(run_away)
    running.pass_time(FAULT_S + 16.0)
    assert running.health("deck").saturated == ("fr_n",)
    assert all_finite(running.events)
    assert all(
        step.active_peak_bw is None or 1.5 < step.active_peak_bw < 4.0 for step in running.steps
    )


def test_noise_without_any_sense_gives_no_step_and_no_number_that_is_not_one():
    chance = np.random.default_rng(1)
    running = deck(
        lambda counts: counts.__setitem__(
            slice(None), chance.integers(-(2**23), 2**23, counts.shape)
        )
    )
    running.pass_time(RUNS_S + 1.0)
    before = len(running.steps)
    running.pass_time(8.0)
    assert len(running.steps) <= before + 1
    assert all_finite(running.events)


def test_the_runner_of_these_tests_is_measured_when_nothing_is_wrong():
    running = deck(lambda counts: None)
    running.pass_time(12.0)
    assert abs(len(running.steps) - len([one for one in truth() if one.t_s < 11.0])) <= 3
    assert running.health("deck").saturated == running.health("deck").stuck == ()
