"""The wall as the daemon relays it: a real broker, treadmills that speak the contract, a stream."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.daemon.feed.brokers import wait_until

from softshoe.feed.contract import STATE
from softshoe.requests import Answer
from softshoe.settings import FeedSettings, WallSettings, WebSettings
from softshoe_web.guard import CONTENT_SECURITY_POLICY
from softshoe_web.wall import DEVICES, NOT_CONNECTED

from .gym import Screen
from .stage import Stage, staged
from .treadmills import Treadmills, state, treadmills, websocket_broker

OPEN = WebSettings(port=0, host="127.0.0.1")


@pytest.fixture
def speaking(tmp_path: Path) -> Iterator[Treadmills]:
    with websocket_broker(tmp_path) as broker, treadmills(broker) as speaking:
        speaking.port = broker.port  # type: ignore[attr-defined]
        yield speaking


@pytest.fixture
def stage(speaking: Treadmills) -> Iterator[Stage]:
    feed = FeedSettings(port=speaking.port)  # type: ignore[attr-defined]
    with staged(settings=OPEN, feed=feed) as stage:
        yield stage


def paired(stage: Stage, scope: str) -> Screen:
    screen = Screen(stage)
    code = stage.people.tablets.new_code(scope)  # type: ignore[arg-type]
    assert screen.post("pair", {"code": code, "name": "x"})[0] == 200
    return screen


class Watching:
    """One open stream, read event by event."""

    def __init__(self, stage: Stage, screen: Screen) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", stage.port, timeout=10)
        self._link.request("GET", "/api/v1/wall/stream", headers=screen.headers)
        self._answer = self._link.getresponse()
        self.status = self._answer.status

    def events(self) -> Iterator[tuple[str, Any]]:
        name = ""
        while line := self._answer.readline().decode():
            if line.startswith("event: "):
                name = line[7:].strip()
            elif line.startswith("data: "):
                yield name, json.loads(line[6:])

    def next(self, wanted: str, **fields: object) -> Any:
        for name, data in self.events():
            if name == wanted and all(data[key] == value for key, value in fields.items()):
                return data
        raise AssertionError(f"the stream ended without {wanted} {fields}")

    def close(self) -> None:
        self._answer.close()
        self._link.close()


def test_what_treadmills_say_comes_and_what_is_known_comes_first(
    stage: Stage, speaking: Treadmills
) -> None:
    speaking.come("treadmill-7", "Tomas")
    coach = paired(stage, "coach")
    first = Watching(stage, coach)
    first.next("link", state="connected")
    run = first.next("heard", device="treadmill-7", path="record/session")
    assert (run["message"]["alias"], run["retained"]) == ("Tomas", True)
    speaking.run("treadmill-7", -8, 9)
    told = first.next("heard", path="live/state")
    assert (told["message"]["steps"], told["retained"]) == (800, False)
    second = Watching(stage, coach)
    assert second.next("heard", path="live/state")["message"] == told["message"]
    first.close()
    second.close()
    wait_until(lambda: stage.wall._watchers == 0, "the end of both streams")
    wait_until(lambda: not stage.wall._kept, "what is forgotten when nobody watches")


def test_a_cue_goes_out_and_its_answer_comes_back(stage: Stage, speaking: Treadmills) -> None:
    coach = paired(stage, "coach")
    cue = {"device": "treadmill-7", "text": "Light feet"}
    assert coach.post("wall/cue", cue) == (503, {**_problem(NOT_CONNECTED), "status": 503})
    watching = Watching(stage, coach)
    watching.next("link", state="connected")
    status, asked = coach.post("wall/cue", cue)
    answer = watching.next("heard", path="answer")
    assert (status, answer["message"]["id"]) == (200, asked["id"])
    assert answer["message"]["result"] == "shown"
    assert speaking.cues == [
        ("treadmill-7", {"v": 1, "id": asked["id"], "text": "Light feet", "for_s": 8.0})
    ]
    speaking.answers["treadmill-7"] = Answer(id="", result="refused", why="one a second")
    coach.post("wall/cue", cue)
    assert watching.next("heard", path="answer")["message"]["why"] == "one a second"
    watching.close()


def _problem(detail: str) -> dict[str, object]:
    return {"title": "Service Unavailable", "detail": detail, "type": "about:blank"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"device": "+", "text": "x"},
        {"device": "t/#", "text": "x"},
        {"device": "t7", "text": "x" * 121},
        {"device": "t7", "text": "a\nb"},
        {"device": "t7", "text": "x", "for_s": 61},
        {"device": "t7", "text": "x", "topic": "command"},
    ],
)
def test_no_other_topic_and_no_other_text_can_be_sent(stage: Stage, wrong: object) -> None:
    assert paired(stage, "coach").post("wall/cue", wrong)[0] == 422


def test_only_a_coach_sees_and_asks(stage: Stage) -> None:
    for scope in ("view", "runner", "admin"):
        other = paired(stage, scope)
        watching = Watching(stage, other)
        assert watching.status == 403
        watching.close()
        assert other.post("wall/cue", {"device": "t7", "text": "x"})[0] == 403


def test_nonsense_at_the_broker_is_not_relayed(stage: Stage, speaking: Treadmills) -> None:
    watching = Watching(stage, paired(stage, "coach"))
    watching.next("link", state="connected")
    for payload in (b"{", b'{"state": 7}', b"[" * 9000, b'{"a": "\n\nevent: link"}'):
        speaking.raw("softshoe/t1/live/state", payload)
    speaking.raw("softshoe/t1/secret", b"{}")
    speaking.say("t2", STATE, state("t2", 0, 0))
    assert watching.next("heard")["device"] == "t2"
    watching.close()


def test_devices_that_somebody_makes_up_fill_no_memory(stage: Stage, speaking: Treadmills) -> None:
    watching = Watching(stage, paired(stage, "coach"))
    watching.next("link", state="connected")
    for number in range(DEVICES + 50):
        speaking.raw(f"softshoe/made-up-{number}/status", b"online")
    watching.next("heard", device=f"made-up-{DEVICES + 49}")
    assert len(stage.wall._kept) == DEVICES
    watching.close()


def test_the_page_may_connect_to_the_broker_that_is_configured_and_no_other_page_may() -> None:
    wall = WallSettings(websocket="wss://gym.local:8884/mqtt")
    with staged(settings=OPEN, wall=wall) as stage:
        coach = paired(stage, "coach")
        policies = {
            path: stage.ask(path, **coach.headers)[1]["content-security-policy"]
            for path in ("/coach", "/")
        }
        stranger = stage.ask("/coach")
    assert "connect-src 'self' wss://gym.local:8884;" in policies["/coach"]
    assert policies["/"] == CONTENT_SECURITY_POLICY
    assert stranger[1]["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert b"gym.local" not in stranger[2]


def test_without_a_feed_the_wall_says_so() -> None:
    with staged(settings=OPEN) as stage:
        watching = Watching(stage, paired(stage, "coach"))
        assert "[feed] enabled" in watching.next("link")["why"]
        watching.close()
