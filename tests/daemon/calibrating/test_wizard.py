"""Led through a calibration by samples alone: what is said, when, and what comes of it."""

from collections.abc import Iterator

import numpy as np
import pytest
from tests.daemon.calibrating.standing_insole import (
    CIRCUIT,
    RATE_HZ,
    WEIGHT_N,
    Insole,
    insole_rig,
    led,
)

from softshoe.calibrating.plan import plan_for
from softshoe.calibrating.procedure import Subject
from softshoe.calibrating.wizard import Wizard
from softshoe.calibrations import FsrScale
from softshoe.errors import InputError
from softshoe.events import Array, SampleBlock, Tick
from softshoe.rigs import Rig

PAIR, TWO = insole_rig(), insole_rig(boards=2)
STANDING = plan_for(PAIR, heel_drops=False, run=False)


def wizard(rig: Rig = PAIR, *, run: bool = False) -> Wizard:
    subject = Subject(rig=rig, weight_n=WEIGHT_N, circuit=CIRCUIT)
    return Wizard(subject, plan_for(rig, heel_drops=False, run=run))


def blocks(counts: Array, rig: Rig = PAIR, first_s: float = 50.0) -> Iterator[SampleBlock]:
    for start in range(0, len(counts), 25):
        rows = counts[start : start + 25]
        for stream in rig.streams:
            columns = {"left": slice(0, 8), "right": slice(8, 16)}.get(stream.name, slice(16))
            yield SampleBlock(stream.name, start, first_s + start / RATE_HZ, rows[:, columns])


def quiet(seconds: float) -> Array:
    return np.zeros((round(seconds * RATE_HZ), 16))


def begun(lead: Wizard, rig: Rig = PAIR) -> Wizard:
    for block in blocks(quiet(0.05), rig, first_s=40.0):
        lead.feed(block)
    lead.obey("start")
    return lead


@pytest.mark.parametrize("rig", [PAIR, TWO])
def test_it_leads_through_every_task_and_finds_the_gains(rig: Rig) -> None:
    lead, insole, said = wizard(rig, run=True), Insole(), []
    plan = plan_for(rig, heel_drops=False, run=True)
    for block in blocks(led(insole, plan), rig):
        lead.feed(block)
        if lead.stage.doing == "waiting":
            lead.obey("start")
        if lead.stage.task not in said:
            said.append(lead.stage.task)
    assert lead.stage.doing == "done"
    assert said == [*(task.name for task in plan), None]
    found = lead.result("today", "2026-03-01T09:00:00Z")
    assert all(each.passed for each in found), [each.checks for each in found]
    scales = [each.found for each in found]
    gains = [gain for scale in scales if isinstance(scale, FsrScale) for gain in scale.gains_n]
    assert gains == pytest.approx(insole.gains_n, rel=0.05)
    assert [check.item for check in found[0].checks if check.item.startswith("running: ")] == [
        "running: 20 steps",
        "running: mean force",
        "running: both feet",
    ]


def test_it_counts_down_and_waits_for_nobody_before_the_start() -> None:
    lead = wizard()
    assert (lead.stage.doing, lead.stage.task, lead.stage.of) == ("waiting", "unloaded", 4)
    lead.obey("start")
    assert lead.stage.doing == "waiting", "without samples there is nothing to lead"
    assert lead.stage.silent == ("insoles",)
    begun(lead)
    assert (lead.stage.doing, lead.stage.seconds_left) == ("ready", pytest.approx(15.0))
    for block in blocks(quiet(16.0), first_s=40.05):
        lead.feed(block)
    assert (lead.stage.doing, lead.stage.seconds_left) == ("measuring", pytest.approx(4.0))
    assert "Sit down" in (lead.stage.instruction or "")


def test_a_task_that_is_done_again_forgets_what_was_measured_before() -> None:
    lead, insole = begun(wizard()), Insole()
    spoilt = np.full((round(22 * RATE_HZ), 16), 900.0)  # stood up while sitting was measured
    for block in blocks(spoilt, first_s=40.05):
        lead.feed(block)
    assert lead.stage.number == 2
    lead.obey("again")
    assert (lead.stage.number, lead.stage.doing) == (1, "ready")
    for block in blocks(led(insole, STANDING), first_s=62.05):
        lead.feed(block)
    (found,) = lead.result("today", None)
    assert found.passed, found.checks


def test_doing_one_task_again_for_ever_keeps_no_more_than_one() -> None:
    lead = begun(wizard())
    for turn in range(20):
        for block in blocks(quiet(18.0), first_s=40.05 + 18 * turn):
            lead.feed(block)
        assert lead.stage.doing == "measuring"
        lead.obey("again")
    assert lead.stage.number == 1
    for block in blocks(quiet(16.0), first_s=40.05 + 18 * 20):
        lead.feed(block)
    assert sum(len(block.values) for block in lead._blocks) <= 2 * RATE_HZ


def test_time_that_stands_still_does_not_fill_the_memory() -> None:
    lead = begun(wizard())
    for block in blocks(quiet(16.0), first_s=40.05):
        lead.feed(block)
    for _ in range(2000):
        lead.feed(block)
    assert lead.stage.doing == "measuring"
    assert sum(len(each.values) for each in lead._blocks) <= 10 * RATE_HZ


def test_what_was_stopped_stays_so() -> None:
    lead = begun(wizard())
    lead.obey("stop")
    lead.obey("again")
    for block in blocks(quiet(30.0)):
        lead.feed(block)
    assert (lead.stage.doing, lead.stage.task) == ("stopped", None)


def test_a_board_that_falls_silent_is_named_and_nothing_goes_on_without_any() -> None:
    lead = begun(wizard(TWO), TWO)
    for block in blocks(quiet(22.0), TWO):
        if block.stream == "left" or block.first_s < 52.0:
            lead.feed(block)
    assert lead.stage.silent == ("right",)
    now = lead.stage
    lead.feed(Tick(90.0))
    assert lead.stage.silent == ("left", "right")
    assert lead.stage.number == now.number


def test_a_phase_that_nobody_measured_is_named() -> None:
    lead = begun(wizard(TWO), TWO)
    for block in blocks(led(Insole(), STANDING), TWO):
        if block.stream == "left" or block.first_s < 52.0:
            lead.feed(block)
    assert lead.stage.doing == "done"
    with pytest.raises(InputError, match="board-r: nothing was measured in the phase"):
        lead.result("today", None)
