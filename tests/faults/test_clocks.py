"""A board's clock is off by 200 ppm, and what it says arrives up to 200 ms late."""

import random
from bisect import bisect

import numpy as np
import pytest
from tests.faults.footing import Footing
from tests.hardware.fake_runner import (
    DECK,
    LEFT,
    RIGHT,
    deck_board,
    deck_scale,
    insole_board,
    insole_scale,
    truth,
)
from tests.hardware.fake_time import FakeClock
from tests.hardware.memory_ports import Ports

SETTLED_S = 10.0


class Stalls:
    """The host is held up again and again, for up to 200 ms; what came meanwhile waits."""

    def __init__(self, clock, seed):
        chance = random.Random(seed)
        self._clock = clock
        self._ends_s, self._lasts_s = [], []
        at_s = clock.now_s
        for _ in range(200):
            at_s += chance.uniform(0.2, 1.0)
            self._lasts_s.append(chance.uniform(0.0, 0.2))
            self._ends_s.append(at_s)

    def __call__(self):
        now_s = self._clock.now_s
        number = bisect(self._ends_s, now_s)
        return max(0.0, self._ends_s[number] - now_s) if self._is_held(number, now_s) else 0.0

    def _is_held(self, number, now_s):
        return self._ends_s[number] - self._lasts_s[number] <= now_s


def late_ports(seed):
    """None: nothing is late. Looks do not keep time with the boards, else they hide their drift."""
    ports = Ports(FakeClock())
    chance = random.Random(seed)
    ports.step_s = lambda: chance.uniform(0.003, 0.008)
    if seed is not None:
        ports.late_s = Stalls(ports.clock, seed)
    return ports


def deck(drift_ppm, seed):
    ports = late_ports(seed)
    clock = ports.clock
    ports.plug("/dev/deck", deck_board(clock.now_s, drift_ppm=drift_ppm))
    return Footing(DECK, ports=ports, scales=[deck_scale()])


def errors_ms(running, began_s=100.0):
    """Landing and toe-off against the runner's truth, after the first ten seconds."""
    true = truth()
    at_s = np.array([began_s + one.t_s for one in true])
    found = []
    for step in running.steps_at(began_s + SETTLED_S):
        landed_s = running.began_s + step.t_s
        nearest = int(np.argmin(np.abs(at_s - landed_s)))
        off_ms = 1000 * (landed_s - at_s[nearest])
        found.append((off_ms, off_ms + step.contact_ms - true[nearest].contact_ms))
    return np.array(found)


@pytest.mark.parametrize(("drift_ppm", "seed"), [(200.0, 1), (-200.0, 2)])
def test_contact_times_are_right_within_a_millisecond_after_ten_seconds(drift_ppm, seed):
    """Beyond what the measurement itself differs from the truth, which a perfect line shows."""
    running, ideal = deck(drift_ppm, seed), deck(0.0, None)
    for one in (running, ideal):
        one.pass_time(25.0)
    errors, own = errors_ms(running), errors_ms(ideal)
    assert len(errors) == len(own) > 30
    assert np.abs(errors - own).max() < 1.0


def test_two_boards_of_different_drift_line_up():
    ports = late_ports(4)
    for side, drift_ppm in (("left", 200.0), ("right", -200.0)):
        ports.plug(f"/dev/{side}", insole_board(side, ports.clock.now_s, drift_ppm=drift_ppm))
    scales = [insole_scale(f"fake-{side}") for side in ("left", "right")]
    running = Footing(LEFT, RIGHT, ports=ports, scales=scales)
    running.pass_time(25.0)
    true = truth("insoles")
    began_s = running.began_s
    at_s = np.array([100.0 + one.t_s for one in true])
    off_ms = {"left": [], "right": []}
    for step in running.steps_at(100.0 + SETTLED_S):
        late = at_s - (began_s + step.t_s)
        off_ms[step.side].append(-1000 * late[np.argmin(np.abs(late))])
    left, right = (np.array(off_ms[side]) for side in ("left", "right"))
    assert abs(left.mean() - right.mean()) < 1.0
    assert running.health("left").lost == running.health("right").lost == 0
