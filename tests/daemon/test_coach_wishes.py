"""A skill that a coach chooses from afar starts from the history of whoever runs."""

from pathlib import Path

import pytest
from tests.daemon.examples import HandClock, a_session, publish

from softshoe.coaching import FocusOn, History, Target
from softshoe.commands.coach_wishes import CoachWishes
from softshoe.events import Command
from softshoe.hub import Hub
from softshoe.store.people import People
from softshoe.store.writer import StoreWriter
from softshoe.wishes import Wishes

TARGET = Target(metric="valr13_bw_s", belt_m_s=2.8, value=50.0)


@pytest.mark.parametrize("who", ["the runner", "a guest"])
def test_the_history_is_that_of_who_runs(tmp_path: Path, who: str) -> None:
    path, hub, clock = tmp_path / "softshoe.db", Hub(), HandClock()
    writer = StoreWriter(path, hub, clock)
    people = People(path, writer, clock)
    runner = people.runners.add("Ada", "1234").runner
    people.practice.aim(runner, TARGET)
    publish(hub, a_session(runner=runner if who == "the runner" else "guest"))
    writer.take(0.0)
    writer.commit_if_due()
    wishes = Wishes()
    door = CoachWishes(wishes, path)
    assert door.put(Command(0.0, "lap"))
    assert door.put(FocusOn(skill="soft"))
    known = History(targets=(TARGET,)) if who == "the runner" else History()
    assert wishes.take() == [Command(0.0, "lap"), FocusOn(skill="soft", history=known)]
    writer.close()
