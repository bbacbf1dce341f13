"""The service with real threads: what goes in comes out, what dies comes back, and it stops."""

import contextlib
import os
import signal
import socket
import threading

import numpy as np
import pytest
from msgspec.structs import replace
from tests.daemon.parts import Collector, Neighbours, Running, ScriptedSource, simulated, wait_for

from softshoe.clock import SystemClock
from softshoe.errors import SourceBroken, SourceLost, StoreError
from softshoe.events import About, Health, LiveState, Session, Step
from softshoe.hub import Hub
from softshoe.service import Ending
from softshoe.systemd import Notifier

EVERYTHING = (Step, Session, LiveState, Health, About)


@pytest.fixture(scope="module")
def blocks():
    return list(simulated().blocks())


def sources_states(collector):
    return [health.sources[0].state for health in collector.of(Health)]


def is_closed(collector):
    return any(session.state == "closed" for session in collector.of(Session))


def test_a_recording_runs_to_its_end_and_leaves_a_closed_session(blocks):
    hub = Hub()
    seen = Collector(hub, *EVERYTHING)
    with Running(hub, ScriptedSource(blocks, ends=True), seen):
        wait_for(lambda: is_closed(seen), "a closed session")
        wait_for(lambda: "ended" in sources_states(seen), "the source has ended")
    finals = [step for step in seen.of(Step) if step.moment == "final"]
    assert len(finals) > 25
    assert [step.step for step in finals] == list(range(1, len(finals) + 1))
    assert seen.of(Session)[-1].steps == len(finals)
    assert seen.of(About)[0].rig == "deck1"
    assert seen.finished


def test_a_session_under_way_is_closed_by_the_stop(blocks):
    hub = Hub()
    seen = Collector(hub, Session, Step)
    with Running(hub, ScriptedSource(blocks, ends=False), seen):
        wait_for(lambda: len(seen.of(Step)) > 20, "some steps")
        assert not is_closed(seen)
    assert is_closed(seen)


def test_a_lost_source_is_tried_again_and_the_session_goes_on(blocks):
    half = len(blocks) // 2
    script = [*blocks[:half], SourceLost("unplugged"), *blocks[half:]]
    hub = Hub()
    seen = Collector(hub, *EVERYTHING)
    with Running(hub, ScriptedSource(script, ends=True), seen):
        wait_for(lambda: is_closed(seen), "a closed session")
    lost = [h.sources[0] for h in seen.of(Health) if h.sources[0].state == "lost"]
    assert lost[0].why == "unplugged"
    assert len({session.session for session in seen.of(Session)}) == 1
    assert not seen.of(Health)[-1].restarts


def test_a_broken_source_says_why(blocks):
    hub = Hub()
    seen = Collector(hub, Health)
    script = [blocks[0], SourceBroken("9 channels instead of 8"), *blocks[1:]]
    with Running(hub, ScriptedSource(script, ends=True), seen):
        wait_for(lambda: "ended" in sources_states(seen), "the source has ended")
    broken = [h.sources[0] for h in seen.of(Health) if h.sources[0].state == "broken"]
    assert broken[0].why == "9 channels instead of 8"


def test_a_source_that_dies_of_a_bug_is_started_again_and_counted(blocks, caplog):
    hub = Hub()
    seen = Collector(hub, *EVERYTHING)
    script = [*blocks[:100], ZeroDivisionError("bug"), *blocks[100:]]
    with Running(hub, ScriptedSource(script, ends=True), seen):
        wait_for(lambda: is_closed(seen), "a closed session")
        restarted = {"source script": 1}
        wait_for(lambda: seen.of(Health)[-1].restarts == restarted, "the restart is counted")
    assert any(health.notes for health in seen.of(Health))
    assert "ZeroDivisionError" in caplog.text


def test_a_sink_that_dies_comes_back_and_misses_nothing(blocks, caplog):
    hub = Hub()
    failing = Collector(hub, Step, failing=2, name="failing")
    seen = Collector(hub, Step, Health)
    with Running(hub, ScriptedSource(blocks, ends=True), failing, seen):
        wait_for(lambda: len(failing.of(Step)) >= 60, "steps in the sink that failed")
        restarted = {"failing": 2}
        wait_for(lambda: seen.of(Health)[-1].restarts == restarted, "both restarts are counted")
    assert failing.of(Step) == seen.of(Step)
    assert "a fault in the sink" in caplog.text


def test_a_pipeline_that_dies_closes_its_session_and_begins_another(blocks, caplog):
    hub = Hub()
    seen = Collector(hub, *EVERYTHING)
    last = blocks[-1]
    next_index = last.first_index + len(last.values)
    poison = replace(last, first_index=next_index, values=np.full((5, 1), "x"))
    script = [*blocks, poison, *blocks]
    with Running(hub, ScriptedSource(script, ends=True), seen) as running:
        wait_for(lambda: len(running.pipelines) == 2, "a second pipeline")
        wait_for(lambda: is_closed(seen), "a closed session")
    assert seen.of(Session)[-1].state == "closed"
    assert seen.of(Health)[-1].restarts == {"pipeline": 1}


