"""What a coach sends: taken, answered, or counted; whatever it is, the daemon goes on."""

import json
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.daemon.examples import HandClock, a_session, a_step, publish

from softshoe.clock import rfc3339
from softshoe.coaching import FocusOn
from softshoe.events import Command, Wish
from softshoe.feed.client import Received
from softshoe.feed.commands import Commands
from softshoe.feed.contract import HEARD
from softshoe.feed.cues import Cues
from softshoe.feed.inbox import LARGEST_BYTES, Inbox
from softshoe.feed.repeats import Repeats
from softshoe.hub import Hub
from softshoe.requests import Message, RecordRequest
from softshoe.roles import Logged
from softshoe.store.writer import StoreWriter

CUE = {"id": "c1", "text": "Light feet", "for_s": 8}


class NoLog:
    """Conforms to softshoe.roles.StepLog, and holds nothing."""

    newest = acknowledged = 0

    def after(self, mark: int, limit: int) -> list[Logged]:
        return []

    def again(self, session: str, after: int, limit: int) -> list[Logged]:
        return []

    def last_session(self) -> None:
        return None

    def acknowledge(self, mark: int) -> None:
        raise AssertionError("nothing was sent")


class Desk:
    """An inbox with its screen, its pipeline and its answers in the open."""

    def __init__(self, *, commands: bool = True) -> None:
        self.clock = HandClock()
        self.shown: list[Message] = []
        self.obeyed: list[Wish] = []
        self.room = True
        obey = self.obey if commands else None
        self.repeats = Repeats(NoLog())
        cues = Cues(self.shown.append)
        self.inbox = Inbox("treadmill", cues, Commands(self.clock, obey), self.repeats)

    def obey(self, command: Wish) -> bool:
        self.obeyed.append(command)
        return self.room

    def now(self) -> str:
        return rfc3339(self.clock.wall())

    def send(self, path: str, message: object, retained: bool = False) -> list[tuple[str, str]]:
        """Hand it in; who was answered what."""
        payload = message if isinstance(message, bytes) else json.dumps(message).encode()
        received = Received(f"softshoe/treadmill/{path}", payload, retained)
        self.inbox.read(received, self.clock.now_s)
        self.repeats.next()
        return self.answers()

    def answers(self) -> list[tuple[str, str]]:
        return [(each.id, each.result) for each in self.inbox.answers(self.clock.now_s)]


def test_a_cue_that_a_screen_shows_is_answered_once() -> None:
    desk = Desk()
    assert desk.send("cue", CUE) == []
    assert desk.shown == [Message(id="c1", text="Light feet", for_s=8.0)]
    desk.inbox.shown("another")
    desk.inbox.shown("c1")
    desk.inbox.shown("c1")
    assert desk.answers() == [("c1", "shown")]


def test_a_cue_that_nobody_shows_expires() -> None:
    desk = Desk()
    desk.send("cue", CUE)
    desk.clock.wait(8.0)
    assert desk.answers() == []
    desk.clock.wait(0.1)
    assert desk.answers() == [("c1", "expired")]
    desk.inbox.shown("c1")
    assert desk.answers() == []


def test_a_cue_that_comes_twice_is_shown_once() -> None:
    desk = Desk()
    desk.send("cue", CUE)
    desk.clock.wait(1.5)
    assert desk.send("cue", CUE) == []
    assert desk.send("cue", CUE | {"text": "Other words"}) == [("c1", "refused")]
    assert len(desk.shown) == 1


def test_cues_come_one_a_second_and_a_refused_one_may_come_again() -> None:
    desk = Desk()
    desk.send("cue", CUE)
    late = CUE | {"id": "c2"}
    desk.clock.wait(0.9)
    assert desk.send("cue", late) == [("c2", "refused")]
    desk.clock.wait(0.2)
    assert desk.send("cue", late) == []
    assert [each.id for each in desk.shown] == ["c1", "c2"]


def order(desk: Desk, number: int, **changes: object) -> dict[str, object]:
    return {"id": f"k{number}", "at": desk.now(), "do": "lap"} | changes


