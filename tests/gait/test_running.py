"""When running begins, what each moment knows, what silence, gaps and another person do."""

import numpy as np
import pytest
from tests.gait.two_mass_runner import CONTACT_S, FLIGHT_S, MASS_KG, block, deck1, footfall, run

from softshoe.events import (
    ActivityChange,
    Array,
    GaitEvent,
    NewRunner,
    Rejected,
    SampleBlock,
    Step,
    Tick,
)
from softshoe.gait.gait import Gait
from softshoe.gait.settings import GaitSettings
from softshoe.gait.vertical import G_M_S2
from softshoe.rigs import Conditions

PERIOD_S = CONTACT_S + FLIGHT_S


def listen(force: Array, hop: int = 20, settings: GaitSettings | None = None) -> list[GaitEvent]:
    """All that is told live, in blocks, without the end of the data."""
    gait = Gait(deck1(1000.0), Conditions(), settings)
    return [
        event
        for first in range(0, len(force), hop)
        for event in gait.feed(block(force[first : first + hop], first=first))
    ]


def moments(events: list[GaitEvent], moment: str) -> list[Step]:
    return [event for event in events if isinstance(event, Step) and event.moment == moment]


def reasons(events: list[GaitEvent]) -> list[str]:
    return [event.reason for event in events if isinstance(event, Rejected)]


def test_running_begins_with_the_third_contact() -> None:
    events = listen(run(10))
    assert [step.step for step in moments(events, "live")] == list(range(3, 11))
    assert [step.step for step in moments(events, "final")] == list(range(1, 11))
    assert reasons(events) == []


def test_two_contacts_are_not_a_run() -> None:
    events = listen(np.concatenate((run(2), np.zeros(3000))))
    assert moments(events, "live") == moments(events, "final") == []
    assert reasons(events) == ["not_running", "not_running"]


def test_each_moment_knows_what_it_can() -> None:
    events = listen(run(10))
    live, final = moments(events, "live")[4], moments(events, "final")[6]
    assert live.step == final.step == 7
    later = {"flight_ms", "step_ms", "cadence_spm", "duty_factor", "vertical_oscillation_mm"}
    for name in later:
        assert getattr(live, name) is None
        assert getattr(final, name) is not None
    assert live.contact_ms == pytest.approx(final.contact_ms, abs=0.5)
    assert live.valr_bw_s == pytest.approx(final.valr_bw_s, rel=0.01)


def test_weight_is_needed_before_anything_is_in_body_weights() -> None:
    lives = moments(listen(run(10)), "live")
    assert [step.step for step in lives if step.valr_bw_s is None] == [3, 4]
    assert all(step.valr_bw_s is not None for step in moments(listen(run(10)), "final"))


def test_a_landing_is_told_while_the_foot_is_down() -> None:
    gait = Gait(deck1(1000.0), Conditions())
    told: dict[float, int] = {}
    force = run(10)
    for first in range(0, len(force), 10):
        for event in gait.feed(block(force[first : first + 10], first=first)):
            if isinstance(event, Step) and event.moment == "landing":
                told[event.t_s] = first + 10
                assert event.impact_method == "peak"
                assert event.impact_peak_bw == pytest.approx(1.25, abs=0.02)
                assert event.impact_time_ms is not None
                peak = event.t_s + event.impact_time_ms / 1000
                assert (first + 10) / 1000 - peak <= 0.025 + 0.010
    assert len(told) == 5  # from the sixth contact on: weight is known after the fifth


def test_live_comes_soon_after_toe_off() -> None:
    gait = Gait(deck1(1000.0), Conditions())
    force = run(10)
    delays = []
    for first in range(0, len(force), 10):
        for event in gait.feed(block(force[first : first + 10], first=first)):
            if isinstance(event, Step) and event.moment == "live":
                toe_off_s = event.t_s + (event.contact_ms or 0) / 1000
                delays.append((first + 10) / 1000 - toe_off_s)
    assert max(delays) <= 0.045


def test_silence_closes_the_last_step() -> None:
    last = moments(listen(run(10)), "final")[-1]
    assert last.step == 10
    assert last.contact_ms is not None
    assert (last.flight_ms, last.step_ms, last.cadence_spm) == (None, None, None)


def test_silence_without_samples_closes_it_too() -> None:
    gait = Gait(deck1(1000.0), Conditions())
    force = run(10)[: round((0.2 + 10 * PERIOD_S) * 1000)]
    events = list(gait.feed(block(force)))
    assert len(moments(events, "final")) == 9
    events = list(gait.feed(Tick(force.size / 1000 + 1.0)))
    assert len(moments(events, "final")) == 1
    assert isinstance(events[-1], Tick)


def test_a_missed_contact_breaks_the_chain_but_not_the_run() -> None:
    force = run(20)
    start = round((0.2 + 9 * PERIOD_S) * 1000)
    force[start : start + 260] = 0.0
    finals = moments(listen(force), "final")
    assert [step.step for step in finals] == list(range(1, 20))
    assert finals[8].step_ms is None
    assert finals[9].step_ms is not None


