"""Runners and tablets through the API: in and out, whose the run is, taking along, going."""

from collections.abc import Iterator

import pytest
from msgspec.json import encode
from tests.daemon.examples import a_session, a_step, practised
from tests.daemon.parts import wait_for

from softshoe.events import Belt, Command, LiveState, NewRunner, Session
from softshoe.people import RunsAs
from softshoe_web.logins import IDLE_S, STILL_S
from softshoe_web.people_api import NOBODY_ASKED, TAKEN, WRONG
from softshoe_web.tablets_api import NO_PIN, WRONG_CODE, WRONG_PIN

from .gym import PIN, Gym, Screen, gym


@pytest.fixture
def lan() -> Iterator[Gym]:
    with gym() as opened:
        yield opened


@pytest.fixture
def tablet(lan: Gym) -> Screen:
    return lan.tablet("runner")


def who(screen: Screen) -> str | None:
    runner = screen.get("me")[1]["runner"]
    return runner["name"] if runner else None


def named(lan: Gym, name: str | None, alias: str | None = None) -> RunsAs:
    return RunsAs(0.0, lan.key(name), alias) if name else RunsAs(0.0)


# --- tablets --------------------------------------------------------------------------------------


def test_the_cookie_is_kept_from_scripts_and_other_sites(lan: Gym) -> None:
    tablet = lan.tablet("view")
    rest = {part.strip() for part in tablet.cookie.split(";")[1:]}
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= rest
    assert "Secure" not in rest
    status, me = tablet.get("me")
    assert (status, me["tablet"], me["scopes"]) == (200, "a view's", ["view"])


def test_a_wrong_code_pairs_nothing(lan: Gym) -> None:
    code = lan.people.tablets.new_code("admin")
    screen = lan.screen()
    status, answer = screen.post("pair", {"code": f"{(int(code) + 7) % 10**6:06}", "name": "x"})
    assert (status, answer["detail"]) == (403, WRONG_CODE)
    assert "Cookie" not in screen.headers


def test_an_admins_screen_shows_codes_lists_and_revokes(lan: Gym) -> None:
    admin = lan.tablet("admin")
    assert admin.post("codes", {"pin": PIN})[1]["detail"] == NO_PIN
    lan.people.tablets.set_pin(PIN)
    assert admin.post("codes", {"pin": "0000"})[1]["detail"] == WRONG_PIN
    status, new = admin.post("codes", {"pin": PIN, "scope": "coach"})
    assert (status, new["scope"], new["valid_s"]) == (200, "coach", 600.0)
    other = lan.screen()
    assert other.post("pair", {"code": new["code"]})[0] == 200
    tablets = admin.get("tablets")[1]["tablets"]
    assert [each["scope"] for each in tablets] == ["admin", "coach"]
    assert set(tablets[1]) == {"tablet", "name", "scope", "paired_at"}
    assert admin.ask("DELETE", f"tablets/{tablets[1]['tablet']}") == (204, None)
    assert other.get("sessions")[0] == 401
    assert admin.ask("DELETE", f"tablets/{tablets[1]['tablet']}")[0] == 404


# --- in and out -----------------------------------------------------------------------------------


def test_a_new_runner_is_logged_in_and_runs(lan: Gym, tablet: Screen) -> None:
    tablet.join("Anna")
    assert who(tablet) == "Anna"
    assert lan.wished() == [named(lan, "Anna")]
    assert tablet.get("runners")[1] == {"names": ["Anna"]}
    assert who(lan.tablet("runner")) is None
    status, answer = lan.tablet("runner").post("runners", {"name": "anna ", "pin": "9999"})
    assert status == 422  # a name does not end in a space
    status, answer = lan.tablet("runner").post("runners", {"name": "ANNA", "pin": "9999"})
    assert (status, answer["detail"]) == (409, TAKEN)


def test_a_login_needs_the_pin(lan: Gym, tablet: Screen) -> None:
    tablet.join("Anna")
    assert tablet.post("logout")[1]["runner"] is None
    for name, pin in (("Anna", "1111"), ("Berta", PIN)):
        status, answer = tablet.post("login", {"name": name, "pin": pin})
        assert (status, answer["detail"]) == (403, WRONG)
    lan.wished()
    tablet.log_in("Anna")
    assert lan.wished() == [named(lan, "Anna")]


