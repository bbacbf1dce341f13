"""The belt's speed from a roller's pulses: right when they are, and never a guess."""

import math
import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softshoe.events import Belt
from softshoe_hw.belt_speed import BeltSpeed

MM = 50.0 * math.pi  # a roller of 50 mm with one magnet


def pulses(speed_at: Callable[[float], float], until_s: float, mm: float = MM) -> Iterator[float]:
    """When a belt's roller gives pulses, worked out in steps of 0.1 ms."""
    way_mm = 0.0
    for tick in range(int(until_s * 10_000)):
        way_mm += speed_at(tick / 10_000) / 10
        if way_mm >= mm:
            way_mm -= mm
            yield tick / 10_000


def told(belt: BeltSpeed, times: Iterator[float], until_s: float) -> list[Belt]:
    """What is said when silence is looked at every 50 ms, as a source does."""
    said, look_s = [], 0.05
    for t_s in [*times, until_s]:
        while look_s < t_s:
            said.append(belt.silence(look_s))
            look_s += 0.05
        if t_s < until_s:
            said.append(belt.pulse(t_s))
    return [one for one in said if one]


@pytest.mark.parametrize("m_s", [0.3, 1.0, 3.0, 6.0])
@pytest.mark.parametrize("mm", [20.0, MM, 300.0])
def test_a_steady_belt(m_s, mm):
    said = told(BeltSpeed(mm), pulses(lambda _: m_s, 10.0, mm), 10.0)
    assert said[-1].belt_m_s == pytest.approx(m_s, rel=0.003)
    assert len(said) <= 5


def test_footfalls_that_brake_and_pulses_that_come_late_do_not_matter():
    """7 % slower for a third of each step, as small treadmills are, and up to 5 ms of delay."""
    late = random.Random(1)

    def braked(t_s: float) -> float:
        return 3.0 * (0.93 if t_s * 2.7 % 1 < 0.33 else 1.0)

    times = [t_s + late.uniform(0, 0.005) for t_s in pulses(braked, 30.0)]
    mean = 3.0 * (1 - 0.07 * 0.33)
    said = [one.belt_m_s for one in told(BeltSpeed(MM), iter(times), 30.0)[1:]]
    assert all(one == pytest.approx(mean, rel=0.03) for one in said)
    assert sum(said) / len(said) == pytest.approx(mean, rel=0.005)


def test_a_belt_that_speeds_up_is_followed():
    said = told(BeltSpeed(MM), pulses(lambda t_s: min(1.0 + 0.8 * t_s, 4.0), 8.0), 8.0)
    assert [one.belt_m_s for one in said] == sorted(one.belt_m_s for one in said)
    assert all(abs(one.belt_m_s - min(1.0 + 0.8 * one.t_s, 4.0)) < 0.5 for one in said)
    assert said[-1].belt_m_s == pytest.approx(4.0, rel=0.003)


def test_a_belt_that_stops_has_speed_zero_within_two_seconds():
    def slowing(t_s: float) -> float:
        return max(0.0, min(3.0, 3.0 - 1.5 * (t_s - 5.0)))

    said = told(BeltSpeed(MM), pulses(slowing, 10.0), 10.0)
    assert said[-1].belt_m_s == 0.0
    assert 7.0 < said[-1].t_s < 9.0
    assert [one.belt_m_s for one in said].count(0.0) == 1


def test_a_cable_that_is_pulled_off_is_no_stop():
    said = told(BeltSpeed(MM), pulses(lambda _: 3.0, 5.0), 10.0)
    assert said[-1].belt_m_s is None
    assert said[-1].t_s == pytest.approx(5.0 + MM / 100, abs=0.2)


def test_it_goes_on_after_a_stop():
    said = told(BeltSpeed(MM), pulses(lambda t_s: 0.0 if 3 < t_s < 6 else 0.8, 9.0), 9.0)
    assert [round(one.belt_m_s, 1) for one in said if one.belt_m_s is not None] == [0.8, 0.0, 0.8]


def test_a_contact_that_bounces_at_each_pulse():
    doubled = [t_s + bounce for t_s in pulses(lambda _: 3.0, 6.0) for bounce in (0, 0.001, 0.004)]
    belt = BeltSpeed(MM)
    assert told(belt, iter(doubled), 6.0)[-1].belt_m_s == pytest.approx(3.0, rel=0.003)
    assert belt.distance_m == pytest.approx(18.0, abs=0.2)


@pytest.mark.parametrize("every", [3, 7, 20])
def test_pulses_that_are_missed_or_too_many_change_nothing(every):
    true = list(pulses(lambda _: 3.0, 20.0))
    missed = [t_s for number, t_s in enumerate(true) if number < 4 or number % every]
    said = told(BeltSpeed(MM), iter(missed), 20.0)
    assert all(one.belt_m_s == pytest.approx(3.0, rel=0.003) for one in said)
    extra = sorted(true + [t_s + 0.026 for t_s in true[4::every]])
    said = told(BeltSpeed(MM), iter(extra), 20.0)
    assert all(one.belt_m_s == pytest.approx(3.0, rel=0.003) for one in said)


def test_what_was_thought_impossible_is_believed_when_it_lasts():
    said = told(BeltSpeed(MM), pulses(lambda t_s: 1.0 if t_s < 3 else 5.0, 6.0), 6.0)
    assert [round(one.belt_m_s) for one in said] == [1, 5]


def test_pulses_that_were_lost_on_the_way_are_counted():
    belt = BeltSpeed(MM)
    step_s = MM / 3000
    for number in range(60):
        if number % 4:
            belt.pulse(number * step_s, pulses=2 if number % 4 == 1 and number > 1 else 1)
    assert belt.distance_m == pytest.approx(59 * MM / 1000)


def test_nothing_is_known_before_the_first_pulses():
    belt = BeltSpeed(MM)
    assert belt.silence(100.0) is None
    assert [belt.pulse(100 + number * 0.05) for number in range(3)] == [None] * 3
    assert belt.pulse(100.15).belt_m_s == pytest.approx(MM / 50)


@given(st.lists(st.floats(0, 5), max_size=80), st.floats(1, 500))
def test_any_pulses_give_a_belt_s_speed_or_nothing(intervals, mm):
    belt, t_s = BeltSpeed(mm), 0.0
    for interval in intervals:
        t_s += interval
        for said in (belt.silence(t_s), belt.pulse(t_s)):
            assert said is None or said.belt_m_s is None or 0 <= said.belt_m_s <= 10
