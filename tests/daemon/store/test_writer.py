"""What is published is stored, once, at the right time, and read back as it was."""

import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.daemon.examples import HandClock, a_session, a_step, publish

from softshoe.errors import StoreError
from softshoe.hub import Hub
from softshoe.store.batch import BOUND
from softshoe.store.queries import Runs
from softshoe.store.writer import StoreWriter


def settle(writer: StoreWriter) -> None:
    """Take what was published and commit it if its time has come."""
    writer.take(0.0)
    writer.commit_if_due()


def test_a_run_comes_back_as_it_was(writer: StoreWriter, hub: Hub, path: Path) -> None:
    steps = [a_step(number) for number in range(1, 80)]
    closed = a_session(state="closed", steps=79)
    publish(hub, a_session(), *steps, closed)
    stop = threading.Event()
    stop.set()
    writer.run(stop)
    runs = Runs(path)
    assert runs.steps("s1") == steps
    assert runs.sessions() == [closed]
    assert runs.session("s1") == closed
    assert runs.session("s2") is None
    assert writer.durable_step == ("s1", 79)
    assert runs.damage("s1") == []


def test_only_final_steps_are_stored(writer: StoreWriter, hub: Hub, path: Path) -> None:
    publish(hub, a_step(1, moment="landing"), a_step(1, moment="live"), a_step(1))
    settle(writer)
    assert Runs(path).steps("s1") == [a_step(1)]


def test_one_commit_a_second(writer: StoreWriter, hub: Hub, clock: HandClock, path: Path) -> None:
    publish(hub, a_session(), a_step(1))
    settle(writer)
    assert writer.durable_step == ("s1", 1)
    publish(hub, a_step(2))
    clock.wait(0.9)
    settle(writer)
    assert writer.durable_step == ("s1", 1)
    assert writer.waiting == 1
    clock.wait(0.1)
    settle(writer)
    assert writer.durable_step == ("s1", 2)
    assert [step.step for step in Runs(path).steps("s1")] == [1, 2]


def test_sixty_four_rows_are_a_commit(writer: StoreWriter, hub: Hub) -> None:
    settle(writer)
    publish(hub, a_step(1))
    settle(writer)
    publish(hub, *(a_step(number) for number in range(2, 65)))
    settle(writer)
    assert writer.durable_step == ("s1", 1)
    publish(hub, a_step(65))
    settle(writer)
    assert writer.durable_step == ("s1", 65)


def test_a_session_that_ends_is_stored_at_once(writer: StoreWriter, hub: Hub, path: Path) -> None:
    publish(hub, a_session(), a_step(1))
    settle(writer)
    publish(hub, a_step(2), a_session(state="closed"))
    settle(writer)
    stored = Runs(path).session("s1")
    assert stored is not None
    assert stored.state == "closed"


def test_a_step_that_is_stored_already_is_not_written_again(
    open_writer: Callable[[], StoreWriter], hub: Hub, path: Path
) -> None:
    first = open_writer()
    publish(hub, a_session(), a_step(1), a_step(2))
    settle(first)
    first.close()
    second = open_writer()
    publish(hub, a_step(2, contact_ms=999.0), a_step(3))
    settle(second)
    assert Runs(path).steps("s1") == [a_step(1), a_step(2), a_step(3)]


def test_sessions_are_listed_newest_first_and_in_pages(
    writer: StoreWriter, hub: Hub, path: Path
) -> None:
    names = [f"s{number}" for number in range(1, 8)]
    publish(hub, *(a_session(name, state="closed") for name in names))
    settle(writer)
    runs = Runs(path)
    first = [session.session for session in runs.sessions(limit=3)]
    then = [session.session for session in runs.sessions(limit=3, before=first[-1])]
    assert first + then == ["s7", "s6", "s5", "s4", "s3", "s2"]


def test_steps_are_read_in_pages(writer: StoreWriter, hub: Hub, path: Path) -> None:
    publish(hub, *(a_step(number) for number in range(1, 101)))
    settle(writer)
    page = Runs(path).steps("s1", after=40, limit=50)
    assert [step.step for step in page] == list(range(41, 91))


def test_a_second_writer_is_refused_and_told_of_the_first(
    writer: StoreWriter, open_writer: Callable[[], StoreWriter]
) -> None:
    with pytest.raises(StoreError, match=f"written by the process {os.getpid()}:"):
        open_writer()
    writer.close()
    open_writer()


def test_a_locked_database_loses_nothing(
    writer: StoreWriter, hub: Hub, clock: HandClock, path: Path
) -> None:
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    publish(hub, a_session(), a_step(1))
    settle(writer)
    assert writer.disk == "failing"
    assert writer.waiting == 2
    other.rollback()
    other.close()
    settle(writer)
    assert writer.disk == "failing", "it is tried again a second later, not at once"
    clock.wait(1.0)
    settle(writer)
    assert (writer.disk, writer.waiting, writer.dropped) == ("ok", 0, 0)
    assert Runs(path).steps("s1") == [a_step(1)]


def test_a_full_disk_keeps_steps_in_memory_up_to_a_bound(
    writer: StoreWriter, hub: Hub, clock: HandClock, path: Path
) -> None:
    settle(writer)
    pages = writer._journal._db.execute("PRAGMA page_count").fetchone()[0]
    writer._journal._db.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(1, BOUND + 101):
        publish(hub, a_step(number))
        writer.take(0.0)
    clock.wait(1.0)
    writer.commit_if_due()
    assert (writer.disk, writer.waiting, writer.dropped) == ("full", BOUND, 100)
    writer._journal._db.execute("PRAGMA max_page_count = 1000000")
    clock.wait(1.0)
    settle(writer)
    assert writer.disk == "ok"
    assert [step.step for step in Runs(path).steps("s1")] == list(range(101, BOUND + 101))


def test_a_path_that_cannot_be_made_is_named(hub: Hub, clock: HandClock, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file/softshoe\.db"):
        StoreWriter(tmp_path / "file" / "softshoe.db", hub, clock)


def test_reading_where_nothing_is_stored_says_so(path: Path) -> None:
    with pytest.raises(StoreError, match="no runs are stored here"):
        Runs(path).sessions()
