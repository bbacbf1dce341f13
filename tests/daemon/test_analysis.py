"""A recording through the pipeline: final steps in its own time, one session, or a walk."""

import pytest

from softshoe.analysis import analyze
from softshoe_hw.simulator.parameters import Parameters, Phase, Runner
from softshoe_hw.simulator.source import SimulatorSource


def source(*phases, seconds=20.0, rig="deck4", rate_hz=500.0):
    parameters = Parameters(runner=Runner(), schedule=phases)
    return SimulatorSource(parameters, rig, rate_hz, speed=None, duration_s=seconds)


EMPTY = Phase(activity="empty", duration_s=5.0)


def test_steps_are_in_seconds_of_the_recording():
    analysis = analyze(source(EMPTY, Phase(activity="run")))
    first, *others = analysis.steps
    assert 4.9 < first.t_s < 7.0
    assert [step.moment for step in others] == ["final"] * len(others)
    assert [step.step for step in analysis.steps] == list(range(1, len(others) + 2))
    assert analysis.activity == "run"


def test_a_recording_is_one_session_with_its_means():
    session = analyze(source(Phase(activity="run"))).session
    assert session.state == "closed"
    assert session.steps > 40
    assert session.all.n == session.left.n + session.right.n == session.steps
    assert session.conventions.body_weight_n == pytest.approx(70 * 9.80665, rel=0.01)
    assert session.distance_m == pytest.approx(session.running_s * 3.0, rel=0.01)


def test_silence_longer_than_a_live_session_does_not_cut_a_recording():
    run = Phase(activity="run", duration_s=10.0)
    empty = Phase(activity="empty", duration_s=200.0)
    analysis = analyze(source(run, empty, run, seconds=220.0, rig="deck1", rate_hz=100.0))
    assert analysis.session.steps == len(analysis.steps)
    assert analysis.steps[-1].t_s > 210
    assert analysis.session.running_s < 21


def test_as_live_knows_no_more_than_a_live_run():
    whole = analyze(source(Phase(activity="run")))
    live = analyze(source(Phase(activity="run")), as_live=True)
    assert [step.t_s for step in live.steps] == pytest.approx([s.t_s for s in whole.steps])
    assert live.steps[0].side == "unknown"
    assert whole.steps[0].side == "left"


def test_a_walk_has_no_steps_but_a_cadence():
    analysis = analyze(source(Phase(activity="walk", belt_m_s=1.3)))
    assert analysis.steps == ()
    assert (analysis.session.steps, analysis.session.state) == (0, "closed")
    assert analysis.activity == "walk"
    assert 80 < analysis.cadence_spm < 140


def test_an_empty_belt_gives_nothing():
    analysis = analyze(source(EMPTY, seconds=5.0))
    assert (analysis.steps, analysis.activity, analysis.cadence_spm) == ((), "unknown", None)
