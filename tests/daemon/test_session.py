"""A run opens a session, pauses keep it open, silence and a new runner close it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace
from tests.daemon.runner import CONVENTIONS, STEP_S, final, running, sessions, silence

from softshoe.clock import Anchor
from softshoe.events import (
    ActivityChange,
    LiveState,
    NewRunner,
    Rejected,
    RunBegan,
    Session,
    Step,
    Tick,
)

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)


def fed(run, *streams):
    return [event for stream in streams for heard in stream for event in run.feed(heard)]


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


def changes(events):
    """What became of which session, without repetition."""
    return list(dict.fromkeys((each.session, each.state) for each in of(Session, events)))


def states(events):
    """The live states in order, without repetition."""
    names = [state.state for state in of(LiveState, events)]
    return [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]


def test_the_first_step_opens_a_session_and_every_step_belongs_to_it():
    events = fed(sessions(), running(100.0, 3))
    opened, first = [event for event in events if not isinstance(event, Tick | LiveState)][:2]
    assert (opened.session, opened.state, opened.rig) == ("s1", "open", "deck4")
    assert (first.session, first.step, first.t_s) == ("s1", 1, 0.0)
    assert [step.t_s for step in of(Step, events)] == pytest.approx([0, STEP_S, 2 * STEP_S])


def test_the_session_starts_with_its_first_step_although_running_is_noticed_later():
    run = sessions()
    run.anchor(Anchor(0.0, 500.0, NOON, "b"))
    live = replace(final(3, 10.75), moment="live")
    events = fed(run, [RunBegan(10.0), live, *running(10.0, 5)])
    assert [session.started_at for session in of(Session, events)] == ["2027-01-01T12:00:10.000Z"]
    assert of(Step, events)[0].t_s == pytest.approx(0.75)
    finals = [step for step in of(Step, events) if step.moment == "final"]
    assert [step.t_s for step in finals] == pytest.approx([n * STEP_S for n in range(5)])


def test_ticks_pass_so_that_everybody_knows_that_time_goes_on():
    assert of(Tick, fed(sessions(), silence(0.0, 1.0))) == list(silence(0.0, 1.0))


def test_silence_pauses_shows_the_result_and_closes():
    run = sessions()
    events = fed(run, silence(0.0, 2.0), running(2.0, 40), silence(17.0, 200.0))
    assert states(events) == ["ready", "running", "paused", "done", "ready"]
    closed = of(Session, events)[-1]
    assert closed.state == "closed"
    assert closed.duration_s == pytest.approx(39 * STEP_S + 0.24)
    last_step_s = 2.0 + 39 * STEP_S
    at = next(i for i, e in enumerate(events) if isinstance(e, Session) and e.state == "closed")
    assert of(Tick, events[:at])[-1].t_s == pytest.approx(last_step_s + 180, abs=0.2)


def test_running_again_after_a_pause_goes_on_in_the_same_session():
    events = fed(sessions(), running(0.0, 20), silence(7.5, 100.0), running(107.5, 20, 21))
    assert {step.session for step in of(Step, events)} == {"s1"}
    assert states(events) == ["running", "paused", "done", "running"]
    last = of(LiveState, events)[-1]
    assert last.running_s < 16 < last.t_s


def test_the_session_after_silence_is_another_one_and_starts_at_zero():
    events = fed(sessions(), running(0.0, 5), silence(2.0, 200.0), running(300.0, 5))
    assert [step.session for step in of(Step, events)] == ["s1"] * 5 + ["s2"] * 5
    assert of(Step, events)[5].t_s == 0.0
    assert changes(events) == [("s1", "open"), ("s1", "closed"), ("s2", "open")]


def test_a_new_runner_closes_the_session_at_once():
    events = fed(sessions(), running(0.0, 30), [NewRunner(11.3, 500.0)], running(11.4, 3))
    assert changes(events) == [("s1", "open"), ("s1", "closed"), ("s2", "open")]


def test_the_state_is_told_at_most_once_a_second_and_only_when_it_changed():
    run = sessions()
    assert len(of(LiveState, fed(run, silence(0.0, 60.0)))) <= 1
    told = [
        tick.t_s
        for heard in running(60.0, 100)
        for event in run.feed(heard)
        if isinstance(event, LiveState)
        for tick in [heard]
    ]
    assert len(told) > 30
    assert min(b - a for a, b in pairwise(told)) >= 0.999


def test_means_balance_cadence_and_reach_while_running():
    last = of(LiveState, fed(sessions(), running(0.0, 20), silence(7.5, 1.0)))[-1]
    assert (last.left.n, last.right.n) == (10, 10)
    assert last.left.contact_ms == pytest.approx(260)
    assert last.balance_pct == pytest.approx(52.0)
    assert last.cadence_spm == pytest.approx(160.0)
    assert (last.reach_ahead_mm, last.reach_behind_mm) == (200.0, 300.0)
    assert last.swing_balance_pct == pytest.approx(40.0)
    assert last.body_weight_n == 700.0


def test_a_foot_has_at_most_its_last_25_steps():
    run = sessions()
    fed(run, running(0.0, 60))
    last = of(LiveState, fed(run, running(22.5, 50, 61, contact_ms=300.0)))[-1]
    assert last.left.n == last.right.n == 25
    assert last.left.contact_ms == pytest.approx(300.0)


def test_no_balance_from_a_few_steps():
    last = of(LiveState, fed(sessions(), running(0.0, 9)))[-1]
    assert last.balance_pct is None


def test_live_means_keep_to_the_13_percent_values_until_50_steps():
    events = of(LiveState, fed(sessions(), running(0.0, 80)))
    early = [state for state in events if 0 < state.steps < 50]
    late = [state for state in events if state.steps >= 51]
    assert {state.impact_method for state in early} == {"stance13"}
    assert all(state.left.valr_bw_s == pytest.approx(44) for state in early if state.left.n)
    assert {state.impact_method for state in late} == {"peak"}
    assert all(state.left.valr_bw_s == pytest.approx(66) for state in late)


def test_a_session_uses_one_impact_method_for_all_its_steps():
    def flat(steps, number=1, t_s=0.0):
        return running(t_s, steps, number, impact_method="stance13", impact_peak_bw=1.25)

    mostly_flat = sessions()
    fed(mostly_flat, flat(26), running(26 * STEP_S, 100, 27))
    (closed, *_) = mostly_flat.close()
    assert closed.conventions.impact_method == "stance13"
    assert closed.all.valr_bw_s == pytest.approx(40.0)

    mostly_peaks = sessions()
    fed(mostly_peaks, flat(25), running(25 * STEP_S, 101, 26))
    (closed, *_) = mostly_peaks.close()
    assert closed.conventions.impact_method == "peak"
    assert closed.all.n == 126
    assert closed.all.valr_bw_s == pytest.approx(60.0, abs=0.1)
    assert closed.all.impact_bw == pytest.approx(1.5)


def test_the_line_for_softness_is_the_first_minute_at_this_speed():
    run = sessions()
    soft, hard = {"valr_bw_s": 50.0}, {"valr_bw_s": 90.0}
    first = of(LiveState, fed(run, running(0.0, 150, **soft)))
    assert {state.line_valr_bw_s for state in first} == {None}
    second = of(LiveState, fed(run, running(56.25, 100, 151, **hard)))[-1]
    assert 50.0 < second.line_valr_bw_s < 60.0
    faster = of(LiveState, fed(run, running(93.75, 100, 251, belt_m_s=3.2, **hard)))[-1]
    assert faster.line_valr_bw_s is None
    again = of(LiveState, fed(run, running(131.25, 10, 351, belt_m_s=3.04)))[-1]
    assert again.line_valr_bw_s == second.line_valr_bw_s


def test_the_summary_has_both_feet_and_their_asymmetry():
    run = sessions()
    fed(run, running(0.0, 100))
    (closed, *_) = run.close()
    assert (closed.steps, closed.left.n, closed.right.n) == (100, 50, 50)
    assert closed.all.contact_ms == pytest.approx(250.0)
    assert closed.all.valr_sd_bw_s == pytest.approx(6.03, abs=0.01)
    assert closed.all.swing_balance_pct == pytest.approx(40.0)
    by_metric = {each.metric: each for each in closed.asymmetry}
    assert set(by_metric) == {"contact_ms", "flight_ms", "impact_bw", "valr_bw_s"}
    assert by_metric["contact_ms"].balance_pct == pytest.approx(52.0)
    assert by_metric["valr_bw_s"].symmetry_index_pct == pytest.approx(20.0)


def test_time_and_distance_leave_pauses_out():
    run = sessions()
    fed(run, running(0.0, 41), silence(15.0, 85.0), running(100.0, 41, 42))
    (closed, *_) = run.close()
    assert closed.running_s == pytest.approx(30.0)
    assert closed.distance_m == pytest.approx(90.0)
    assert closed.duration_s == pytest.approx(115.24)


def test_part_of_a_distance_is_no_distance():
    run = sessions()
    fed(run, running(0.0, 10), running(3.75, 10, 11, belt_m_s=None), running(7.5, 10, 21))
    (closed, *_) = run.close()
    assert closed.distance_m is None


def test_rejected_contacts_are_counted_by_reason_while_a_session_is_open():
    run = sessions()
    fed(run, [Rejected(0.0, "short")], running(1.0, 5), [Rejected(3.0, "short")] * 2)
    fed(run, [Rejected(3.0, "gap")])
    (closed, *_) = run.close()
    assert closed.rejected == {"short": 2, "gap": 1}


def test_a_walk_is_shown_with_its_cadence_and_opens_nothing():
    events = fed(sessions(), [ActivityChange(0.0, "walk", 109.0)], silence(0.0, 2.0))
    assert not of(Session, events)
    (state,) = of(LiveState, events)
    assert (state.state, state.activity, state.cadence_spm) == ("ready", "walk", 109.0)


def test_landing_and_live_count_as_running_but_not_as_steps():
    run = sessions()
    live = replace(final(1, 0.0), moment="live")
    events = fed(run, [live, replace(live, t_s=STEP_S, step=2)], silence(STEP_S, 3.5))
    assert states(events) == ["running", "paused"]
    assert {state.steps for state in of(LiveState, events)} == {0}


def test_closing_twice_closes_once():
    run = sessions()
    fed(run, running(0.0, 5))
    assert [session.state for session in of(Session, run.close())] == ["closed"]
    assert not list(run.close())


# --- dates -----------------------------------------------------------------------------------


def test_a_session_is_dated_from_the_wall_clock_at_its_start():
    run = sessions()
    run.anchor(Anchor(source_s=101.0, monotonic_s=5001.0, wall=NOON, boot="b"))
    opened = of(Session, fed(run, running(100.0, 9)))[0]
    assert (opened.clock, opened.boot) == ("synced", "b")
    assert opened.started_at == "2027-01-01T11:59:59.000Z"
    assert opened.started_monotonic_s == 5000.0
    assert opened.ended_at is None


def test_a_jump_of_the_wall_clock_changes_neither_order_nor_duration():
    run = sessions()
    run.anchor(Anchor(0.0, 5000.0, NOON, "b"))
    before = fed(run, running(0.0, 40))
    run.anchor(Anchor(15.0, 5015.0, NOON - timedelta(days=2), "b"))
    after = fed(run, running(15.0, 41, 41))
    (closed, *_) = run.close()
    assert closed.started_at == "2027-01-01T12:00:00.000Z"
    assert closed.ended_at == "2027-01-01T12:00:30.260Z"
    times = [step.t_s for step in of(Step, before + after)]
    assert times == pytest.approx([STEP_S * n for n in range(81)])


def test_a_session_that_starts_with_an_unset_clock_is_dated_when_it_is_set():
    run = sessions()
    run.anchor(Anchor(0.0, 50.0, None, "b"))
    opened = of(Session, fed(run, running(0.0, 40)))[0]
    assert (opened.clock, opened.started_at) == ("unsynced", None)
    assert opened.started_monotonic_s == 50.0
    run.anchor(Anchor(15.0, 65.0, NOON, "b"))
    again = of(Session, fed(run, running(15.0, 40, 41)))
    assert [(s.state, s.clock, s.started_at) for s in again] == [
        ("open", "synced", "2027-01-01T11:59:45.000Z")
    ]
    (closed, *_) = run.close()
    assert closed.ended_at == "2027-01-01T12:00:14.865Z"


def test_a_session_that_ends_with_an_unset_clock_has_no_dates():
    run = sessions()
    run.anchor(Anchor(0.0, 50.0, None, "b"))
    fed(run, running(0.0, 5))
    (closed, *_) = run.close()
    assert (closed.clock, closed.started_at, closed.ended_at) == ("unsynced", None, None)


def test_an_open_session_is_told_again_every_ten_seconds_as_it_stands():
    known = {"conventions": replace(CONVENTIONS, body_weight_n=None)}
    run = sessions(conventions=lambda: known["conventions"])
    first, *_, before = of(Session, fed(run, running(0.0, 60)))
    assert first.steps < before.steps
    known["conventions"] = CONVENTIONS
    told = of(Session, fed(run, running(22.5, 60, 61)))
    assert 2 <= len(told) <= 3
    assert (told[0].state, told[0].conventions.body_weight_n) == ("open", 700.0)
    assert told[-1].steps > told[0].steps
