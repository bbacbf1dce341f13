"""What is a step, what is a walk, what is a body's weight, and how good each value is."""

import numpy as np
import pytest

from softshoe.gait.chain import Chain
from softshoe.gait.quality import Facts, judge
from softshoe.gait.walking import BothLoaded, LoadWatch, StanceWatch, peak_cadence_spm
from softshoe.gait.weight import BodyWeight


@pytest.mark.parametrize(
    ("contact_s", "peak", "since_s", "reason"),
    [
        (0.25, 1500.0, 0.36, None),
        (0.09, 1500.0, 0.36, "too_short"),
        (0.46, 1500.0, 0.36, "too_long"),
        (0.25, 800.0, 0.36, "too_weak"),
        (0.25, 9000.0, 0.36, "too_strong"),  # no runner: a loose contact or a broken cell
        (0.25, 1500.0, 0.20, "too_soon"),
        (0.25, 1500.0, 1.50, None),  # a long period never rejects
    ],
)
def test_objections(contact_s: float, peak: float, since_s: float, reason: str | None) -> None:
    chain = Chain()
    chain.accept(10.0, 0)
    assert chain.objection(10.0 + since_s, contact_s, peak, 700.0, 500.0) == reason


def test_the_load_of_late_stands_in_for_a_weight() -> None:
    assert Chain().objection(10.0, 0.25, 500.0, None, 500.0) == "too_weak"
    assert Chain().objection(10.0, 0.25, 9000.0, None, 500.0) is None


def test_three_in_a_row_run_and_two_seconds_end_it() -> None:
    chain = Chain()
    assert [chain.accept(0.36 * n, min(n, 1)) for n in range(3)] == [False, True, True]
    assert chain.running
    chain.accept(0.72 + 0.9, 2)
    assert chain.running
    chain.accept(0.72 + 0.9 + 2.1, 0)
    assert not chain.running


def test_what_was_rejected_between_breaks_the_chain() -> None:
    chain = Chain()
    chain.accept(0.0, 0)
    chain.reject()
    assert not chain.accept(0.36, 1)
    assert chain.accept(0.72, 1)


def test_three_long_periods_are_a_walk() -> None:
    chain = Chain()
    for number in range(4):
        assert not chain.strides_like_walking
        chain.accept(0.7 * number, min(number, 1))
    assert chain.strides_like_walking


def test_strides_of_the_only_foot_that_is_seen_are_no_walk() -> None:
    chain = Chain()
    for number in range(8):
        assert not chain.accept(0.7 * number, min(number, 1), "right")
    assert not chain.strides_like_walking
    for number in range(4):
        chain.accept(10.0 + 1.3 * number, 1, "right")
    assert chain.strides_like_walking


def test_weight_is_known_after_four_steps_and_frozen_after_twenty() -> None:
    weight = BodyWeight()
    for _ in range(3):
        weight.feed(250.0, 0.36)
    assert weight.value is None
    weight.feed(254.0, 0.36)
    assert weight.value == pytest.approx(1004.0 / 1.44)
    for _ in range(16):
        weight.feed(252.0, 0.36)
    frozen = weight.value
    weight.feed(300.0, 0.36)
    assert weight.value == frozen
    assert weight.other_person is None


def test_a_finished_recording_uses_every_step() -> None:
    weight = BodyWeight()
    for number in range(100):
        weight.feed(250.0 + number, 0.36)
    weight.settle_on_all()
    assert weight.value == pytest.approx((250.0 + 49.5) / 0.36)


def test_a_stand_counts_before_the_first_step_only() -> None:
    weight = BodyWeight()
    weight.stand(690.0)
    weight.feed(250.0, 0.36)
    weight.stand(720.0)
    assert (weight.value, weight.source) == (690.0, "standing")


def watch(load: np.ndarray) -> LoadWatch:
    one = LoadWatch(0.01)
    for value in load:
        one.feed(float(value), float(value))
    return one


SECONDS = np.arange(800) / 100


def test_a_load_that_never_leaves_and_moves_is_a_walk() -> None:
    moving = watch(700 + 150 * np.sin(2 * np.pi * 1.8 * SECONDS))
    assert moving.never_leaves(0.0)
    assert moving.walking_cadence_spm() == pytest.approx(108.0, rel=0.01)


def test_a_stand_is_not() -> None:
    still = watch(np.full(800, 700.0))
    assert not still.never_leaves(0.0)
    assert still.standing(10.0) == 690.0
    assert still.walking_cadence_spm() is None


def test_running_leaves_the_deck() -> None:
    running = watch(np.maximum(0.0, 1500 * np.sin(2 * np.pi * 1.4 * SECONDS)))
    assert not running.never_leaves(0.0)
    assert running.standing(0.0) is None


def test_a_turn_does_not_spoil_the_cadence() -> None:
    load = 700 + 150 * np.sin(2 * np.pi * 1.8 * SECONDS)
    load[300:360] = 700.0
    assert peak_cadence_spm(load, 0.01) == pytest.approx(108.0, rel=0.02)


def test_both_feet_down_for_a_tenth_of_the_time() -> None:
    both = BothLoaded(0.01)
    for number in range(300):
        both.feed(number % 50 < 10)
    assert both.walking
    for _ in range(300):
        both.feed(False)
    assert not both.walking
    for _ in range(300):
        both.feed(True)
    assert not both.walking


def test_stance_times_of_a_walk() -> None:
    stance = StanceWatch()
    for step in range(12):
        stance.feed(0.55 * step, step % 2, True)
        stance.feed(0.55 * step + 0.65 + 0.01 * (step % 2), step % 2, False)
    assert stance.cadence_spm() == pytest.approx(60 / 0.55)
    assert stance.means_ms() == (pytest.approx(650.0), pytest.approx(660.0))


GOOD = Facts(
    rate_hz=1000.0,
    insole_forces=False,
    calibrated=True,
    bridged=False,
    has_place=True,
    belt_known=True,
)


@pytest.mark.parametrize(
    ("changes", "words", "reason"),
    [
        ({}, ("good", "good", "good"), None),
        ({"rate_hz": 300.0}, ("good", "low", "good"), "rate_below_500_hz"),
        ({"rate_hz": 150.0}, ("low", "none", "good"), "rate_below_500_hz"),
        ({"rate_hz": 80.0}, ("none", "none", "good"), "rate_below_500_hz"),
        ({"insole_forces": True}, ("good", "low", "good"), "loading_from_insoles"),
        ({"calibrated": False}, ("low", "good", "good"), "not_calibrated"),
        ({"bridged": True}, ("low", "low", "low"), "samples_bridged"),
        ({"has_place": False}, ("good", "good", "none"), None),
        ({"belt_known": False}, ("good", "good", "low"), "no_belt_speed"),
        ({"sides_disagree": True}, ("good", "good", "low"), "sides_disagree"),
    ],
)
def test_quality(
    changes: dict[str, object], words: tuple[str, str, str], reason: str | None
) -> None:
    facts = {name: getattr(GOOD, name) for name in GOOD.__struct_fields__} | changes
    verdict = judge(Facts(**facts))
    assert (verdict.timing, verdict.loading, verdict.place) == words
    assert verdict.reasons == (() if reason is None else (reason,))
