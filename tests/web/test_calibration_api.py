"""The wizard's API over real sockets: led through, refused, kept."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import numpy as np
import pytest
from msgspec.json import decode, encode
from tests.daemon.calibrating.standing_insole import (
    RATE_HZ,
    WEIGHT_N,
    Insole,
    led,
)

from softshoe.calibrating.plan import plan_for
from softshoe.calibrations import Calibration, FsrScale
from softshoe.events import Array, SampleBlock, Tick
from softshoe.intake import Arrived
from softshoe.settings import WebSettings

from .stage import INSOLES_RIG, Stage, staged

STANDING = plan_for(INSOLES_RIG, heel_drops=False, run=False)
WISH = {"weight_n": WEIGHT_N, "run": False}


def get(stage: Stage) -> Any:
    status, _, body = stage.ask("/api/v1/calibration")
    assert status == 200
    return decode(body)


def post(stage: Stage, what: str, body: object, **changed: str | None) -> tuple[int, Any]:
    """As the page does it, but for what is ``changed``."""
    headers = {
        "Content_Type": "application/json",
        "Origin": f"http://127.0.0.1:{stage.port}",
        "Sec_Fetch_Site": "same-origin",
        **changed,
    }
    given = {name: value for name, value in headers.items() if value is not None}
    sent = body if isinstance(body, bytes) else encode(body)
    status, answered, answer = stage.ask(f"/api/v1/calibration/{what}", "POST", sent, **given)
    kind = "application/json" if status == 200 else "application/problem+json"
    assert answered["content-type"] == kind
    return status, decode(answer)


def until(stage: Stage, condition: Callable[[Any], bool]) -> Any:
    for _ in range(500):
        now = get(stage)
        if condition(now):
            return now
        time.sleep(0.01)
    raise AssertionError(f"did not happen: {now}")


def blocks(counts: Array, first_s: float) -> Iterator[Arrived]:
    rows = 100
    for start in range(0, len(counts), rows):
        at_s = first_s + start / RATE_HZ
        yield Arrived(at_s, SampleBlock("insoles", start, at_s, counts[start : start + rows]))


def feed(stage: Stage, counts: Array, first_s: float = 10.0) -> None:
    """What the pipeline's thread does with whatever comes."""
    for arrived in blocks(counts, first_s):
        stage.calibrator.hand(arrived)


def started(stage: Stage) -> None:
    assert post(stage, "start", WISH)[0] == 200
    feed(stage, np.zeros((100, 16)), first_s=9.8)
    until(stage, lambda now: now["stage"]["silent"] == [])
    assert post(stage, "order", {"order": "start"})[0] == 200


def done(stage: Stage, counts: Array) -> Any:
    started(stage)
    feed(stage, counts)
    return until(stage, lambda now: now["found"] or now["problem"])


def test_it_is_led_through_by_the_page_and_kept(stage: Stage) -> None:
    events = stage.hub.subscribe("store", (Calibration,), 10)
    insole = Insole()
    assert get(stage)["stage"] is None
    status, begun = post(stage, "start", WISH)
    assert (status, begun["stage"]["doing"], begun["weight_n"]) == (200, "waiting", WEIGHT_N)
    feed(stage, np.zeros((100, 16)), first_s=9.8)
    until(stage, lambda now: now["stage"]["silent"] == [])
    _, ready = post(stage, "order", {"order": "start"})
    assert (ready["stage"]["doing"], ready["stage"]["task"]) == ("ready", "unloaded")
    assert ready["stage"]["instruction"].startswith("Sit down")
    feed(stage, led(insole, STANDING))
    now = until(stage, lambda now: now["found"])
    assert (now["stage"]["doing"], now["passed"], now["kept"]) == ("done", True, False)
    schema = decode(stage.ask("/api/v1/schemas/calibration")[2])
    jsonschema.validate(now, schema)
    status, kept = post(stage, "keep", {})
    assert (status, kept["kept"]) == (200, True)
    (published,) = [each.event for each in events.take(1.0)]
    assert stage.kept == [published]
    assert isinstance(published, Calibration)
    assert isinstance(published.found, FsrScale)
    assert published.found.gains_n == pytest.approx(insole.gains_n, rel=0.05)
    assert [each["item"] for each in now["found"][0]["checks"]][3] == "left l4 (arch)"


def test_a_bad_sensor_is_kept_only_anyway(stage: Stage) -> None:
    counts = led(Insole(), STANDING)
    counts[:, 3] = 0
    now = done(stage, counts)
    assert now["passed"] is False
    (bad,) = [check for check in now["found"][0]["checks"] if check["item"] == "left l4 (arch)"]
    assert bad["advice"].startswith("dead: shows nothing under load")
    status, problem = post(stage, "keep", {})
    assert status == 409
    assert problem["detail"].startswith("A check failed: do what it advises")
    assert stage.kept == []
    assert post(stage, "keep", {"anyway": True})[0] == 200
    assert len(stage.kept) == 1


def test_what_tells_too_little_says_why_and_the_next_can_begin(stage: Stage) -> None:
    counts = led(Insole(), STANDING)
    counts[round(30 * RATE_HZ) : round(45 * RATE_HZ)] = np.nan
    now = done(stage, counts)
    assert now["problem"] == "the phase left_foot has too few good samples; repeat it for longer"
    assert (now["found"], now["passed"]) == ([], None)
    assert post(stage, "keep", {"anyway": True})[0] == 409
    assert post(stage, "start", WISH)[0] == 200