def test_no_answer_tells_a_key_or_a_pin(lan: Gym, tablet: Screen) -> None:
    tablet.join("Anna")
    lan.keep("s1", runner=lan.key("Anna"))
    for path in ("me", "runners", "runners/me", "sessions", "sessions/s1", "live"):
        said = str(tablet.get(path))
        assert lan.key("Anna") not in said
        assert PIN not in said


def test_a_runner_chooses(lan: Gym, tablet: Screen) -> None:
    tablet.join("Anna")
    lan.wished()
    profile = {"name": "Anna", "alias": None, "units": "metric", "coach": False}
    assert tablet.get("runners/me") == (200, profile)
    status, now = tablet.ask("PATCH", "runners/me", {"alias": "A.", "units": "imperial"})
    assert (status, now) == (200, {**profile, "alias": "A.", "units": "imperial"})
    assert lan.wished() == [named(lan, "Anna", "A.")]
    assert tablet.ask("PATCH", "runners/me", {"coach": True})[1] == {**now, "coach": True}
    assert tablet.ask("PATCH", "runners/me", {"alias": None})[1]["alias"] is None
    tablet.post("logout")
    tablet.log_in("Anna")
    assert tablet.get("runners/me")[1]["units"] == "imperial"


def test_the_last_login_runs_next_and_the_one_before_when_that_ends(lan: Gym) -> None:
    first, second = lan.tablet("runner"), lan.tablet("runner")
    first.join("Anna")
    lan.clock.wait(1.0)
    second.join("Berta")
    second.post("logout")
    first.post("logout")
    order = ["Anna", "Berta", "Anna", None]
    assert lan.wished() == [named(lan, name) for name in order]


def test_a_login_ends_with_its_runners_session_only(lan: Gym, tablet: Screen) -> None:
    other = lan.tablet("runner")
    other.join("Berta")
    tablet.join("Anna")
    mine = a_session("s1", runner=lan.key("Anna"))
    lan.tell(mine, until=lambda: lan.stage.ask("/api/v1/live")[2].count(b'"s1"'), what="s1")
    assert who(tablet) == "Anna"
    lan.wished()
    closed = a_session("s1", runner=lan.key("Anna"), state="closed")
    lan.tell(closed, until=lambda: who(tablet) is None, what="logged out")
    assert who(other) == "Berta"
    assert lan.wished() == [named(lan, "Berta")]
    assert tablet.post("still-me")[1]["detail"] == NOBODY_ASKED


def somebody_else_runs(lan: Gym, tablet: Screen, name: str) -> None:
    closed = a_session("s1", runner=lan.key(name), state="closed")
    lan.tell(NewRunner(9.0, 500.0), closed, until=lambda: who(tablet) is None, what="logged out")


def test_still_you_is_asked_and_answered_for_a_minute(lan: Gym, tablet: Screen) -> None:
    tablet.join("Anna")
    somebody_else_runs(lan, tablet, "Anna")
    assert tablet.get("me")[1]["still"] == "Anna"
    assert lan.tablet("runner").post("still-me")[1]["detail"] == NOBODY_ASKED
    lan.wished()
    status, me = tablet.post("still-me")
    assert (status, me["runner"]["name"], me["still"]) == (200, "Anna", None)
    assert lan.wished() == [named(lan, "Anna")]
    somebody_else_runs(lan, tablet, "Anna")
    lan.clock.wait(STILL_S + 1)
    assert tablet.get("me")[1]["still"] is None
    assert tablet.post("still-me")[0] == 409


def test_a_forgotten_login_ends_and_a_runners_does_not(lan: Gym, tablet: Screen) -> None:
    running, idle = tablet, lan.tablet("runner")
    running.join("Anna")
    idle.join("Berta")
    mine = a_session("s1", runner=lan.key("Anna"))
    lan.tell(mine, until=lambda: lan.stage.ask("/api/v1/live")[2].count(b'"s1"'), what="s1")
    lan.wished()
    lan.clock.wait(IDLE_S + 1)
    wait_for(lambda: lan.stage.wishes._waiting, "somebody is logged out")
    assert (who(running), who(idle)) == ("Anna", None)
    assert lan.wished() == [named(lan, "Anna")]


