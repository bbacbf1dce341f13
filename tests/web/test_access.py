"""Who may use which route, and whose runs are seen: every route, every kind of screen."""

from collections.abc import Iterator

import pytest

from softshoe.people import GRANTS
from softshoe_web.access import rule_of
from softshoe_web.door import LOG_IN, NOT_ALLOWED, NOT_PAIRED

from .gym import Gym, Screen, gym
from .stage import idle_app

RIGHTS = {
    "GET /": "anyone",
    "GET /static/x": "anyone",
    "GET /api/v1/live": "anyone",
    "GET /api/v1/health": "anyone",
    "GET /api/v1/about": "anyone",
    "GET /api/v1/schemas": "anyone",
    "GET /api/v1/schemas/step": "anyone",
    "GET /api/v1/openapi.json": "anyone",
    "GET /api/v1/me": "anyone",
    "POST /api/v1/pair": "anyone",
    "POST /api/v1/message/x/shown": "anyone",
    "GET /take/x": "anyone",
    "GET /coach": "anyone",
    "GET /runs": "runner",
    "GET /runs/s1": "runner",
    "GET /api/v1/runners": "runner",
    "POST /api/v1/runners": "runner",
    "POST /api/v1/login": "runner",
    "POST /api/v1/logout": "runner",
    "POST /api/v1/still-me": "runner",
    "GET /api/v1/runners/me": "runner",
    "PATCH /api/v1/runners/me": "runner",
    "DELETE /api/v1/runners/me": "runner",
    "GET /api/v1/runners/me/export": "runner",
    "GET /api/v1/sessions": "runner",
    "GET /api/v1/sessions/s1": "runner",
    "PATCH /api/v1/sessions/s1": "runner",
    "DELETE /api/v1/sessions/s1": "runner",
    "GET /api/v1/sessions/s1/note": "runner",
    "POST /api/v1/sessions/s1/claim": "runner",
    "GET /api/v1/sessions/s1/steps": "runner",
    "GET /api/v1/sessions/s1/export/csv": "runner",
    "POST /api/v1/sessions/s1/link": "runner",
    "POST /api/v1/run": "runner",
    "PUT /api/v1/belt": "runner",
    "GET /api/v1/focus": "view",
    "POST /api/v1/focus": "runner",
    "PUT /api/v1/target": "runner",
    "GET /api/v1/sessions/s1/practice": "runner",
    "PUT /api/v1/sessions/s1/rating": "runner",
    "GET /api/v1/runners/me/practice": "runner",
    "GET /api/v1/coach/runners": "coach",
    "POST /api/v1/wall/cue": "coach",
    "POST /api/v1/codes": "admin",
    "GET /api/v1/tablets": "admin",
    "DELETE /api/v1/tablets/x": "admin",
    "GET /api/v1/calibration": "admin",
    "POST /api/v1/calibration/start": "admin",
    "POST /api/v1/calibration/order": "admin",
    "POST /api/v1/calibration/keep": "admin",
}
ALONE = ("GET /api/v1/live/stream", "GET /api/v1/wall/stream", "POST /take/x")
"""A stream does not end, and a form is not JSON: others test them."""


@pytest.fixture(scope="module")
def lan() -> Iterator[Gym]:
    with gym("0.0.0.0") as opened:
        yield opened


@pytest.fixture(scope="module")
def here() -> Iterator[Gym]:
    with gym("127.0.0.1") as opened:
        yield opened


def refused(screen: Screen, route: str) -> str | None:
    """Why this screen may not use a route at all; None when it may."""
    method, path = route.split()
    status, answer = screen.ask(method, path, None if method == "GET" else {})
    detail = answer["detail"] if isinstance(answer, dict) and status >= 400 else ""
    assert (status == 401) == (detail == NOT_PAIRED), route
    return detail if detail in (NOT_PAIRED, NOT_ALLOWED) else None


def test_every_route_stands_in_the_matrix() -> None:
    routes = idle_app().url_map
    adapter = routes.bind("localhost")
    named = {
        (adapter.match(path, method)[0], method)
        for method, path in (route.split() for route in (*RIGHTS, *ALONE))
    }
    assert named == {
        (route.endpoint, method)
        for route in routes.iter_rules()
        for method in (route.methods or set()) - {"HEAD", "OPTIONS"}
    }


@pytest.mark.parametrize("scope", [None, "view", "runner", "coach", "admin"])
def test_a_tablet_may_do_what_its_scope_grants(lan: Gym, scope: str | None) -> None:
    grants = GRANTS[scope] if scope else frozenset()  # type: ignore[index]
    screen = lan.tablet(scope) if scope else lan.screen()  # type: ignore[arg-type]
    for route, right in RIGHTS.items():
        expected = None
        if right != "anyone" and right not in grants:
            expected = NOT_ALLOWED if scope else NOT_PAIRED
        assert refused(screen, route) == expected, route


def test_at_the_machine_everything_but_a_coachs_is_open(here: Gym) -> None:
    for route, right in RIGHTS.items():
        expected = NOT_ALLOWED if right == "coach" else None
        assert refused(here.screen(), route) == expected, route


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, '"; DROP TABLE tablets; --', "é"])
def test_a_token_that_is_none_is_nobodys(lan: Gym, token: str) -> None:
    screen = lan.screen()
    screen.headers["Cookie"] = f"softshoe_token={token}"
    assert refused(screen, "GET /api/v1/sessions") == NOT_PAIRED


