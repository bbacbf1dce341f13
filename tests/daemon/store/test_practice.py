"""What was practised is kept with its run, and goes where the run goes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.daemon.examples import a_session, practised, publish

from softshoe.coaching import Target
from softshoe.errors import StoreError
from softshoe.hub import Hub
from softshoe.store.practice import Practice
from softshoe.store.writer import StoreWriter

Open = Callable[[], StoreWriter]


def store(writer: StoreWriter, hub: Hub, *events: object) -> None:
    publish(hub, *events)
    writer.take(0.0)
    writer._commit()


def test_what_was_practised_reads_back(writer: StoreWriter, hub: Hub, path: Path) -> None:
    told = practised("s1", change_pct=-12.5)
    store(writer, hub, a_session("s1"), told, practised("s2", skill="tall"))
    assert Practice(path).of_session("s1") == [told]
    assert Practice(path).of_session("s3") == []


def test_the_last_word_of_a_run_counts(writer: StoreWriter, hub: Hub, path: Path) -> None:
    """In one commit or in two; another skill of the same run stands beside it."""
    store(writer, hub, practised("s1", focus_s=30.0), practised("s1", focus_s=40.0))
    store(writer, hub, practised("s1", skill="tall"), practised("s1", focus_s=60.0))
    found = Practice(path).of_session("s1")
    assert [(each.result.skill, each.result.focus_s) for each in found] == [
        ("soft", 60.0),
        ("tall", 60.0),
    ]


def test_it_is_of_whoever_has_the_run_now(writer: StoreWriter, hub: Hub, path: Path) -> None:
    practice = Practice(path)
    store(writer, hub, a_session("s1"), practised("s1"), a_session("s2"), practised("s2"))
    assert [each.session for each in practice.of_runner("guest")] == ["s1", "s2"]
    writer.give("s2", "r1", None)
    assert [each.session for each in practice.of_runner("r1")] == ["s2"]
    assert [each.session for each in practice.of_runner("guest")] == ["s1"]


def test_history_has_results_ratings_and_targets(writer: StoreWriter, hub: Hub, path: Path) -> None:
    practice = Practice(path)
    store(writer, hub, a_session("s1"), practised("s1"), a_session("s2"), practised("s2"))
    practice.rate("s2", "soft", 2)
    practice.rate("s2", "soft", 4)
    target = Target(metric="valr13_bw_s", belt_m_s=3.0, value=50.0)
    practice.aim("guest", target)
    history = practice.history("guest")
    assert [result.rating for result in history.results] == [None, 4]
    assert history.targets == (target,)
    assert practice.history("r1").results == ()


def test_what_cannot_be_is_said_to_be_damaged(writer: StoreWriter, hub: Hub, path: Path) -> None:
    store(writer, hub, a_session("s1"), practised("s1"))
    Practice(path).rate("s1", "soft", 9)
    with pytest.raises(StoreError, match="damaged"):
        Practice(path).of_session("s1")
