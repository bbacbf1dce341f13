"""Sides are decided by evidence, survive missed contacts, and are unknown rather than wrong."""

import numpy as np
import pytest

from softshoe.gait.sides import Parities, SideEvidence, decide


def parities(times_s: list[float]) -> list[int]:
    tracker, found = Parities(), []
    for time_s in times_s:
        tracker.feed(time_s)
        found.append(tracker.parity)
    return found


def test_feet_alternate() -> None:
    assert parities([0.36 * n for n in range(6)]) == [0, 1, 0, 1, 0, 1]


def test_a_missed_contact_does_not_swap_feet() -> None:
    times = [0.36 * n for n in range(12) if n != 7]
    assert parities(times) == [n % 2 for n in range(12) if n != 7]


def test_two_missed_contacts_do_not_either() -> None:
    times = [0.36 * n for n in range(12) if n not in (7, 8)]
    assert parities(times) == [n % 2 for n in range(12) if n not in (7, 8)]


def test_a_long_pause_begins_anew() -> None:
    tracker = Parities()
    assert [tracker.feed(t) for t in (0.0, 0.36, 3.0)] == [0, 1, 0]
    assert tracker.parity == 0


@pytest.mark.parametrize(
    ("signed_mm", "verdict"),
    [
        ([40.0] * 5 + [38.0] * 4, None),  # too few
        ([40.0, 44.0] * 5, True),
        ([-40.0, -44.0] * 5, False),
        ([12.0, 13.0] * 10, None),  # certain, but too close to the midline
        ([120.0, -80.0] * 8, None),  # far apart, but uncertain
    ],
)
def test_evidence(signed_mm: list[float], verdict: bool | None) -> None:
    assert decide(signed_mm) is verdict


def test_the_opposite_is_believed_when_it_is_reached() -> None:
    evidence = SideEvidence()
    noise = np.random.default_rng(3).normal(0.0, 10.0, 200)
    for number in range(30):
        evidence.feed(number % 2, (60.0 if number % 2 == 0 else -60.0) + noise[number])
    assert evidence.side(0) == "left"
    for number in range(30, 130):
        evidence.feed(number % 2, (-60.0 if number % 2 == 0 else 60.0) + noise[number])
    assert evidence.side(0) == "right"
    assert evidence.side(1) == "left"
