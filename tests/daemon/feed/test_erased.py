"""What is erased is not retained by a broker any more, nor sent from what waits."""

from collections.abc import Callable
from pathlib import Path

from tests.daemon.examples import HandClock, a_session, a_step, publish
from tests.daemon.feed.brokers import Daemon, Listener, Way, wait_until, with_a_memory

from softshoe.feed.record import RecordSender
from softshoe.hub import Hub
from softshoe.settings import FeedSettings
from softshoe.store.writer import StoreWriter


def retained_of(listener: Listener) -> list[bytes]:
    return [each.payload for each in listener.of("record/session") if each.retained]


def run_of(daemon: Daemon, listener: Listener, name: str, runner: str) -> None:
    daemon.publish(a_session(name, runner=runner, state="closed", ended_at="2026-03-01T10:00:00Z"))
    said = f'"session":"{name}"'.encode()
    wait_until(lambda: any(said in m.payload for m in listener.of("record/session")), name)
    wait_until(lambda: daemon.feed.backlog == 0, "acknowledged")


def test_a_broker_retains_nothing_of_an_erased_runner(
    way: Way, start_daemon: Callable[[FeedSettings], Daemon]
) -> None:
    listener = way.listen()
    daemon = start_daemon(way.settings)
    daemon.wait_connected()
    run_of(daemon, listener, "other-1", "guest")
    run_of(daemon, listener, "canary-1", "canary-key")
    daemon.writer.erase([], "canary-key")
    wait_until(lambda: b"other-1" in listener.of("record/session")[-1].payload, "the one before")
    daemon.writer.erase(["other-1"])
    wait_until(lambda: listener.of("record/session")[-1].payload == b"", "nothing")
    newcomer = way.listen()
    newcomer.wait_for("status")
    assert retained_of(newcomer) == []


def test_what_a_broker_that_was_away_retains_is_taken_back_when_it_returns(
    tmp_path: Path,
    listen: Callable[..., Listener],
    start_daemon: Callable[[FeedSettings], Daemon],
) -> None:
    (tmp_path / "broker").mkdir()
    broker = with_a_memory(tmp_path / "broker")
    broker.start()
    daemon = start_daemon(FeedSettings(port=broker.port))
    daemon.wait_connected()
    run_of(daemon, listen(broker.port), "canary-1", "canary-key")
    wait_until(lambda: b"canary" in (tmp_path / "broker" / "mosquitto.db").read_bytes(), "saved")
    broker.kill()
    wait_until(lambda: daemon.feed.state == "away", "away")
    daemon.writer.erase([], "canary-key")
    broker.start()
    daemon.wait_connected()

    def newcomers_see_nothing() -> bool:
        newcomer = listen(broker.port)
        newcomer.wait_for("status")
        return retained_of(newcomer) == []

    wait_until(newcomers_see_nothing, "nothing retained")
    broker.kill()


def test_what_waits_to_be_sent_is_forgotten(tmp_path: Path) -> None:
    hub = Hub()
    writer = StoreWriter(tmp_path / "softshoe.db", hub, HandClock())
    publish(hub, *(a_step(number, name) for name in ("canary", "other") for number in range(1, 9)))
    writer.take(0.0)
    writer.commit_if_due()
    writer._commit()
    sender, sent = RecordSender(writer.log), []

    def send(_: object, payload: bytes) -> int:
        sent.append(payload)
        return len(sent)

    sender.restart(0.0, remembered=True)
    sender.pump(0.01, None, send)
    writer.erase(["canary"])
    sender.forget(["canary"])
    sender.pump(1.0, None, send)
    assert [b"canary" in payload for payload in sent] == [True] * 2 + [False] * 8
    writer.close()