def test_a_revoked_tablet_is_logged_out(lan: Gym, tablet: Screen) -> None:
    tablet.join("Anna")
    admin = lan.tablet("admin")
    ours = admin.get("tablets")[1]["tablets"][0]["tablet"]
    lan.wished()
    admin.ask("DELETE", f"tablets/{ours}")
    assert lan.wished() == [named(lan, None)]


# --- a run ----------------------------------------------------------------------------------------


def test_a_guests_run_is_claimed_within_a_quarter_of_an_hour(lan: Gym, tablet: Screen) -> None:
    lan.keep("s1")
    lan.keep("s2", started_monotonic_s=0.0)
    lan.clock.wait(900.0)
    tablet.join("Anna")
    assert tablet.post("sessions/s2/claim")[0] == 409
    assert tablet.post("sessions/s1/claim") == (204, None)
    assert tablet.post("sessions/s1/claim") == (204, None)
    assert [each["session"] for each in tablet.get("sessions")[1]["sessions"]] == ["s1"]
    found = lan.runs.session("s1")
    assert found
    assert found.runner == lan.key("Anna")
    assert tablet.post("sessions/nope/claim")[0] == 404


def test_a_run_gets_a_title_and_a_note(lan: Gym, tablet: Screen) -> None:
    lan.keep("s1")
    assert tablet.get("sessions/s1/note") == (200, {"title": None, "note": None})
    now = tablet.ask("PATCH", "sessions/s1", {"title": "<b>hills</b>", "note": "one\ntwo"})
    assert now == (200, {"title": "<b>hills</b>", "note": "one\ntwo"})
    assert tablet.ask("PATCH", "sessions/s1", {"note": None})[1]["title"] == "<b>hills</b>"
    page = tablet.get("sessions")[1]
    assert page["notes"] == {"s1": {"title": "<b>hills</b>", "note": None}}


def test_a_run_that_has_ended_is_erased(lan: Gym, tablet: Screen) -> None:
    lan.keep("s1")
    lan.keep("s2")
    assert tablet.ask("DELETE", "sessions/s1") == (204, None)
    assert tablet.get("sessions/s1")[0] == 404
    assert [each.session for each in lan.runs.sessions()] == ["s2"]
    assert lan.wished() == []


def test_a_run_that_goes_on_is_ended_and_erased_and_not_shown(lan: Gym, tablet: Screen) -> None:
    screen = lan.screen()
    told = [a_session("s1"), a_step(1), LiveState(session="s1", steps=1)]
    lan.tell(*told, until=lambda: screen.get("live")[1]["state"], what="the run")
    assert tablet.ask("DELETE", "sessions/s1") == (204, None)
    assert lan.wished() == [Command(0.0, "stop"), Command(0.0, "start")]
    wait_for(lambda: screen.get("live")[1]["session"] is None, "it is not shown")
    lan.tell(
        a_session("s1", state="closed"),
        a_session("s2"),
        until=lambda: screen.get("live")[1]["session"],
        what="the next run",
    )
    assert screen.get("live")[1]["session"]["session"] == "s2"
    assert [each.session for each in lan.runs.sessions()] == ["s2"]


@pytest.mark.parametrize("do", ["start", "stop", "lap"])
def test_what_the_button_does_is_done_from_a_screen_too(lan: Gym, tablet: Screen, do: str) -> None:
    assert tablet.post("run", {"do": do}) == (204, None)
    assert lan.wished() == [Command(0.0, do)]  # type: ignore[arg-type]


def test_a_belt_is_stated_where_it_is_not_measured(lan: Gym, tablet: Screen) -> None:
    assert tablet.ask("PUT", "belt", {"belt_m_s": 2.8, "slope_deg": 1.5})[0] == 204
    assert tablet.ask("PUT", "belt", {"belt_m_s": None})[0] == 204
    assert lan.wished() == [Belt(0.0, 2.8, 1.5), Belt(0.0, None)]
    lan.stage.wishes.belt_is_measured = True
    assert tablet.ask("PUT", "belt", {"belt_m_s": 2.8})[0] == 409
    assert lan.wished() == []


def test_a_pipeline_that_takes_nothing_is_said(lan: Gym, tablet: Screen) -> None:
    answers = {tablet.post("run", {"do": "lap"})[0] for _ in range(70)}
    assert answers == {204, 503}


