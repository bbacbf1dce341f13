"""After a crash nothing that was durable is missing, and sessions end where their steps do."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.daemon.examples import a_session, a_step, publish

from softshoe.hub import Hub
from softshoe.store.queries import Runs
from softshoe.store.writer import StoreWriter

WRITE_FOR_EVER = """
import sys, threading, time
from pathlib import Path
from softshoe.clock import SystemClock
from softshoe.hub import Hub
from softshoe.store.writer import StoreWriter
from tests.daemon.examples import a_session, a_step, publish

hub = Hub()
writer = StoreWriter(Path(sys.argv[1]), hub, SystemClock())
threading.Thread(target=writer.run, args=[threading.Event()], daemon=True).start()
publish(hub, a_session())
number = 0
while True:
    number += 1
    publish(hub, a_step(number))
    time.sleep(0.001)
    if number % 10 == 0 and writer.durable_step:
        print(writer.durable_step[1], flush=True)
"""


def settle(writer: StoreWriter) -> None:
    writer.take(0.0)
    writer.commit_if_due()


def test_a_killed_writer_leaves_all_that_was_durable(path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", WRITE_FOR_EVER, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert child.stdout
    durable = [int(child.stdout.readline()) for _ in range(40)][-1]
    child.kill()
    durable = max([durable, *(int(line) for line in child.stdout if line.endswith("\n"))])
    child.wait()
    child.stdout.close()
    assert durable > 60
    numbers = [step.step for step in Runs(path).steps("s1")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= durable
    assert Runs(path).damage("s1") == []


@pytest.fixture
def crashed(open_writer: Callable[[], StoreWriter], hub: Hub) -> StoreWriter:
    """The store after a run that was never closed."""
    first = open_writer()
    publish(hub, a_session("s0", state="closed"), a_session("s1"))
    publish(hub, *(a_step(number) for number in range(1, 31)))
    settle(first)
    first.close()
    return open_writer()


def test_a_session_left_open_can_be_gone_on_with(crashed: StoreWriter, hub: Hub) -> None:
    assert crashed.unfinished() == a_session("s1")
    assert crashed.last_step("s1") == a_step(30)
    assert crashed.durable_step == ("s1", 30)
    assert crashed.interrupt(keep="s1") == []
    publish(hub, a_step(31))
    settle(crashed)
    assert crashed.durable_step == ("s1", 31)


def test_a_session_left_open_ends_at_its_last_durable_step(
    crashed: StoreWriter, path: Path
) -> None:
    (session,) = crashed.interrupt()
    last = a_step(30)
    assert (session.state, session.steps) == ("interrupted", 30)
    assert session.duration_s == pytest.approx(last.t_s + (last.contact_ms or 0) / 1000)
    assert session.ended_at == "2026-03-01T09:00:10.734Z"
    assert Runs(path).session("s1") == session
    assert crashed.unfinished() is None


def test_a_session_without_a_step_ends_where_it_began(
    open_writer: Callable[[], StoreWriter], hub: Hub
) -> None:
    writer = open_writer()
    publish(hub, a_session("s1"))
    settle(writer)
    (session,) = writer.interrupt()
    assert (session.steps, session.duration_s) == (0, 0.0)
    assert session.ended_at == session.started_at


def test_sessions_are_dated_when_the_clock_is_set(
    writer: StoreWriter, hub: Hub, path: Path
) -> None:
    unknown = {"clock": "unsynced", "started_at": None}
    publish(hub, a_session("before", boot="boot-0", state="closed", **unknown))
    publish(hub, a_session("done", state="closed", duration_s=60.0, **unknown))
    publish(hub, a_session("running", started_monotonic_s=1100.0, **unknown))
    settle(writer)
    zero = datetime(2026, 5, 1, tzinfo=UTC)
    writer.date_sessions("boot-1", lambda monotonic_s: zero + timedelta(seconds=monotonic_s))
    dated = {session.session: session for session in Runs(path).sessions()}
    assert dated["done"].started_at == "2026-05-01T00:16:40.000Z"
    assert dated["done"].ended_at == "2026-05-01T00:17:40.000Z"
    assert dated["running"].started_at == "2026-05-01T00:18:20.000Z"
    assert dated["running"].ended_at is None
    assert dated["before"].clock == "unsynced"
    assert dated["before"].started_at is None
