"""Whose a run is, how long a guest's is kept, and that what is erased is gone to the last byte."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.daemon.examples import HandClock, a_session, a_step, practised, publish

from softshoe.coaching import Target
from softshoe.events import Session
from softshoe.hub import Hub
from softshoe.people import Erased, RunNote
from softshoe.store.database import reading
from softshoe.store.guests import can_be_claimed
from softshoe.store.notes import Notes
from softshoe.store.practice import Practice
from softshoe.store.queries import Runs
from softshoe.store.runners import Runners
from softshoe.store.writer import StoreWriter

DAY_S = 24 * 3600
TARGET = Target(metric="valr13_bw_s", belt_m_s=3.0, value=50.0)


def store(writer: StoreWriter, hub: Hub, *events: object) -> None:
    publish(hub, *events)
    writer.take(0.0)
    writer._commit()


def run_of(name: str, steps: int, **changes: object) -> list[object]:
    stamped = [a_step(number, name) for number in range(1, steps + 1)]
    return [a_session(name), *stamped, a_session(name, state="closed", **changes)]


def bytes_of(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(path.parent.iterdir()))


# --- whose a run is -------------------------------------------------------------------------------


def test_a_run_that_is_given_is_told_again(writer: StoreWriter, hub: Hub, path: Path) -> None:
    store(writer, hub, *run_of("s1", 3))
    newest = writer.log.newest
    writer.give("s1", "r1", "A.")
    given = Runs(path).session("s1")
    assert given
    assert (given.runner, given.alias, given.state) == ("r1", "A.", "closed")
    assert [entry.event for entry in writer.log.after(newest, 10)] == [given]


def test_what_the_pipeline_still_tells_of_it_changes_nothing(
    writer: StoreWriter, hub: Hub, path: Path
) -> None:
    store(writer, hub, a_session("s1"))
    writer.give("s1", "r1", None)
    store(writer, hub, a_session("s1", steps=5), a_session("s1", state="closed", steps=7))
    now = Runs(path).session("s1")
    assert now
    assert (now.runner, now.state, now.steps) == ("r1", "closed", 7)


def test_a_run_can_be_given_before_it_is_on_disk(writer: StoreWriter, hub: Hub, path: Path) -> None:
    writer.give("s1", "r1", None)
    store(writer, hub, a_session("s1"))
    assert [each.runner for each in Runs(path).sessions(of=["r1"])] == ["r1"]
    assert Runs(path).sessions(of=["guest"]) == []


@pytest.mark.parametrize(
    ("changes", "after_s", "can"),
    [
        ({"state": "open"}, 10 * DAY_S, True),
        ({"duration_s": 60.0}, 60 + 14 * 60, True),
        ({"duration_s": 60.0}, 60 + 16 * 60, False),
        ({"boot": "boot-0", "ended_at": "2026-03-01T09:01:00Z"}, 60 + 14 * 60, True),
        ({"boot": "boot-0", "ended_at": "2026-03-01T09:01:00Z"}, 60 + 16 * 60, False),
        ({"boot": "boot-0", "ended_at": None}, 60, False),
    ],
)
def test_a_run_can_be_claimed_for_a_short_while(
    changes: dict[str, object], after_s: float, can: bool
) -> None:
    clock = HandClock()
    clock.wait(after_s)
    assert can_be_claimed(a_session(**{"state": "closed", **changes}), clock) is can


# --- erasing --------------------------------------------------------------------------------------


def test_an_erased_session_takes_everything_along(
    writer: StoreWriter, hub: Hub, path: Path
) -> None:
    erased = hub.subscribe("test", (Erased,), 4)
    store(writer, hub, *run_of("s1", 50), *run_of("s2", 40))
    notes = Notes(path)
    notes.save("s1", RunNote(title="hills"))
    practice = Practice(path)
    store(writer, hub, practised("s1"), practised("s2"))
    practice.rate("s1", "soft", 4)
    writer.erase(["s1"])
    assert [session.session for session in Runs(path).sessions()] == ["s2"]
    assert Runs(path).steps("s1") == []
    assert len(Runs(path).steps("s2")) == 40
    assert notes.of("s1") == RunNote()
    assert practice.of_session("s1") == []
    assert [each.session for each in practice.of_session("s2")] == ["s2"]
    assert [each.event for each in erased.take(0.0)] == [Erased(("s1",))]


def test_what_is_still_told_of_an_erased_session_is_not_stored(
    writer: StoreWriter, hub: Hub, path: Path
) -> None:
    store(writer, hub, a_session("s1"), a_step(1))
    writer.erase(["s1"])
    store(writer, hub, a_step(2), a_session(state="closed"), a_session("s2"), a_step(1, "s2"))
    assert [session.session for session in Runs(path).sessions()] == ["s2"]
    assert Runs(path).steps("s1") == []
    assert writer.durable_step == ("s2", 1)


def test_an_erased_runners_session_that_waits_for_the_disk_goes_too(
    writer: StoreWriter, hub: Hub, clock: HandClock, path: Path
) -> None:
    anna = Runners(path, clock).add("Anna", "2468")
    assert anna
    publish(hub, a_session("s1", runner=anna.runner), a_step(1))
    writer.take(0.0)
    writer.erase([], anna.runner)
    writer._commit()
    assert Runs(path).sessions() == []
    assert Runs(path).steps("s1") == []


def test_the_log_goes_on_after_erasing(
    open_writer: Callable[[], StoreWriter], hub: Hub, path: Path
) -> None:
    writer = open_writer()
    store(writer, hub, *run_of("s1", 5), *run_of("s2", 5))
    mark = writer.log.newest
    writer.erase(["s2"])
    store(writer, hub, *run_of("s3", 2))
    assert [entry.mark for entry in writer.log.after(mark, 10)] == [mark + 2, mark + 3, mark + 4]
    writer.close()
    again = open_writer()
    assert again.log.newest == mark + 4
    assert Runs(path).damage("s1") == []


def test_no_byte_of_an_erased_runner_is_left(
    writer: StoreWriter, hub: Hub, clock: HandClock, path: Path
) -> None:
    """Names, keys and texts are looked for in every file; steps by their session's id."""
    runners, notes = Runners(path, clock), Notes(path)
    anna, berta = runners.add("Canary-Anna", "2468"), runners.add("Berta", "1357")
    assert anna
    assert berta
    runners.save(replace(anna, alias="canary-alias"))
    for number in range(12):
        owner = anna if number % 2 else berta
        name = f"{'canary' if owner is anna else 'other'}-{number}"
        events = run_of(name, 120, runner=owner.runner, alias="canary-alias" if number % 2 else "")
        store(writer, hub, *events)
        notes.save(name, RunNote(title=f"title of {name}", note="hills " * 40))
        store(writer, hub, practised(name, runner=owner.runner))
        Practice(path).rate(name, "soft", 3)
        Practice(path).aim(owner.runner, TARGET)
    words = [b"anary", anna.runner.encode()]
    assert all(word in bytes_of(path) for word in words), "this test would find them"
    writer.erase([], anna.runner)
    assert [word for word in words if word in bytes_of(path)] == []
    assert runners.all() == [berta]
    assert len(Runs(path).sessions(of=[berta.runner])) == 6
    assert all(len(Runs(path).steps(f"other-{number}")) == 120 for number in range(0, 12, 2))


