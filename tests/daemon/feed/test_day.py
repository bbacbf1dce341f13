"""Hours without a broker on a clock that is moved by hand: what waits, and how it catches up."""

import socket
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.daemon.examples import HandClock, a_session, a_step
from tests.daemon.feed.brokers import Daemon, Listener, Mosquitto, wait_until
from tests.daemon.feed.test_record import Wire

from softshoe.feed.publisher import Publisher
from softshoe.feed.record import LAST_MINUTE, RecordSender
from softshoe.hub import Hub
from softshoe.settings import FeedSettings
from softshoe.store.writer import StoreWriter

STEPS_PER_S = 3
MOST_GROWTH = 3_000_000
MOST_BYTES_PER_STEP = 900


class Alone:
    """A runner, a store and a feed whose broker is not there. A second at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock, self.hub = HandClock(), Hub()
        self.writer = StoreWriter(path, self.hub, self.clock)
        self._nobody = socket.socket()  # bound and not listening: nobody else gets the port
        self._nobody.bind(("127.0.0.1", 0))
        nobody = FeedSettings(port=self._nobody.getsockname()[1])
        self.feed = Publisher(nobody, "treadmill", self.hub, self.clock, self.writer.log)
        self.steps = 0
        self._tell(a_session())

    def _tell(self, *events: object) -> None:
        for event in events:
            self.hub.publish(event, self.clock.monotonic_s())  # type: ignore[arg-type]

    def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.clock.wait(1.0)
            self.step()

    def step(self) -> None:
        """The steps of a second, at once."""
        for _ in range(STEPS_PER_S):
            self.steps += 1
            self._tell(a_step(self.steps, moment="live"), a_step(self.steps))
        self.writer.take(0.0)
        self.writer.commit_if_due()
        self.feed._turn(0.0)

    def close(self) -> None:
        self.writer.close()
        self._nobody.close()

    @property
    def bytes_on_disk(self) -> int:
        return sum(each.stat().st_size for each in self.path.parent.glob(self.path.name + "*"))


def without_a_broker(path: Path, seconds: int) -> Alone:
    """So long alone; what waits is on disk, and memory does not grow with it."""
    alone = Alone(path)
    alone.run(60)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    alone.run(seconds - 60)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert alone.feed.state == "away"
    assert alone.feed.backlog == alone.steps + 1
    assert after - before < MOST_GROWTH
    assert alone.bytes_on_disk < alone.steps * MOST_BYTES_PER_STEP + 6_000_000
    assert all(each.depth <= each.bound and each.dropped == 0 for each in alone.hub.subscriptions)
    return alone


def catches_up(alone: Alone, seconds: int) -> None:
    """At close to 200 a second while the runner goes on, in order."""
    wire, sender = Wire(), RecordSender(alone.writer.log)
    sender.restart(alone.clock.monotonic_s(), remembered=True)
    answered = 0
    for _ in range(seconds):
        for _ in range(20):
            alone.clock.wait(0.05)
            sender.pump(alone.clock.monotonic_s(), None, wire.send)
            for message in range(answered + 1, len(wire.sent) + 1):
                sender.acknowledged(message)
            answered = len(wire.sent)
        alone.step()
    assert 180 * seconds <= len(wire.sent) <= 200 * seconds
    assert wire.steps == list(range(1, len(wire.steps) + 1))


def test_twenty_minutes_without_a_broker_waits_on_disk_and_catches_up(tmp_path: Path) -> None:
    alone = without_a_broker(tmp_path / "softshoe.db", 1200)
    catches_up(alone, 10)
    alone.close()


@pytest.mark.long
def test_a_day_without_a_broker_waits_on_disk_and_catches_up(tmp_path: Path) -> None:
    alone = without_a_broker(tmp_path / "softshoe.db", 24 * 3600)
    catches_up(alone, 60)
    print(f"{alone.steps} steps, {alone.bytes_on_disk / 1e6:.1f} MB")
    alone.close()


def test_live_steps_go_out_at_once_while_a_backlog_is_sent(
    tmp_path: Path,
    mosquitto: Mosquitto,
    listen: Callable[..., Listener],
    start_daemon: Callable[[FeedSettings], Daemon],
) -> None:
    alone = Alone(tmp_path / "softshoe.db")
    alone.run(200)
    alone.close()
    mosquitto.start()
    listener = listen(mosquitto.port)
    daemon = start_daemon(FeedSettings(port=mosquitto.port))
    daemon.wait_connected()
    waiting: dict[int, int] = {}

    def heard() -> set[int]:
        return {message.json()["step"] for message in listener.of("live/step")}

    def caught_up() -> bool:
        waiting[len(waiting)] = daemon.feed.backlog
        daemon.publish(a_step(len(waiting) - 1, moment="live"))
        return daemon.feed.backlog == 0

    wait_until(caught_up, "the backlog's end", every_s=0.1)
    meanwhile = {number for number, backlog in waiting.items() if backlog > LAST_MINUTE}
    wait_until(lambda: len(heard() & meanwhile) > len(meanwhile) // 2, "most of the live steps")
    steps = [message.json()["step"] for message in listener.of("record/step")]
    assert steps == list(range(1, alone.steps + 1))
