"""A coach's message on the stream of a screen that nobody paired, and the screen's answer."""

import http.client
import json
import threading
from collections.abc import Iterator

import pytest

from softshoe.events import LiveState
from softshoe.requests import Message, MessageShown

from .stage import Stage, staged

MESSAGE = Message(id="c1", text="<b>Light feet</b>", for_s=8.0)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


def read_message(stage: Stage) -> dict[str, object]:
    """What a new stream brings of a message that is published as soon as the stream is open."""
    link = http.client.HTTPConnection("127.0.0.1", stage.port, timeout=10)
    link.request("GET", "/api/v1/live/stream")
    lines = iter(link.getresponse().readline, b"")
    while next(lines) != b"event: snapshot\n":
        pass
    stage.publish(LiveState(), MESSAGE)
    while next(lines) != b"event: message\n":
        pass
    sent = json.loads(next(lines).removeprefix(b"data: "))
    link.close()
    event: dict[str, object] = sent["event"]
    return event


def confirm(stage: Stage, message: str, nonce: object, **more: str) -> int:
    headers = {
        "Content_Type": "application/json",
        "Origin": f"http://127.0.0.1:{stage.port}",
        **more,
    }
    body = json.dumps({"nonce": nonce}).encode()
    return stage.ask(f"/api/v1/message/{message}/shown", "POST", body, **headers)[0]


def test_a_message_comes_as_text_and_is_confirmed_once(stage: Stage) -> None:
    told = stage.hub.subscribe("coach", (MessageShown,), 8)
    event = read_message(stage)
    nonce = event.pop("nonce")
    assert event == {"id": "c1", "text": "<b>Light feet</b>", "for_s": 8.0}
    assert confirm(stage, "c1", nonce) == 204
    assert confirm(stage, "c1", nonce) == 404
    (published,) = told.take(5.0)
    assert published.event == MessageShown("c1")


def test_only_who_was_sent_it_can_confirm_it(stage: Stage) -> None:
    told = stage.hub.subscribe("coach", (MessageShown,), 8)
    nonce = read_message(stage)["nonce"]
    assert confirm(stage, "c1", "guessed") == 404
    assert confirm(stage, "c2", nonce) == 404
    assert confirm(stage, "c1", 3) == 422
    assert confirm(stage, "c1", nonce, Origin="http://elsewhere.example") == 403
    assert told.take(0.0) == []


def test_many_may_confirm_at_once_and_one_does(stage: Stage) -> None:
    nonce = read_message(stage)["nonce"]
    said: list[int] = []
    tablets = [
        threading.Thread(target=lambda: said.append(confirm(stage, "c1", nonce))) for _ in range(4)
    ]
    for tablet in tablets:
        tablet.start()
    for tablet in tablets:
        tablet.join()
    assert sorted(said) == [204, 404, 404, 404]