def test_a_command_is_obeyed_once() -> None:
    desk = Desk()
    lap = order(desk, 1)
    assert desk.send("command", lap) == [("k1", "done")]
    desk.clock.wait(2.0)
    assert desk.send("command", lap) == []
    assert desk.obeyed == [Command(0.0, "lap")]


def test_a_skill_is_chosen_and_let_go() -> None:
    desk = Desk()
    assert desk.send("command", order(desk, 1, do="focus", skill="soft")) == [("k1", "done")]
    desk.clock.wait(1.0)
    assert desk.send("command", order(desk, 2, do="focus")) == [("k2", "done")]
    assert desk.obeyed == [FocusOn(skill="soft"), FocusOn(skill=None)]


def test_commands_are_off_unless_they_are_allowed() -> None:
    desk = Desk(commands=False)
    assert desk.send("command", order(desk, 1)) == [("k1", "refused")]
    assert desk.obeyed == []


@pytest.mark.parametrize(
    ("spoil", "result"),
    [
        (lambda desk: desk.clock.wait(10.1), "expired"),
        (lambda desk: desk.clock.wait(-10.1), "expired"),
        (lambda desk: setattr(desk.clock, "set", False), "refused"),
        (lambda desk: desk.send("command", order(desk, 0)), "refused"),
    ],
    ids=["too old", "from the future", "the clock is not set", "another within a second"],
)
def test_a_command_at_the_wrong_time_is_not_obeyed(
    spoil: Callable[[Desk], object], result: str
) -> None:
    desk = Desk()
    command = order(desk, 1)
    spoil(desk)
    obeyed = len(desk.obeyed)
    assert desk.send("command", command) == [("k1", result)]
    assert len(desk.obeyed) == obeyed


def test_a_command_without_a_pipeline_is_refused_and_may_come_again() -> None:
    desk = Desk()
    desk.room = False
    command = order(desk, 1)
    assert desk.send("command", command) == [("k1", "refused")]
    desk.room = True
    desk.clock.wait(1.0)
    assert desk.send("command", command) == [("k1", "done")]


@pytest.mark.parametrize("topic", HEARD, ids=lambda topic: topic.path)
def test_what_is_retained_too_large_or_of_another_topic_is_counted_only(topic) -> None:
    desk = Desk()
    good = CUE | order(desk, 1) | {"session": "s1", "from": 1, "to": 2}
    assert desk.send(topic.path, good, retained=True) == []
    assert desk.send(topic.path, json.dumps(good).encode().ljust(LARGEST_BYTES + 1)) == []
    assert desk.send("live/step", good) == []
    assert desk.inbox.refused == 3
    assert (desk.shown, desk.obeyed) == ([], [])


@pytest.mark.parametrize(
    ("path", "harm", "why"),
    [
        ("cue", {"text": "<img onerror=alert(1)>" * 9}, "text: 1 to 120 characters, none of"),
        ("cue", {"text": "\x1b[31mred"}, "text: 1 to 120 characters, none of"),
        ("cue", {"text": " "}, "text: 1 to 120 characters, none of"),
        ("cue", {"for_s": 1e9}, "for_s: 1 to 60 seconds."),
        ("command", {"do": "../etc"}, "do: one of start, stop, lap, focus."),
        ("command", {"skill": "soft"}, "skill: only with focus."),
        ("command", {"do": "focus", "skill": "fast"}, "skill: with focus: the skill to mind"),
        ("command", {"belt_m_s": 9}, "The body must be a JSON object of these fields and no"),
        ("record/request", {"from": 0}, "from: the number of a step, from 1."),
        ("record/request", {"to": 1}, "to: not before from."),
        ("record/request", {"to": 10**6}, "At most 100000 steps at once."),
        ("record/request", {"session": "../s1"}, "session: the key of a session."),
        ("record/request", {}, "No such steps are stored."),
    ],
)
def test_a_wrong_message_is_answered_with_what_is_expected(
    path: str, harm: dict[str, object], why: str
) -> None:
    desk = Desk()
    good = {
        "cue": CUE,
        "command": order(desk, 1),
        "record/request": {"id": "r1", "session": "s1", "from": 2, "to": 3},
    }[path]
    payload = json.dumps(good | harm).encode()
    desk.inbox.read(Received(f"softshoe/treadmill/{path}", payload, False), desk.clock.now_s)
    desk.repeats.next()
    (answer,) = desk.inbox.answers(desk.clock.now_s)
    assert answer.result == "refused"
    assert answer.why
    assert answer.why.startswith(why)
    assert "<" not in answer.why


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "id": st.just("x1") | VALUES,
        "v": st.just(1) | VALUES,
        "at": st.just("2026-03-01T09:00:00.000Z") | VALUES,
        "text": st.text(max_size=130) | VALUES,
        "for_s": st.floats() | VALUES,
        "session": st.just("s1") | VALUES,
        "from": st.integers() | VALUES,
        "to": st.integers() | VALUES,
        "do": st.sampled_from(["start", "stop", "lap", "pause"]) | VALUES,
        "<script>": VALUES,
    },
)
PAYLOADS = (
    st.binary(max_size=200)
    | FIELDS.map(lambda fields: json.dumps(fields).encode())
    | st.integers(1, 2000).map(lambda depth: b"[" * depth)
    | st.integers(1, 600).map(lambda depth: b'{"id":' * depth)
)


