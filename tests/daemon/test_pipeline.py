"""Samples in, steps and sessions out; where the blocks are cut makes no difference."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from softshoe.events import SampleBlock, Session, Step, Tick
from softshoe.pipeline import live_pipeline
from softshoe.settings import SessionSettings
from softshoe_hw.simulator.parameters import Parameters, Phase, Runner
from softshoe_hw.simulator.source import SimulatorSource

RATE_HZ = 200.0
QUICK = SessionSettings(pause_s=1.0, done_s=2.0, silence_s=4.0)  # as the file could not say


def runs(seconds=32.0):
    """A run of 10 s, silence of 8 s, another run, a heavier runner is not among them."""
    run, empty = Phase(duration_s=10.0), Phase(activity="empty", duration_s=8.0)
    parameters = Parameters(runner=Runner(), schedule=(run, empty, Phase()))
    return SimulatorSource(parameters, "deck4", RATE_HZ, speed=None, duration_s=seconds)


def events(items):
    numbers = iter(range(100))
    source = runs()
    made = live_pipeline(source.rig, source.conditions, "treadmill", QUICK)
    made.sessions._new_id = lambda: f"s{next(numbers)}"
    return [*(event for item in items for event in made.feed(item)), *made.finish()]


def recut(blocks, cuts):
    """The same samples in other blocks."""
    values = np.concatenate([block.values for block in blocks])
    edges = sorted({0, len(values), *(round(cut * len(values)) for cut in cuts)})
    return [
        replace(blocks[0], first_index=a, first_s=a / RATE_HZ, values=values[a:b])
        for a, b in pairwise(edges)
    ]


ITEMS = list(runs().blocks())
BELTS = [item for item in ITEMS if not isinstance(item, SampleBlock)][:1]
BLOCKS = [item for item in ITEMS if isinstance(item, SampleBlock)]
EXPECTED = events([*BELTS, *recut(BLOCKS, [n / 1600 for n in range(1600)])])


def test_silence_ends_a_session_and_the_next_run_counts_from_one():
    sessions = [event for event in EXPECTED if isinstance(event, Session)]
    assert [s.session for s in sessions if s.state == "closed"] == ["s0", "s1"]
    for session in ("s0", "s1"):
        numbers = [
            step.step
            for step in EXPECTED
            if isinstance(step, Step) and step.session == session and step.moment == "final"
        ]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 20


def test_every_tick_of_the_data_comes_out():
    ticks = [event.t_s for event in EXPECTED if isinstance(event, Tick)]
    assert len(ticks) > 300
    assert ticks == sorted(ticks)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.floats(0, 1), max_size=40))
def test_the_cuts_do_not_matter_even_where_a_session_ends(cuts):
    assert events([*BELTS, *recut(BLOCKS, cuts)]) == EXPECTED
