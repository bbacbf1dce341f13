"""Changes come from the page itself, as JSON of the form that the route takes, or not at all."""

from collections.abc import Iterator

import msgspec
import pytest

from softshoe_web.bodies import depth, taken_by

from .gym import Gym, Screen, gym
from .stage import idle_app
from .test_access import RIGHTS

WRITES = [route.split() for route in RIGHTS if not route.startswith("GET")]


@pytest.fixture(scope="module")
def here() -> Iterator[Gym]:
    """At the machine, where no token is needed: only the origin protects."""
    with gym("127.0.0.1") as opened:
        yield opened


def ask(here: Gym, method: str, path: str, body: bytes = b"{}", **headers: str) -> int:
    return here.stage.ask(path, method, body, **headers)[0]


def own(here: Gym) -> str:
    return f"http://127.0.0.1:{here.stage.port}"


JSON = {"Content_Type": "application/json"}
STRANGERS: list[dict[str, str]] = [
    {},
    {"Origin": "null"},
    {"Origin": "http://evil.example"},
    {"Origin": "https://127.0.0.1"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": ""},
    {"Origin": "null", "Sec_Fetch_Site": "same-origin"},
    {"Origin": "http://evil.example", "Sec_Fetch_Site": "same-origin"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
    {"Sec_Fetch_Site": "none"},
    {"Sec_Fetch_Site": "SAME-ORIGIN"},
    {"Referer": "http://127.0.0.1/"},
]


@pytest.mark.parametrize("headers", STRANGERS, ids=str)
def test_nothing_is_changed_from_elsewhere(here: Gym, headers: dict[str, str]) -> None:
    for method, path in WRITES:
        assert ask(here, method, path, **JSON, **headers) == 403, path
    assert here.wished() == []
    assert here.people.runners.all() == []


def test_the_page_itself_may_and_an_old_browser_too(here: Gym) -> None:
    lap = msgspec.json.encode({"do": "lap"})
    for headers in (
        {"Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "same-origin", "Origin": own(here)},
        {"Origin": own(here)},
    ):
        assert ask(here, "POST", "/api/v1/run", lap, **JSON, **headers) == 204
    assert len(here.wished()) == 3


@pytest.mark.parametrize(
    "media_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_only_json_is_taken(here: Gym, media_type: str) -> None:
    for method, path in WRITES:
        if method != "DELETE":
            headers = {"Origin": own(here), "Content_Type": media_type}
            assert ask(here, method, path, **headers) == 415, path


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 422),
        (b"null", 422),
        (b'"x"', 422),
        (b'{"evil": 1}', 422),
        (b"{\xff\xfe", 400),
        (b"[" * 30 + b"]" * 30, 400),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, 400),
        (b"{" + b'"a": 1, ' * 9000 + b'"b": 1}', 413),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_makes_no_sense_is_a_problem_that_repeats_nothing(
    here: Gym, body: bytes, status: int
) -> None:
    for method, path in WRITES:
        if method == "DELETE" or path.startswith(("/api/v1/message", "/api/v1/wall")):
            continue
        got, _, answer = here.stage.ask(path, method, body, Origin=own(here), **JSON)
        assert got == status, path
        assert b"evil" not in answer
        assert msgspec.json.decode(answer)["detail"]
    assert here.wished() == []


WRONG: list[tuple[str, str, dict[str, object], str]] = [
    ("POST", "runners", {"name": "A", "pin": "12"}, "pin: 4 to 8 digits."),
    ("POST", "runners", {"name": "A", "pin": 1234}, "pin: 4 to 8 digits."),
    (
        "POST",
        "runners",
        {"name": "\x1b[31mA", "pin": "1234"},
        "name: 1 to 40 printable characters.",
    ),
    ("POST", "runners", {"name": "A"}, "pin is missing: 4 to 8 digits."),
    ("POST", "login", {"name": "x" * 10_000, "pin": "1234"}, "name: 1 to 40 printable characters."),
    ("POST", "pair", {"code": "12345", "name": "t"}, "code: the 6 digits that were shown."),
    ("POST", "run", {"do": "explode"}, "do: start, stop or lap."),
    ("PUT", "belt", {"belt_m_s": 99}, "belt_m_s: 0 to 10 m/s, or null."),
    ("PUT", "belt", {"belt_m_s": "fast"}, "belt_m_s: 0 to 10 m/s, or null."),
    ("PUT", "belt", {"belt_m_s": 2, "slope_deg": 45}, "slope_deg: -20 to 20 degrees."),
    ("PATCH", "sessions/s1", {"title": "a\nb"}, "title: up to 80 printable characters."),
    (
        "PATCH",
        "sessions/s1",
        {"note": "x" * 1001},
        "note: up to 1000 printable characters and new lines.",
    ),
    ("PATCH", "runners/me", {"units": "cubits"}, "units: metric or imperial."),
    (
        "POST",
        "logout",
        {"evil": 1},
        "The body must be a JSON object of these fields and no other: nothing.",
    ),
    (
        "POST",
        "run",
        {"do": "lap", "evil": 1},
        "The body must be a JSON object of these fields and no other: do.",
    ),
]


@pytest.mark.parametrize(("method", "path", "body", "detail"), WRONG, ids=lambda v: str(v)[:30])
def test_a_wrong_field_is_named_and_told(
    here: Gym, method: str, path: str, body: dict[str, object], detail: str
) -> None:
    assert Screen(here.stage).ask(method, path, body)[1]["detail"] == detail


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "../../etc/passwd",
    "'; DROP TABLE runners; --",
    "{{7*7}}",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text(here: Gym, name: str) -> None:
    screen = Screen(here.stage)
    screen.join(name)
    assert name in screen.get("runners")[1]["names"]
    status, fields, answer = here.stage.ask("/api/v1/me")
    assert (status, fields["content-type"]) == (200, "application/json")
    assert msgspec.json.decode(answer)["runner"]["name"] == name
    assert screen.ask("DELETE", "runners/me")[0] == 204
    here.wished()


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "CONNECT", "PURGE", "PROPFIND"])
def test_other_methods_do_nothing(here: Gym, method: str) -> None:
    for path in ("/", "/api/v1/me", "/api/v1/login"):
        assert ask(here, method, path, Origin=own(here), **JSON) == 405


def test_no_get_changes_anything(here: Gym) -> None:
    before = here.path.read_bytes()
    for route in RIGHTS:
        method, path = route.split()
        if method == "GET":
            here.stage.ask(path)
    assert here.wished() == []
    assert here.path.read_bytes() == before


def test_every_change_but_erasing_takes_a_body_that_forbids_what_it_does_not_know() -> None:
    app = idle_app()
    for rule in app.url_map.iter_rules():
        if {"POST", "PUT", "PATCH"} & (rule.methods or set()) and rule.rule != "/take/<token>":
            kind = taken_by(app.view_functions[rule.endpoint])
            assert kind, rule.rule
            assert kind.__struct_config__.forbid_unknown_fields, rule.rule


@pytest.mark.parametrize(
    ("raw", "deep"),
    [
        (b"{}", 1),
        (b"1", 0),
        (b'{"a": [1, {"b": []}]}', 4),
        (b'{"a": "[[[[{{{{"}', 1),
        (rb'{"a": "\"[[[["}', 1),
        (rb'{"a": "\\", "b": [1]}', 2),
        (b"[" * 1000, 1000),
        (b"]]]][", 0),
    ],
    ids=str,
)
def test_depth_is_counted_outside_of_texts(raw: bytes, deep: int) -> None:
    assert depth(raw) == deep