HOSTILE = given(st.sampled_from([topic.path for topic in HEARD]), PAYLOADS, st.booleans())


@HOSTILE
@settings(max_examples=300, deadline=None)
def test_a_hostile_message_is_answered_or_counted_and_harms_nothing(
    path: str, payload: bytes, retained: bool
) -> None:
    is_unharmed_by(path, payload, retained)


@pytest.mark.long
@HOSTILE
@settings(max_examples=10_000, deadline=None)
def test_ten_thousand_hostile_messages(path: str, payload: bytes, retained: bool) -> None:
    is_unharmed_by(path, payload, retained)


def is_unharmed_by(path: str, payload: bytes, retained: bool) -> None:
    desk = Desk()
    answers = desk.send(path, payload, retained)
    taken = desk.inbox.refused == 0
    assert len(answers) <= 1
    if not taken:
        assert (desk.shown, desk.obeyed) == ([], [])
        assert all(result == "refused" for _, result in answers)
    else:
        assert answers or desk.shown
        assert not retained
    for message in desk.shown:
        assert message.text.isprintable()
        assert 1 <= len(message.text) <= 120
    desk.clock.wait(2.0)
    assert desk.send("cue", CUE | {"id": "after"}) == []
    assert desk.shown[-1].id == "after"


def stored(tmp_path, count: int) -> StoreWriter:
    hub = Hub()
    writer = StoreWriter(tmp_path / "softshoe.db", hub, HandClock())
    publish(hub, a_session(), *(a_step(number) for number in range(1, count + 1)))
    writer.take(0.0)
    writer.commit_if_due()
    return writer


def test_steps_are_read_again_in_order_and_the_end_is_told(tmp_path) -> None:
    writer = stored(tmp_path, 200)
    repeats = Repeats(writer.log)
    assert repeats.ask(a_request("r1", 30, 170)) is None
    assert repeats.ask(a_request("r1", 30, 170)) is None, "the same again is the same"
    assert repeats.ask(a_request("r2", 199, 900)) is None
    read = []
    while entry := repeats.next():
        read.append(entry.event.step)
        if len(read) == 40:
            repeats.restart()
    assert read == [*range(30, 70), *range(30, 171), 199, 200]
    assert [(each.id, each.why) for each in repeats.answers] == [
        ("r1", "141 steps sent."),
        ("r2", "2 steps sent."),
    ]
    writer.close()


def test_only_so_many_requests_wait() -> None:
    repeats = Repeats(NoLog())
    answers = [repeats.ask(a_request(f"r{number}", 1, 9)) for number in range(20)]
    assert answers[:16] == [None] * 16
    assert all(answer and answer.result == "refused" for answer in answers[16:])


def a_request(name: str, first: int, last: int):
    request = {"id": name, "session": "s1", "from": first, "to": last}
    return msgspec.convert(request, RecordRequest)