def test_a_reader_in_the_way_delays_the_sweep_only(
    writer: StoreWriter, hub: Hub, clock: HandClock, path: Path
) -> None:
    store(writer, hub, *run_of("canary", 20))
    with reading(path) as db:
        db.execute("SELECT * FROM sessions").fetchall()
        writer.erase(["canary"])
        assert b"canary" in bytes_of(path)
    clock.wait(10.0)
    writer.tidy_if_due()
    assert b"canary" not in bytes_of(path)


# --- guests ---------------------------------------------------------------------------------------


def left(writer: StoreWriter, path: Path) -> list[str]:
    writer.tidy_if_due()
    return [session.session for session in Runs(path).sessions()]


def test_a_guests_run_goes_after_a_day_and_a_runners_stays(
    writer: StoreWriter, hub: Hub, clock: HandClock, path: Path
) -> None:
    ended = {"state": "closed", "duration_s": 600.0}
    store(writer, hub, a_session("g", **ended), a_session("r", runner="r1", **ended))
    clock.wait(600 + DAY_S - 10)
    assert left(writer, path) == ["r", "g"]
    clock.wait(20)
    assert left(writer, path) == ["r"]


def test_the_wall_clock_tells_the_age_after_a_restart_of_the_machine(
    writer: StoreWriter, hub: Hub, clock: HandClock, path: Path
) -> None:
    old: Session = a_session("old", boot="boot-0", state="closed", ended_at="2026-02-28T08:59:00Z")
    new: Session = a_session("new", boot="boot-0", state="closed", ended_at="2026-02-28T09:10:00Z")
    store(writer, hub, old, new)
    assert left(writer, path) == ["new"]


def test_what_no_clock_can_date_goes_an_hour_after_the_start(
    writer: StoreWriter, hub: Hub, clock: HandClock, path: Path
) -> None:
    store(writer, hub, a_session("g", boot="boot-0", clock="unsynced", state="closed"))
    clock.set = False
    clock.wait(3500)
    assert left(writer, path) == ["g"]
    clock.wait(200)
    assert left(writer, path) == []


def test_a_run_that_goes_on_is_never_tidied_away(
    writer: StoreWriter, hub: Hub, clock: HandClock, path: Path
) -> None:
    store(writer, hub, a_session("g"))
    clock.wait(3 * DAY_S)
    assert left(writer, path) == ["g"]


def test_a_runners_summary_outlives_its_steps(
    writer: StoreWriter, hub: Hub, clock: HandClock, path: Path
) -> None:
    store(writer, hub, *run_of("s1", 30, runner="r1"))
    writer._journal._db.execute("DELETE FROM steps")
    writer._journal._db.execute("DELETE FROM blocks")
    clock.wait(100 * DAY_S)
    assert left(writer, path) == ["s1"]