def test_alternate_feet_survive_a_missed_contact() -> None:
    force = run(20)
    start = round((0.2 + 9 * PERIOD_S) * 1000)
    force[start : start + 260] = 0.0
    feet = {round(step.t_s / PERIOD_S): step.foot for step in moments(listen(force), "final")}
    assert len({foot for number, foot in feet.items() if number % 2}) == 1
    assert len({foot for number, foot in feet.items() if not number % 2}) == 1


def test_a_contact_under_way_at_the_start_is_no_step() -> None:
    events = listen(run(10)[300:])
    assert reasons(events)[0] == "under_way"
    assert len(moments(events, "final")) == 9


def test_a_short_gap_is_bridged_and_said() -> None:
    force = run(10)
    force[300:312] = np.nan  # in the first contact
    finals = moments(listen(force), "final")
    assert "samples_bridged" in finals[0].quality_reasons
    assert finals[0].loading_quality == "low"
    assert "samples_bridged" not in finals[1].quality_reasons


def test_a_long_gap_makes_its_contact_unmeasured() -> None:
    force = run(10)
    at = round((0.2 + 5 * PERIOD_S + 0.1) * 1000)
    force[at : at + 40] = np.nan
    events = listen(force)
    assert "samples_missing" in reasons(events)
    assert len(moments(events, "final")) == 9
    assert all(np.isfinite(step.contact_ms or 0.0) for step in moments(events, "final"))


def test_lost_blocks_are_a_gap_and_repeated_ones_go() -> None:
    force = run(10)
    gait = Gait(deck1(1000.0), Conditions())
    at = round((0.2 + 5 * PERIOD_S + 0.1) * 1000)
    parts = [(0, at), (at - 30, at), (at + 40, len(force))]
    blocks = [block(force[a:b], first=a) for a, b in parts]
    events = [event for one in blocks for event in gait.feed(one)]
    assert len(moments(events, "final")) == 9
    assert "samples_missing" in reasons(events)


def test_a_board_that_starts_anew_is_followed() -> None:
    force = run(8)
    gait = Gait(deck1(1000.0), Conditions())
    events = list(gait.feed(block(force)))
    again = SampleBlock("deck", 0, 10.0, force[:, None], segment=1)
    events += list(gait.feed(again))
    numbers = [step.step for step in moments(events, "final")]
    assert numbers == list(range(1, 17))
    assert moments(events, "final")[-1].t_s > 10.0


def test_an_offset_does_not_end_detection() -> None:
    force = run(60)
    force[8000:] += 150.0
    finals = moments(listen(force), "final")
    assert len(finals) >= 50
    late = [step.contact_ms for step in finals if step.t_s > 14.0]
    assert np.mean(late) == pytest.approx(230.6, abs=1.0)


def test_another_person_is_noticed_once() -> None:
    force = np.concatenate((run(40, lead_s=0.2), 1.15 * run(60)))
    events = listen(force)
    new = [event for event in events if isinstance(event, NewRunner)]
    assert len(new) == 1
    assert new[0].body_weight_n == pytest.approx(1.15 * MASS_KG * G_M_S2, rel=0.01)


def test_restart_forgets_the_runner() -> None:
    gait = Gait(deck1(1000.0), Conditions())
    list(gait.feed(block(run(10))))
    gait.restart()
    assert gait.conventions().body_weight_n is None
    light = 0.8 * run(10)
    events = list(gait.feed(block(light, first=len(run(10)))))
    assert [step.step for step in moments(events, "final")] == list(range(1, 11))
    assert gait.conventions().body_weight_n == pytest.approx(0.8 * MASS_KG * G_M_S2, rel=0.03)


def test_a_quiet_stand_on_a_zeroed_deck_is_weighed() -> None:
    force = np.concatenate((np.full(7000, 700.0), run(10)))
    gait = Gait(deck1(1000.0), Conditions(), GaitSettings(empty_deck_n=10.0))
    list(gait.feed(block(force)))
    conventions = gait.conventions()
    assert conventions.body_weight_source == "standing"
    assert conventions.body_weight_n == pytest.approx(690.0, abs=1.0)


def test_running_is_told_as_activity() -> None:
    events = listen(np.concatenate((run(10), np.zeros(3000))))
    changes = [event.activity for event in events if isinstance(event, ActivityChange)]
    assert changes == ["run", "unknown"]


def test_walking_gives_no_steps() -> None:
    """Two overlapping long contacts: somebody always stands on the deck."""
    seconds = np.arange(12_000) / 1000
    walk = 700.0 + 150.0 * np.sin(2 * np.pi * 1.9 * seconds)
    events = listen(walk)
    changes = [event for event in events if isinstance(event, ActivityChange)]
    assert {change.activity for change in changes} == {"walk"}
    assert changes[-1].cadence_spm == pytest.approx(60 * 1.9, rel=0.01)
    assert moments(events, "final") == []


def test_ticks_come_every_tenth_of_a_second() -> None:
    ticks = [event.t_s for event in listen(np.zeros(1000)) if isinstance(event, Tick)]
    assert ticks == pytest.approx([0.1 * n for n in range(1, 11)])


def test_a_single_stamp_is_no_step() -> None:
    force = np.zeros(3000)
    force[500:750] = footfall(np.arange(250) / 1000)
    assert moments(listen(force), "final") == []