# --- taking along, and going ----------------------------------------------------------------------


def test_everything_is_taken_along_and_nothing_of_others(lan: Gym, tablet: Screen) -> None:
    tablet.join("Anna")
    key = lan.key("Anna")
    lan.keep("s1", 5, runner=key)
    lan.keep("s2", 4, runner=key)
    lan.keep("other", 3, runner="r9")
    tablet.ask("PATCH", "sessions/s1", {"title": "hills"})
    lan.writer._journal.commit([practised("s1", runner=key)], lan.writer.log.acknowledged)
    status, everything = tablet.get("runners/me/export")
    assert status == 200
    assert everything["runner"]["name"] == "Anna"
    assert [each["session"] for each in everything["practised"]] == ["s1"]
    told = {run["session"]["session"]: run for run in everything["runs"]}
    assert set(told) == {"s1", "s2"}
    assert told["s1"]["note"] == {"title": "hills", "note": None}
    assert [step["step"] for step in told["s1"]["steps"]] == [1, 2, 3, 4, 5]
    assert PIN not in str(everything)


def test_an_export_of_many_runs_and_steps_misses_none(lan: Gym, tablet: Screen) -> None:
    tablet.join("Anna")
    for number in range(53):
        lan.keep(f"s{number}", 1, runner=lan.key("Anna"))
    lan.keep("long", 2_003, runner=lan.key("Anna"))
    runs = tablet.get("runners/me/export")[1]["runs"]
    assert len({run["session"]["session"] for run in runs}) == 54
    assert [step["step"] for step in runs[0]["steps"]] == list(range(1, 2_004))


def test_who_is_erased_is_gone_from_every_file_and_screen(lan: Gym, tablet: Screen) -> None:
    canary = lan.tablet("runner")
    tablet.join("Berta")
    canary.join("Canary")
    key = lan.key("Canary")
    canary.ask("PATCH", "runners/me", {"alias": "canary-alias", "coach": True})
    lan.keep("canary-1", 200, runner=key, alias="canary-alias")
    lan.keep("berta-1", 20, runner=lan.key("Berta"))
    canary.ask("PATCH", "sessions/canary-1", {"note": "canary " * 100})
    going_on: Session = a_session("canary-2", runner=key, alias="canary-alias")
    lan.tell(going_on, until=lambda: canary.get("live")[1]["session"], what="the run")
    lan.wished()

    assert canary.ask("DELETE", "runners/me") == (204, None)
    files = [each for each in lan.path.parent.iterdir() if b"anary" in each.read_bytes()]
    assert files == []
    assert [each for each in lan.path.parent.iterdir() if key.encode() in each.read_bytes()] == []
    assert lan.wished()[:2] == [Command(0.0, "stop"), Command(0.0, "start")]
    wait_for(lambda: canary.get("live")[1]["session"] is None, "it is not shown")
    assert who(canary) is None
    assert canary.post("login", {"name": "Canary", "pin": PIN})[0] == 403
    assert tablet.get("sessions/berta-1")[0] == 200


def test_a_canary_is_never_told_to_anyone(lan: Gym, tablet: Screen) -> None:
    """Every answer that needs no token, the stream and everything that is published."""
    tablet.join("Canary")
    tablet.ask("PATCH", "runners/me", {"alias": "canary-alias"})
    key = lan.key("Canary")
    session = a_session("s1", runner=key, alias="canary-alias")
    heard = lan.hub.subscribe("feed", (object,), 100)
    lan.tell(
        session,
        LiveState(session="s1"),
        until=lambda: lan.screen().get("live")[1]["state"],
        what="the run",
    )
    tablet.ask("PATCH", "sessions/s1", {"title": "canary title"})
    told = lan.stage.ask("/")[2] + lan.stage.server._live.start()[0]
    told += b"".join(lan.stage.server._live.after(0, 0.0).frames)
    for path in ("live", "health", "about", "me", "openapi.json", "sessions", "runners", "tablets"):
        told += encode(lan.screen().get(path))
    assert b"anary" not in told
    assert key.encode() not in told
    published = [encode(each.event) for each in heard.take(0.0)]
    assert published
    assert b"Canary" not in b"".join(published)
    assert b"title" not in b"".join(published)