def test_orders_go_back_and_stop(stage: Stage) -> None:
    started(stage)
    feed(stage, np.zeros((round(22 * RATE_HZ), 16)))
    until(stage, lambda now: now["stage"]["number"] == 2)
    _, again = post(stage, "order", {"order": "again"})
    assert (again["stage"]["number"], again["stage"]["doing"]) == (1, "ready")
    _, stopped = post(stage, "order", {"order": "stop"})
    assert stopped["stage"]["doing"] == "stopped"
    assert get(stage)["stage"]["doing"] == "stopped"
    assert post(stage, "order", {"order": "again"})[0] == 409


def test_it_starts_only_when_a_sensor_is_heard(stage: Stage) -> None:
    _, begun = post(stage, "start", WISH)
    assert begun["stage"]["silent"] == ["insoles"]
    status, problem = post(stage, "order", {"order": "start"})
    assert (status, problem["detail"][:26]) == (409, "No sensor is heard yet: lo")
    assert get(stage)["stage"]["doing"] == "waiting"


def test_one_at_a_time(stage: Stage) -> None:
    started(stage)
    status, problem = post(stage, "start", WISH)
    assert (status, problem["detail"]) == (409, "A calibration is under way: stop it first.")


def test_while_nothing_is_calibrated_samples_leave_nothing_behind(stage: Stage) -> None:
    feed(stage, np.zeros((round(30 * RATE_HZ), 16)))
    assert stage.calibrator._queue.take(0.0) == []
    stage.calibrator.hand(Arrived(1.0, Tick(1.0)))
    assert get(stage)["stage"] is None


@pytest.mark.parametrize(
    ("what", "body", "status", "says"),
    [
        ("start", {"run": False}, 422, "Say the weight of whoever stands there: weight_n."),
        ("start", {**WISH, "part": "deck"}, 422, "Insoles has no deck."),
        ("order", {"order": "again"}, 409, "No calibration is under way: begin one first."),
        ("keep", {}, 409, "There is nothing to keep."),
    ],
)
def test_what_cannot_be_done_now_is_said(
    stage: Stage, what: str, body: object, status: int, says: str
) -> None:
    answered, problem = post(stage, what, body)
    assert (answered, problem["status"], problem["detail"]) == (status, status, says)
    assert get(stage)["stage"] is None


@pytest.mark.parametrize(
    ("what", "body", "status"),
    [
        ("start", b"", 400),
        ("start", b"<script>", 400),
        ("start", b"\xff\xfe", 400),
        ("start", b'{"weight_n": NaN}', 400),
        ("start", b'{"weight_n": ' + b"[" * 5000 + b"]" * 5000 + b"}", 400),
        ("start", b'{"evil": ' + b"[" * 30000 + b"]" * 30000 + b"}", 400),
        ("start", b"[]", 422),
        ("start", {"weight_n": 50}, 422),
        ("start", {"weight_n": "700"}, 422),
        ("start", b'{"weight_n": 1e999}', 422),
        ("start", {**WISH, "part": "<img src=x onerror=alert(1)>"}, 422),
        ("start", {**WISH, "evil": 1}, 422),
        ("order", {"order": "evil"}, 422),
        ("order", {}, 422),
        ("keep", {"anyway": "evil"}, 422),
    ],
)
def test_nonsense_is_refused_without_repeating_it(
    stage: Stage, what: str, body: object, status: int
) -> None:
    answered, problem = post(stage, what, body)
    assert (answered, problem["status"]) == (status, status)
    assert set(problem) == {"type", "title", "status", "detail"}
    assert not [word for word in ("evil", "<", "alert") if word in problem["detail"]]
    assert get(stage)["stage"] is None


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": "none", "Origin": None}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec_Fetch_Site": None, "Origin": "http://evil.example"}, 403),
        ({"Sec_Fetch_Site": None, "Origin": None}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content_Type": None}, 415),
        ({"Host": "evil.example"}, 421),
        ({"Sec_Fetch_Site": None}, 200),
        ({"Origin": None}, 200),
        ({"Content_Type": "application/json; charset=utf-8"}, 200),
    ],
)
def test_only_this_page_may_change_anything(
    stage: Stage, changed: dict[str, str | None], status: int
) -> None:
    assert post(stage, "start", WISH, **changed)[0] == status
    assert (get(stage)["stage"] is None) == (status != 200)


def test_only_a_post_changes_anything(stage: Stage) -> None:
    for what in ("start", "order", "keep"):
        for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
            status, headers, _ = stage.ask(f"/api/v1/calibration/{what}", method)
            assert (status, headers["allow"]) == (405, "POST")


def test_a_body_of_more_than_64_kb_is_not_read(stage: Stage) -> None:
    assert post(stage, "start", b" " * 65_537)[0] == 413


def test_beyond_loopback_nothing_can_be_changed_or_seen() -> None:
    with staged(settings=WebSettings(host="0.0.0.0", port=0)) as stage:
        assert stage.ask("/api/v1/calibration")[0] == 401
        assert post(stage, "start", WISH)[0] == 401
