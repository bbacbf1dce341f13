"""Store-and-forward: in order, at most 200 a second, and acknowledged without holes."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.daemon.examples import HandClock, a_session, a_step, publish

from softshoe.feed.contract import Topic
from softshoe.feed.link import pause_s
from softshoe.feed.record import IN_FLIGHT, RecordSender
from softshoe.hub import Hub
from softshoe.store.writer import StoreWriter

STORED = 600


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[StoreWriter]:
    """A store with one session and 600 steps that no broker has seen."""
    hub = Hub()
    writer = StoreWriter(tmp_path / "softshoe.db", hub, HandClock())
    publish(hub, a_session(), *(a_step(number) for number in range(1, STORED + 1)))
    writer.take(0.0)
    writer.commit_if_due()
    yield writer
    writer.close()


class Wire:
    """Numbers what is sent, as a client does."""

    def __init__(self) -> None:
        self.sent: list[dict[str, object]] = []

    def send(self, topic: Topic, payload: bytes) -> int:
        self.sent.append({"topic": topic.path, **msgspec.json.decode(payload)})
        return len(self.sent)

    @property
    def steps(self) -> list[object]:
        return [message["step"] for message in self.sent if message["topic"] == "record/step"]


def test_it_catches_up_at_two_hundred_a_second(writer: StoreWriter) -> None:
    wire, sender = Wire(), RecordSender(writer.log)
    sender.restart(0.0, remembered=True)
    for turn in range(1, 17):
        before = len(wire.sent)
        sender.pump(turn / 8, None, wire.send)
        for message in range(before + 1, len(wire.sent) + 1):
            sender.acknowledged(message)
    assert len(wire.sent) == 400
    assert wire.sent[0]["topic"] == "record/session"
    assert wire.steps == list(range(1, 400))
    assert sender.backlog == STORED + 1 - 400


def test_no_more_than_a_window_waits_for_answers(writer: StoreWriter) -> None:
    wire, sender = Wire(), RecordSender(writer.log)
    for turn in range(50):
        sender.pump(turn / 10, None, wire.send)
    assert len(wire.sent) == IN_FLIGHT
    assert writer.log.acknowledged == 0


def test_the_mark_waits_for_the_first_that_is_not_answered(writer: StoreWriter) -> None:
    wire, sender = Wire(), RecordSender(writer.log)
    sender.pump(1.0, None, wire.send)
    for message in (2, 3, 5):
        sender.acknowledged(message)
    assert writer.log.acknowledged == 0
    sender.acknowledged(1)
    assert writer.log.acknowledged == 3
    sender.acknowledged(4)
    assert writer.log.acknowledged == 5


def test_answers_to_other_messages_move_nothing(writer: StoreWriter) -> None:
    wire, sender = Wire(), RecordSender(writer.log)
    sender.acknowledged(1)
    sender.pump(1.0, None, wire.send)
    assert writer.log.acknowledged == 0


def test_a_new_connection_goes_on_after_the_mark(writer: StoreWriter) -> None:
    wire, sender = Wire(), RecordSender(writer.log)
    sender.pump(1.0, None, wire.send)
    for message in range(1, 12):
        sender.acknowledged(message)
    sender.restart(1.0, remembered=True)
    again = Wire()
    sender.pump(1.1, None, again.send)
    assert again.steps[0] == 11


def test_steps_that_cannot_be_read_back_do_not_hold_up_the_rest(writer: StoreWriter) -> None:
    writer._journal._db.execute("UPDATE steps SET contact_ms = 0")
    wire, sender = Wire(), RecordSender(writer.log)
    for turn in range(1, 4):
        sender.pump(turn / 10, None, wire.send)
        for message in range(1, len(wire.sent) + 1):
            sender.acknowledged(message)
    assert [message["topic"] for message in wire.sent] == ["record/session"]
    assert sender.backlog == 0


def test_pauses_grow_from_one_to_sixty_seconds_and_differ() -> None:
    pauses = [[pause_s(attempt) for _ in range(50)] for attempt in range(1, 12)]
    assert all(1.0 <= pause <= 60.0 for pause in itertools.chain(*pauses))
    assert max(pauses[0]) <= 2.0
    assert max(pauses[-1]) > 30.0
    assert len(set(pauses[3])) > 40
    assert 1.0 <= pause_s(100_000) <= 60.0
