"""A coach asks over a real broker: for stored steps, for a message to be shown, for a lap."""

from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from tests.daemon.examples import a_session, a_step
from tests.daemon.feed.brokers import Daemon, Listener, Mosquitto, ThatMorning, Way, wait_until

from softshoe.clock import rfc3339
from softshoe.events import Command
from softshoe.feed.contract import ANSWER
from softshoe.feed.record import LAST_MINUTE
from softshoe.feed.schemas import schema
from softshoe.requests import Message, MessageShown
from softshoe.settings import FeedSettings

Start = Callable[[FeedSettings], Daemon]
BOTH = pytest.mark.parametrize("way", ["embedded", "mosquitto 5"], indirect=True)


def stored(daemon: Daemon, last: int) -> None:
    """A run of so many steps, on disk."""
    daemon.publish(a_session(), *(a_step(number) for number in range(1, last + 1)))
    wait_until(lambda: daemon.writer.durable_step == ("s1", last), f"step {last} on disk")


def steps(listener: Listener) -> list[int]:
    return [message.json()["step"] for message in listener.of("record/step")]


def answers(listener: Listener, count: int) -> list[tuple[object, object]]:
    got = [message.json() for message in listener.wait_for("answer", count)]
    for message in got:
        jsonschema.validate(message, schema(ANSWER))
    return [(message["id"], message["result"]) for message in got]


def ask_until_answered(
    listener: Listener, path: str, question: dict[str, object], result: str
) -> None:
    """Some topics are heard with QoS 0: what is asked before somebody listens is lost."""
    answer = (question["id"], result)

    def answered() -> bool:
        listener.send(path, question)
        return answer in answers(listener, 0)

    wait_until(answered, f"the answer to {question['id']}", every_s=0.3)


@BOTH
def test_stored_steps_come_again_when_they_are_asked_for(way: Way, start_daemon: Start) -> None:
    listener = way.listen()
    daemon = start_daemon(way.settings)
    daemon.wait_connected()
    stored(daemon, 30)
    listener.wait_for("record/step", 30)
    listener.send("record/request", {"id": "r1", "session": "s1", "from": 4, "to": 9})
    listener.send("record/request", {"id": "r2", "session": "nobody", "from": 1, "to": 9})
    assert answers(listener, 2) == [("r1", "done"), ("r2", "refused")]
    assert steps(listener) == [*range(1, 31), *range(4, 10)]


def test_a_request_waits_for_a_device_that_is_away(
    mosquitto: Mosquitto, listen: Callable[..., Listener], start_daemon: Start
) -> None:
    mosquitto.start()
    first = start_daemon(FeedSettings(port=mosquitto.port))
    first.wait_connected()
    stored(first, 5)
    wait_until(lambda: first.feed.backlog == 0, "the backlog's end")
    first.close()
    listener = listen(mosquitto.port)
    listener.send("record/request", {"id": "r1", "session": "s1", "from": 2, "to": 3})
    listener.send("cue", {"id": "c1", "text": "Too late"})
    second = start_daemon(FeedSettings(port=mosquitto.port))
    messages = second.hub.subscribe("page", (Message,), 8)
    assert answers(listener, 1) == [("r1", "done")]
    assert steps(listener) == [2, 3]
    assert messages.take(0.2) == []


@BOTH
def test_a_cue_reaches_the_screens_and_its_answer_the_coach(way: Way, start_daemon: Start) -> None:
    listener = way.listen()
    daemon = start_daemon(way.settings)
    messages = daemon.hub.subscribe("page", (Message,), 8)
    ask_until_answered(listener, "cue", {"id": "first", "text": []}, "refused")
    listener.send("cue", {"id": "c1", "text": "Light feet", "for_s": 5})
    (published,) = messages.take(5.0)
    assert published.event == Message(id="c1", text="Light feet", for_s=5.0)
    daemon.publish(MessageShown("c1"))
    wait_until(lambda: ("c1", "shown") in answers(listener, 1), "the answer")


def test_a_command_is_obeyed_where_commands_are_allowed(
    mosquitto: Mosquitto, listen: Callable[..., Listener], start_daemon: Start
) -> None:
    mosquitto.start()
    listener = listen(mosquitto.port)
    lap = {"id": "k1", "at": rfc3339(ThatMorning().wall()), "do": "lap"}
    listener.send("command", lap, retain=True)
    daemon = start_daemon(FeedSettings(port=mosquitto.port, commands=True))
    daemon.wait_connected()
    wait_until(lambda: daemon.feed.refused == 1, "the retained one's refusal")
    listener.send("command", lap)
    assert answers(listener, 1) == [("k1", "done")]
    assert daemon.commands == [Command(0.0, "lap")]


@BOTH
def test_hostile_messages_leave_the_feed_at_work(way: Way, start_daemon: Start) -> None:
    listener = way.listen()
    daemon = start_daemon(way.settings)
    ask_until_answered(listener, "cue", {"id": "first", "text": []}, "refused")
    before = daemon.feed.refused
    hostile = [b"", b"\xff\xfe", b"[" * 4000, b'{"id":' * 500, b"null", b'"x"', b"x" * 60_000]
    for payload in hostile:
        for path in ("cue", "command", "record/request"):
            listener.send(path, payload)
    ask_until_answered(listener, "cue", {"id": "bad", "text": ["<script>"]}, "refused")
    assert daemon.feed.refused > before + len(hostile)
    assert daemon.feed.state == "connected"


def test_a_broker_that_has_lost_its_memory_gets_the_last_minute_again(
    tmp_path: Path, mosquitto: Mosquitto, listen: Callable[..., Listener], start_daemon: Start
) -> None:
    mosquitto.start()
    daemon = start_daemon(FeedSettings(port=mosquitto.port))
    daemon.wait_connected()
    stored(daemon, 250)
    wait_until(lambda: daemon.feed.backlog == 0, "the backlog's end")
    mosquitto.kill()
    mosquitto.start()
    listener = listen(mosquitto.port)
    listener.wait_for("record/step", LAST_MINUTE)
    assert steps(listener) == list(range(51, 251))
