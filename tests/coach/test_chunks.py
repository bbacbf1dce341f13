"""How often time is told, and in what parts data come, changes nothing of what the coach says."""

import heapq

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.coach.steps import a_step, fed

from softshoe.coach.focus import Coach
from softshoe.coach.plan import Plan
from softshoe.coaching import CoachEvent
from softshoe.events import Step, Tick

LATE_S = 1.9
"""A final step may come so long after its initial contact."""

runs = st.lists(
    st.tuples(
        st.sampled_from([0.3, 0.35, 0.4, 1.1, 2.9, 3.0, 3.1, 4.5]),
        st.sampled_from([None, 40.0, 55.0, 70.0]),
        st.sampled_from([3.0, 3.0, 3.0, 3.5, None]),
    ),
    min_size=5,
    max_size=60,
)
ticks = st.floats(0.02, 20.0)


def a_run(parts: list[tuple[float, float | None, float | None]]) -> list[Step]:
    """Each part is seven steps so far apart, so hard, at such a speed."""
    found: list[Step] = []
    t_s = 0.0
    for gap_s, valr, belt_m_s in parts:
        for number in range(7):
            side = "left" if len(found) % 2 else "right"
            hard = valr and valr + number
            found.append(a_step(t_s, side, valr13_bw_s=hard, belt_m_s=belt_m_s))
            t_s += gap_s if number == 0 else 0.35
    return found


def said(steps: list[Step], tick_s: float, late_s: float) -> list[CoachEvent]:
    """What the coach says when ticks come so often and each step so late."""
    coach = Coach(Plan(skill="soft", focus_run=1, windows_min=(1, 1), warm_up_s=5.0))
    end_s = steps[-1].t_s + 10.0
    arriving = [(step.t_s + late_s, number, step) for number, step in enumerate(steps)]
    told = [(n * tick_s, -1, Tick(n * tick_s)) for n in range(int(end_s / tick_s))]
    items = [item for _, _, item in heapq.merge(arriving, told, key=lambda one: one[:2])]
    return [*fed(coach, [*items, Tick(end_s)]), *coach.finish()]


@settings(max_examples=60, deadline=None)
@given(runs, ticks, st.floats(0.0, LATE_S))
def test_ticks_and_delays_change_nothing(
    parts: list[tuple[float, float | None, float | None]], tick_s: float, late_s: float
) -> None:
    steps = a_run(parts)
    alone = said(steps, 1e6, 0.0)
    assert said(steps, tick_s, late_s) == alone
    assert alone