def test_silence_makes_the_source_stale_then_lost_and_the_run_pauses(blocks):
    hub = Hub()
    seen = Collector(hub, Health, LiveState)
    with Running(hub, ScriptedSource(blocks, ends=False), seen):
        wait_for(lambda: "lost" in sources_states(seen), "a lost source")
        wait_for(lambda: seen.of(LiveState)[-1].state == "paused", "a pause")
    states = sources_states(seen)
    assert states.index("stale") < states.index("lost")


def test_the_live_state_learns_what_is_on_disk_after_the_last_step(blocks):
    hub = Hub()
    seen = Collector(hub, LiveState, Session)
    with Running(hub, ScriptedSource(blocks, ends=False), seen) as running:
        wait_for(lambda: any(s.steps for s in seen.of(LiveState)), "a state")
        running.neighbours.durable = (seen.of(Session)[0].session, 7)
        wait_for(lambda: seen.of(LiveState)[-1].durable_step == 7, "the durable step")


class LateClock(SystemClock):
    """A clock that nothing has set until the test does."""

    known = False

    def synced(self):
        return self.known


def test_a_clock_that_is_set_during_the_run_dates_what_ran_before(blocks):
    hub = Hub()
    clock = LateClock()
    seen = Collector(hub, *EVERYTHING)
    with Running(hub, ScriptedSource(blocks, ends=False), seen, clock=clock) as running:
        wait_for(lambda: seen.of(Session), "a session")
        assert seen.of(Session)[0].started_at is None
        assert seen.of(Health)[-1].clock == "unsynced"
        clock.known = True
        wait_for(lambda: seen.of(Health)[-1].clock == "synced", "the clock is set")
    assert running.neighbours.dated == [clock.boot()]
    assert seen.of(Session)[-1].started_at is not None


def test_dating_is_tried_again_when_the_store_refuses(blocks):
    class Refusing(Neighbours):
        def date_sessions(self, boot, wall_of_monotonic):
            super().date_sessions(boot, wall_of_monotonic)
            if len(self.dated) == 1:
                raise StoreError("disk full")

    hub = Hub()
    clock = LateClock()
    seen = Collector(hub, Health)
    source = ScriptedSource(blocks, ends=False)
    with Running(hub, source, seen, clock=clock, neighbours=Refusing()) as running:
        wait_for(lambda: seen.of(Health), "health")
        clock.known = True
        wait_for(lambda: len(running.neighbours.dated) == 2, "a second try")


@pytest.fixture
def systemd(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(5)
        yield line


def test_systemd_hears_ready_watchdog_and_stopping(blocks, systemd):
    notifier = Notifier({"NOTIFY_SOCKET": systemd.getsockname()})
    hub = Hub()
    with Running(hub, ScriptedSource(blocks, ends=False), notifier=notifier):
        assert systemd.recv(99) == b"READY=1"
        assert systemd.recv(99) == b"WATCHDOG=1"
    heard = [systemd.recv(99)]
    while heard[-1] == b"WATCHDOG=1":
        heard.append(systemd.recv(99))
    assert heard[-1] == b"STOPPING=1"


def test_the_watchdog_is_not_fed_while_a_loop_hangs(systemd):
    class Fast(SystemClock):
        """Time that flies, so that ten seconds of hanging are soon over."""

        def monotonic_s(self):
            return 50 * super().monotonic_s()

    class Hanging(Collector):
        def run(self, stop):
            stop.wait()

    hub = Hub()
    notifier = Notifier({"NOTIFY_SOCKET": systemd.getsockname()})
    source = ScriptedSource([], ends=False)
    with Running(hub, source, Hanging(hub, Health), clock=Fast(), notifier=notifier):
        assert systemd.recv(99) == b"READY=1"
        systemd.settimeout(1)
        heard = []
        with contextlib.suppress(TimeoutError):
            while len(heard) < 100:
                heard.append(systemd.recv(99))
        assert len(heard) < 20


def test_a_notifier_without_a_socket_is_silent():
    Notifier({}).send("READY=1")


def test_signals_ask_for_the_end():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    ending = Ending()
    try:
        ending.on_signals()
        os.kill(os.getpid(), signal.SIGTERM)
        assert ending.asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_no_thread_is_left_behind(blocks):
    before = threading.active_count()
    hub = Hub()
    seen = Collector(hub, Step)
    with Running(hub, ScriptedSource(blocks, ends=False), seen):
        wait_for(lambda: seen.of(Step), "a step")
    assert threading.active_count() == before
