"""The store is the feed's outbox: everything in order, and the mark of the broker beside it."""

from collections.abc import Callable
from pathlib import Path

from tests.daemon.examples import HandClock, a_session, a_step, publish

from softshoe.events import Session, Step
from softshoe.hub import Hub
from softshoe.roles import Logged, StepLog
from softshoe.store.writer import StoreWriter


def settle(writer: StoreWriter) -> None:
    writer.take(0.0)
    writer.commit_if_due()


def told(entries: list[Logged]) -> list[str]:
    return [
        f"step {entry.event.step}" if isinstance(entry.event, Step) else entry.event.state
        for entry in entries
    ]


def test_steps_and_changed_sessions_come_in_order(writer: StoreWriter, hub: Hub) -> None:
    log: StepLog = writer.log
    publish(hub, a_session(), a_step(1), a_session(steps=1), a_step(2))
    settle(writer)
    assert told(log.after(0, 10)) == ["open", "step 1", "step 2"]
    publish(hub, a_step(3), a_session(state="closed"))
    settle(writer)
    entries = log.after(0, 10)
    assert told(entries) == ["step 1", "step 2", "step 3", "closed"]
    assert [entry.mark for entry in entries] == [2, 3, 4, 5]
    assert log.newest == 5
    assert {entry.started_at for entry in entries} == {"2026-03-01T09:00:00.000Z"}


def test_the_log_is_read_in_pieces(writer: StoreWriter, hub: Hub) -> None:
    publish(hub, a_session())
    publish(hub, *(a_step(number) for number in range(1, 101)))
    settle(writer)
    mark, steps = 0, []
    while entries := writer.log.after(mark, 7):
        steps += [entry.event.step for entry in entries if not isinstance(entry.event, Session)]
        mark = entries[-1].mark
    assert steps == list(range(1, 101))


def test_the_acknowledged_mark_is_saved_with_the_next_commit(
    open_writer: Callable[[], StoreWriter], hub: Hub, clock: HandClock
) -> None:
    first = open_writer()
    publish(hub, a_session(), a_step(1))
    settle(first)
    first.log.acknowledge(2)
    first.log.acknowledge(1)
    assert first.log.acknowledged == 2
    clock.wait(1.0)
    settle(first)
    first.close()
    assert open_writer().log.acknowledged == 2


def test_marks_go_on_after_a_restart(open_writer: Callable[[], StoreWriter], hub: Hub) -> None:
    first = open_writer()
    publish(hub, a_session(), a_step(1))
    settle(first)
    first.close()
    second = open_writer()
    publish(hub, a_session(state="closed"), a_session("s2"), a_step(1, "s2"))
    settle(second)
    assert told(second.log.after(2, 10)) == ["closed", "open", "step 1"]
    assert second.log.newest == 5


def test_steps_of_a_session_without_a_date_have_none(writer: StoreWriter, hub: Hub) -> None:
    publish(hub, a_session(clock="unsynced", started_at=None), a_step(1))
    settle(writer)
    assert [entry.started_at for entry in writer.log.after(0, 10)] == [None, None]


def test_a_session_is_told_again_when_it_gets_its_date(
    writer: StoreWriter, hub: Hub, path: Path
) -> None:
    publish(hub, a_session(clock="unsynced", started_at=None, state="closed"))
    settle(writer)
    newest = writer.log.newest
    writer.date_sessions("boot-1", lambda _: HandClock().wall())
    (entry,) = writer.log.after(newest, 10)
    assert entry.started_at == "2026-03-01T09:00:00.000Z"