def test_no_address_and_no_proxys_header_is_trusted(lan: Gym) -> None:
    screen = lan.screen()
    for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host"):
        screen.headers[name] = "127.0.0.1"
    screen.headers["Host"] = "localhost"
    screen.headers["Origin"] = "http://localhost"
    assert refused(screen, "GET /api/v1/sessions") == NOT_PAIRED


def test_a_tablet_keeps_the_live_page_when_the_database_is_gone() -> None:
    with gym() as opened:
        tablet = opened.tablet("runner")
        assert "data-history" in str(tablet.get("/")[1])
        opened.path.rename(opened.path.with_name("gone"))
        assert tablet.get("/")[0] == tablet.get("live")[0] == 200
        assert "data-history" not in str(tablet.get("/")[1])
        assert tablet.get("sessions")[0] == tablet.get("me")[0] == 503


def test_a_route_that_says_nothing_is_for_nobody(lan: Gym) -> None:
    app = idle_app()
    app.add_url_rule("/api/v1/forgotten", "forgotten", lambda: "secret")
    answer = app.test_client().get("/api/v1/forgotten", headers={"Host": "localhost"})
    assert (answer.status_code, b"secret" in answer.data) == (403, False)


def test_every_view_says_whom_it_is_for() -> None:
    app = idle_app()
    assert [name for name, view in app.view_functions.items() if rule_of(view) is None] == []


# --- whose runs -----------------------------------------------------------------------------------

READS = ("", "/note", "/steps", "/export/json")


@pytest.fixture(scope="module", params=["0.0.0.0", "127.0.0.1"])
def people(request: pytest.FixtureRequest) -> Iterator[tuple[Gym, dict[str, Screen]]]:
    """Anna lets coaches see her runs, Berta does not; a guest; and each kind of screen."""
    with gym(request.param) as opened:
        screens = {name: opened.tablet("runner") for name in ("Anna", "Berta", "nobody")}
        for name in ("Anna", "Berta"):
            screens[name].join(name)
            opened.keep(name.lower(), runner=opened.key(name))
        assert screens["Anna"].ask("PATCH", "runners/me", {"coach": True})[0] == 200
        opened.keep("guest", started_monotonic_s=-10_000.0)  # too old to be claimed
        screens["coach"], screens["admin"] = opened.tablet("coach"), opened.tablet("admin")
        screens["view"], screens["stranger"] = opened.tablet("view"), opened.screen()
        yield opened, screens


SEES = {
    "Anna": {"anna"},
    "Berta": {"berta"},
    "nobody": {"guest"},
    "admin": {"guest"},
    "coach": {"guest", "anna"},
    "view": set(),
    "stranger": set(),
}


@pytest.mark.parametrize("who", SEES)
def test_everybody_sees_their_own(people: tuple[Gym, dict[str, Screen]], who: str) -> None:
    opened, screens = people
    sees = SEES[who]
    if not sees and opened.stage.server.url.startswith("http://127"):
        sees = {"guest"}  # whoever asks there is at the machine
    status, page = screens[who].get("sessions")
    listed = {each["session"] for each in page["sessions"]} if status == 200 else set()
    assert listed == sees
    for run in ("anna", "berta", "guest"):
        for what in READS:
            assert (screens[who].get(f"sessions/{run}{what}")[0] == 200) is (run in sees), what


@pytest.mark.parametrize("who", SEES)
def test_nobody_changes_what_is_not_theirs(people: tuple[Gym, dict[str, Screen]], who: str) -> None:
    opened, screens = people
    here = opened.stage.server.url.startswith("http://127")
    mine = {"Anna": "anna", "Berta": "berta", "nobody": "guest", "admin": "guest", "coach": "guest"}
    may = mine.get(who, "guest" if here else None)
    for run in ("anna", "berta", "guest"):
        status, _ = screens[who].ask("PATCH", f"sessions/{run}", {"title": f"by {who}"})
        assert (status == 200) is (run == may), (run, status)
        if run != may:
            assert screens[who].ask("DELETE", f"sessions/{run}")[0] in (401, 403, 404)
            assert screens[who].post(f"sessions/{run}/claim")[0] in (401, 403, 404, 409)
    assert {each.session for each in opened.runs.sessions()} == {"anna", "berta", "guest"}


def test_a_coach_finds_runners_by_name_and_only_those_who_agreed(
    people: tuple[Gym, dict[str, Screen]],
) -> None:
    opened, screens = people
    coach = screens["coach"]
    assert coach.get("coach/runners")[1] == {"names": ["Anna"]}
    found = coach.get("sessions?runner=Anna")[1]["sessions"]
    assert [each["session"] for each in found] == ["anna"]
    assert opened.key("Anna") not in str(found)
    assert coach.get("sessions?runner=Berta")[1]["sessions"] == []
    assert screens["Berta"].get("sessions?runner=Anna")[1]["sessions"] == []


def test_what_needs_a_login_says_so(people: tuple[Gym, dict[str, Screen]]) -> None:
    _, screens = people
    for method, path in (
        ("GET", "runners/me"),
        ("GET", "runners/me/export"),
        ("PATCH", "runners/me"),
        ("DELETE", "runners/me"),
        ("POST", "sessions/guest/claim"),
    ):
        status, answer = screens["nobody"].ask(method, path, None if method == "GET" else {})
        assert (status, answer["detail"]) == (403, LOG_IN)
