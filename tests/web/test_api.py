"""The JSON of the API, against its own schemas."""

from typing import Any

import jsonschema
import pytest
from msgspec.json import decode
from msgspec.structs import replace

from softshoe.events import Step
from softshoe_web.api import STEPS_PER_PAGE

from .runner import footfall, running
from .stage import ABOUT, HEALTH, Runs, Stage, session, staged


def get(stage: Stage, path: str) -> Any:
    status, headers, body = stage.ask(f"/api/v1/{path}")
    assert (status, headers["content-type"]) == (200, "application/json")
    return decode(body)


def check(stage: Stage, data: Any, name: str) -> None:
    jsonschema.validate(data, get(stage, f"schemas/{name}"))


def kept(count: int) -> Runs:
    steps = [footfall(number)[2] for number in range(1, count + 1)]
    return Runs({"s1": (session(steps=count), steps)})


def test_what_is_live_fits_its_schema(stage: Stage) -> None:
    stage.publish(ABOUT, HEALTH, session(), *footfall(1), running())
    while (now := get(stage, "live"))["state"] is None:
        pass
    check(stage, now, "snapshot")
    check(stage, get(stage, "about"), "about")
    assert get(stage, "about")["rig"] == "insoles"
    health = get(stage, "health")
    assert health["health"]["broker"] == "off"
    assert 0 <= health["data_age_s"] < 60
    assert (health["streams"], health["max_streams"]) == (0, 16)


def test_before_anything_came_it_says_so(stage: Stage) -> None:
    assert get(stage, "live")["state"] is None
    assert get(stage, "health")["health"] is None
    assert stage.ask("/api/v1/about")[0] == 503


def test_every_schema_is_one(stage: Stage) -> None:
    for name in get(stage, "schemas"):
        jsonschema.Draft202012Validator.check_schema(get(stage, f"schemas/{name}"))


def test_sessions_are_paged_newest_first() -> None:
    ids = [f"s{number}" for number in range(1, 6)]
    with staged(Runs({each: (session(each), []) for each in ids})) as stage:
        first = get(stage, "sessions?limit=2")
        assert [each["session"] for each in first["sessions"]] == ["s5", "s4"]
        assert first["next"] == "s4"
        rest = get(stage, "sessions?limit=4&before=s4")
        assert [each["session"] for each in rest["sessions"]] == ["s3", "s2", "s1"]
        assert rest["next"] is None
        for each in first["sessions"]:
            check(stage, each, "session")
        assert first["notes"] == {}


def test_steps_come_in_columns_and_pages() -> None:
    with staged(kept(STEPS_PER_PAGE + 3)) as stage:
        page = get(stage, "sessions/s1/steps?fields=step,side,contact_ms")
        check(stage, page, "step-columns")
        assert list(page["columns"]) == ["step", "side", "contact_ms"]
        assert page["next"] == STEPS_PER_PAGE
        rest = get(stage, f"sessions/s1/steps?fields=step,side&after={page['next']}")
        assert rest["columns"]["step"] == [STEPS_PER_PAGE + n for n in (1, 2, 3)]
        assert rest["next"] is None


def test_all_fields_of_a_step_are_there_and_unknown_is_null() -> None:
    with staged(kept(1)) as stage:
        columns = get(stage, "sessions/s1/steps")["columns"]
        assert set(columns) == set(Step.__struct_fields__) - {"moment", "session"}
        assert columns["reach_ahead_mm"] == [None]


def test_nan_never_reaches_json() -> None:
    steps = [replace(footfall(1)[2], valr_bw_s=float("nan"), contact_ms=float("inf"))]
    with staged(Runs({"s1": (session(), steps)})) as stage:
        columns = get(stage, "sessions/s1/steps?fields=valr_bw_s,contact_ms")["columns"]
        assert columns == {"valr_bw_s": [None], "contact_ms": [None]}


@pytest.mark.parametrize("path", ["sessions", "sessions/s1", "sessions/s1/steps"])
def test_a_database_that_fails_is_a_problem_not_a_crash(path: str) -> None:
    from softshoe.errors import StoreError

    class Broken:
        def __getattr__(self, name: str) -> Any:
            raise StoreError("disk I/O error")

    with staged(Broken()) as stage:  # type: ignore[arg-type]
        status, _, body = stage.ask(f"/api/v1/{path}")
        assert status == 503
        assert b"I/O" not in body
