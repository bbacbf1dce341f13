"""A run fetched from the page, and carried to a phone by a link that is worth one file."""

import csv
import http.client
import io
import json
import re
import shutil
import socket
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec import Struct
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect
from tests.daemon.examples import HandClock
from tests.daemon.export.runs import session_of, steps_of
from werkzeug.test import TestResponse

from softshoe.errors import StoreError
from softshoe.events import Step
from softshoe.export import files
from softshoe.hub import Hub
from softshoe.settings import WallSettings, WebSettings
from softshoe.store.people import People
from softshoe.wishes import Wishes
from softshoe_web.app import create_app
from softshoe_web.door import Door
from softshoe_web.downloads import AT_ONCE, AT_ONCE_PER_ADDRESS
from softshoe_web.links import LIFE_S, MOST, Links
from softshoe_web.live import Live
from softshoe_web.waitress_server import HttpServer
from softshoe_web.wall import Wall

from .conftest import QUIET
from .stage import Runs, calibrator, stored

HOST = "treadmill.test"
OPEN = WebSettings(host="0.0.0.0", port=0, allowed_hosts=(HOST,))
JSON = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
STEPS = steps_of(60)
SESSION = session_of(STEPS, laps_s=())
ANOTHERS = replace(SESSION, session="s2", runner="k7f3a9")


class Stand(Struct, frozen=True):
    """The application, and the people that it knows."""

    app: Flask
    people: People

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()


@contextmanager
def application(
    settings: WebSettings = OPEN,
    clock: HandClock | None = None,
    runs: Runs | None = None,
    *,
    at_the_machine: bool = True,
) -> Iterator[Stand]:
    """Everything that is served, for a guest's run and one of somebody who is not logged in."""
    runs = runs or Runs({"s1": (SESSION, STEPS), "s2": (ANOTHERS, STEPS)})
    clock, hub = clock or HandClock(), Hub()
    with stored(hub, clock) as people:
        door = Door(people, runs, Wishes(), clock, at_the_machine=at_the_machine)
        idle = calibrator(hub, clock, lambda _: None)
        wall = Wall(None, WallSettings(), clock)
        app = create_app(settings, Live(clock.monotonic_s), runs, idle, door, wall)
        yield Stand(app, people)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def client(clock: HandClock) -> Iterator[FlaskClient]:
    with application(clock=clock) as stand:
        yield stand.client


def get(client: FlaskClient, path: str, host: str = HOST) -> TestResponse:
    return client.get(path, headers={"Host": host}, buffered=True)


def made(client: FlaskClient, session: str = "s1", host: str = f"{HOST}:8080") -> TestResponse:
    path = f"/api/v1/sessions/{session}/link"
    headers = {**JSON, "Host": host, "Origin": f"http://{host}"}
    return client.post(path, headers=headers, data=b"{}")


def path_of(client: FlaskClient) -> str:
    url: str = made(client).get_json()["url"]
    return url.removeprefix(f"http://{HOST}:8080")


def take(client: FlaskClient, path: str, format: str = "json", **headers: str) -> TestResponse:
    """What the button of the link's page does."""
    named = {**FORM, "Host": HOST, "Origin": f"http://{HOST}", **headers}
    return client.post(path, headers=named, data=f"format={format}", buffered=True)


# --- from the page ------------------------------------------------------------------------------


def test_every_format_is_a_file_with_a_name(client: FlaskClient) -> None:
    for format, name, media_type in (
        ("fit", "softshoe-s1.fit", "application/vnd.ant.fit"),
        ("csv", "softshoe-s1.csv.zip", "application/zip"),
        ("json", "softshoe-s1.json", "application/json"),
    ):
        answer = get(client, f"/api/v1/sessions/s1/export/{format}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == media_type
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert len(answer.data) > 1_000


def test_the_table_comes_with_what_it_rests_on(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/sessions/s1/export/csv")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["s1.steps.csv", "s1.summary.json"]
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open("s1.steps.csv"))))
        summary = json.loads(archive.read("s1.summary.json"))
    assert [row["step"] for row in rows] == [str(step.step) for step in STEPS]
    assert summary["session"]["conventions"]["threshold_n"] == 50.0


def test_the_report_is_shown_under_a_policy_of_its_own_style_only(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/sessions/s1/export/report")
    assert "Content-Disposition" not in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    assert re.search(r"style-src 'sha256-[\w+/]+=*';", policy)
    assert "default-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "unsafe" not in policy


def test_no_file_carries_the_runners_key() -> None:
    runs = Runs({})
    with application(runs=runs) as stand:
        client = stand.client
        host = {"Host": HOST, "Origin": f"http://{HOST}"}
        credentials = {"name": "Ann", "pin": "271828"}
        joined = client.post("/api/v1/runners", headers={**JSON, **host}, json=credentials)
        assert joined.status_code == 200
        (ann,) = stand.people.runners.all()
        key = ann.runner
        runs.kept["s1"] = (replace(SESSION, runner=key), STEPS)
        for format in files.FORMATS:
            answer = get(client, f"/api/v1/sessions/s1/export/{format}")
            assert answer.status_code == 200
            assert key.encode() not in unzipped(answer.data)


def unzipped(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(map(archive.read, archive.namelist()))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("s1/export/gpx", 404),
        ("s2/export/fit", 404),
        ("s9/export/fit", 404),
        ("..%2fs1/export/fit", 404),
    ],
)
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str, status: int) -> None:
    answer = get(client, f"/api/v1/sessions/{path}")
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_head_says_what_would_come_and_makes_nothing(client: FlaskClient) -> None:
    answer = client.head("/api/v1/sessions/s1/export/fit", headers={"Host": HOST})
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Disposition"].endswith('s1.fit"')


def test_without_fit_tool_it_says_what_to_install(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_fit_tool(monkeypatch)
    answer = get(client, "/api/v1/sessions/s1/export/fit")
    assert answer.status_code == 501
    assert "pip install" in answer.get_json(force=True)["detail"]
    page = get(client, path_of(client)).get_data(as_text=True)
    assert 'value="fit"' not in page
    assert 'value="csv"' in page


def without_fit_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "softshoe.export.fit", raising=False)
    monkeypatch.setitem(sys.modules, "softshoe.export.fit_messages", None)


class Broken(Runs):
    """A store that can say which runs there are, but not read their steps."""

    def steps(self, session: str, after: int = 0, limit: int = 10_000) -> list[Step]:
        raise StoreError("disk I/O error")


def test_a_store_that_fails_is_an_error_and_leaves_the_link_alone() -> None:
    with application(runs=Broken({"s1": (SESSION, STEPS)})) as stand:
        client = stand.client
        for format in files.FORMATS:
            assert get(client, f"/api/v1/sessions/s1/export/{format}").status_code == 503
        path = path_of(client)
        assert take(client, path).status_code == 503
        assert get(client, path).status_code == 200


def test_only_a_few_at_once_and_a_seat_is_free_again(client: FlaskClient) -> None:
    def begin() -> TestResponse:
        return client.get("/api/v1/sessions/s1/export/json", headers={"Host": HOST})

    taken = [begin() for _ in range(AT_ONCE_PER_ADDRESS)]
    refused = begin()
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    for answer in taken:
        answer.close()
    assert begin().status_code == 200


# --- the link -----------------------------------------------------------------------------------


def test_a_link_has_an_address_that_a_phone_can_reach_and_its_square(client: FlaskClient) -> None:
    link = made(client).get_json()
    assert re.fullmatch(rf"http://{HOST}:8080/take/[\w-]{{22}}", link["url"])
    assert link["expires_s"] == 600.0
    size = len(link["qr"])
    assert size >= 21
    assert all(re.fullmatch(f"[01]{{{size}}}", row) for row in link["qr"])
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    assert [row[:7] for row in link["qr"][:7]] == finder
    assert [row[-7:] for row in link["qr"][:7]] == finder


@pytest.mark.parametrize(
    ("host", "asked", "base"),
    [
        ("0.0.0.0", "localhost:8080", "http://treadmill.test:8080"),
        ("0.0.0.0", "127.0.0.1", "http://treadmill.test"),
        ("192.168.7.5", "192.168.7.5:8080", "http://192.168.7.5:8080"),
        ("192.168.7.5", "localhost:8080", "http://192.168.7.5:8080"),
        ("fd00::5", "[fd00::5]:8080", "http://[fd00::5]:8080"),
        ("fd00::5", "[::1]:8080", "http://[fd00::5]:8080"),
    ],
)
def test_the_links_host_is_never_this_machines_own_loopback(
    host: str, asked: str, base: str
) -> None:
    names = () if host != "0.0.0.0" else (HOST,)
    with application(WebSettings(host=host, port=0, allowed_hosts=names)) as stand:
        assert made(stand.client, host=asked).get_json()["url"].startswith(f"{base}/take/")


def test_without_any_name_it_is_the_machines_own_on_the_local_network() -> None:
    with application(WebSettings(host="0.0.0.0", port=0)) as stand:
        url = made(stand.client, host="localhost:8080").get_json()["url"]
    assert url.startswith(f"http://{socket.gethostname()}.local:8080/take/")


def test_a_page_for_this_machine_only_makes_no_links() -> None:
    with application(WebSettings(port=0)) as stand:
        answer = made(stand.client, host="localhost:8080")
    assert answer.status_code == 409
    assert "only" in answer.get_json(force=True)["detail"]


def test_no_link_to_a_run_that_one_may_not_see(client: FlaskClient) -> None:
    assert made(client, "s2").status_code == 404


def test_a_link_is_worth_one_file(client: FlaskClient) -> None:
    path = path_of(client)
    answer = take(client, path)
    assert answer.status_code == 200
    assert len(answer.get_json()["steps"]) == len(STEPS)
    again = take(client, path)
    assert again.status_code == 410
    assert "used up" in again.get_data(as_text=True)
    assert get(client, path).status_code == 410


def test_looking_at_its_page_does_not_use_it_up(client: FlaskClient) -> None:
    path = path_of(client)
    for _ in range(3):
        page = get(client, path)
        assert page.status_code == 200
        client.head(path, headers={"Host": HOST})
    assert re.findall(r'value="(\w+)"', page.get_data(as_text=True)) == [*files.FORMATS]
    assert "60 steps" in page.get_data(as_text=True)
    assert take(client, path).status_code == 200


def test_its_page_may_send_its_form_and_nothing_else(client: FlaskClient) -> None:
    page = get(client, path_of(client))
    policy = page.headers["Content-Security-Policy"]
    assert "form-action 'self'" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "no-store"
    assert "<script" not in page.get_data(as_text=True)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "null"}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_another_sites_form_does_not_use_it_up(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    path = path_of(client)
    spoilt = client.post(
        path,
        headers={**FORM, "Host": HOST, "Origin": f"http://{HOST}", **headers},
        data="format=fit",
    )
    assert spoilt.status_code == 403
    assert get(client, path).status_code == 200


@pytest.mark.parametrize("format", ["", "gpx", "fit%00", "<b>"])
def test_an_unknown_format_does_not_use_it_up(client: FlaskClient, format: str) -> None:
    path = path_of(client)
    answer = take(client, path, format)
    assert answer.status_code == 422
    assert b"<b>" not in answer.data
    assert get(client, path).status_code == 200


def test_after_ten_minutes_it_is_worth_nothing(client: FlaskClient, clock: HandClock) -> None:
    path = path_of(client)
    clock.wait(LIFE_S - 1)
    assert get(client, path).status_code == 200
    clock.wait(1)
    assert get(client, path).status_code == 410
    assert take(client, path).status_code == 410


def test_a_link_to_a_run_that_was_erased_meanwhile_is_worth_nothing() -> None:
    runs = Runs({"s1": (SESSION, STEPS)})
    with application(runs=runs) as stand:
        client = stand.client
        path = path_of(client)
        del runs.kept["s1"]
        assert get(client, path).status_code == 410
        assert take(client, path).status_code == 410


def test_a_phone_that_is_not_paired_gets_what_the_link_is_for_and_nothing_else(
    clock: HandClock,
) -> None:
    with application(clock=clock, at_the_machine=False) as stand:
        phone, tablet = stand.client, stand.client
        assert get(phone, "/api/v1/sessions/s1/export/fit").status_code == 401
        assert made(phone).status_code == 401
        paired = stand.people.tablets.redeem(stand.people.tablets.new_code("runner"), "tablet")
        assert paired is not None
        tablet.set_cookie("softshoe_token", paired[0], domain=HOST)
        path = path_of(tablet)
        assert get(phone, path).status_code == 200
        assert take(phone, path).status_code == 200


def test_the_readme_tells_the_limits() -> None:
    readme = (Path(__file__).parents[2] / "web" / "README.md").read_text()
    assert f"{AT_ONCE} files on their way, {AT_ONCE_PER_ADDRESS} to one address" in readme
    assert f"within {LIFE_S / 60:.0f} minutes" in readme
    assert f"of more than {MOST} the oldest goes" in readme


def test_guessing_finds_nothing(client: FlaskClient) -> None:
    path_of(client)
    for token in ("a", "a" * 22, "%2e%2e", "a" * 4000):
        assert get(client, f"/take/{token}").status_code == 410


def test_a_new_link_to_a_run_replaces_the_one_before_and_the_oldest_goes(clock: HandClock) -> None:
    links = Links(clock.monotonic_s)
    first, second = links.make("s1"), links.make("s1")
    assert (links.session(first), links.session(second)) == (None, "s1")
    others = [links.make(f"other-{number}") for number in range(MOST)]
    assert links.session(second) is None
    assert all(links.session(token) for token in others)


def test_only_one_of_many_who_spend_a_link_at_once_gets_it(clock: HandClock) -> None:
    links = Links(clock.monotonic_s)
    token, won = links.make("s1"), []
    start = threading.Barrier(8)

    def spend() -> None:
        start.wait()
        won.append(links.spend(token))

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won.count(True) == 1


# --- a long run ---------------------------------------------------------------------------------


class LongRun(Runs):
    """As many steps as one likes, made when they are asked for; remembers the largest page."""

    largest = 0

    def steps(self, session: str, after: int = 0, limit: int = 10_000) -> list[Step]:
        last = min(after + limit, self.kept[session][0].steps)
        LongRun.largest = max(LongRun.largest, last - after)
        step = STEPS[0]
        return [
            replace(step, step=number, t_s=0.36 * number) for number in range(after + 1, last + 1)
        ]


@pytest.mark.parametrize("format", ["csv", "json", "fit"])
def test_a_long_run_is_streamed_in_pages(format: str) -> None:
    long = replace(SESSION, steps=3_000, duration_s=1_080.0)
    with application(runs=LongRun({"s1": (long, [])})) as stand:
        path = f"/api/v1/sessions/s1/export/{format}"
        answer = stand.client.get(path, headers={"Host": HOST})
        pieces = [len(piece) for piece in answer.iter_encoded()]
    assert sum(pieces) > 15_000
    assert max(pieces) <= 70_000
    assert len(pieces) > 1
    assert 0 < LongRun.largest <= 2_000


# --- a phone ------------------------------------------------------------------------------------


@pytest.fixture
def served() -> Iterator[int]:
    """The application on a loopback port, as waitress serves it."""
    with application() as stand:
        listener = socket.create_server(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
        server = HttpServer(stand.app, listener, 4)
        yield port
        server.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone in whose network the treadmill has a name, on plain http as in a gym."""
    mapped = [*QUIET, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    chromium = shutil.which("chromium")
    started = browser.browser_type.launch(executable_path=chromium, args=mapped)
    context = started.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
    yield context.new_page()
    started.close()


def test_a_phone_opens_the_link_and_gets_the_file(
    served: int, phone: Page, artefacts: Path
) -> None:
    base = f"{HOST}:{served}"
    url = posted(served, base)
    phone.goto(url)
    expect(phone.get_by_role("heading")).to_have_text("Take your run home")
    phone.screenshot(path=artefacts / "take-home-phone.png")
    with phone.expect_download() as downloading:
        phone.get_by_role("button", name="FIT").click()
    assert downloading.value.suggested_filename == "softshoe-s1.fit"
    assert Path(downloading.value.path()).read_bytes()[8:12] == b".FIT"
    phone.goto(url)
    expect(phone.get_by_role("heading")).to_have_text("This link is used up")
    phone.screenshot(path=artefacts / "take-home-used-phone.png")


def test_a_phone_shows_the_report_with_its_style(served: int, phone: Page) -> None:
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text))
    phone.goto(posted(served, f"{HOST}:{served}"))
    phone.get_by_role("button", name="Page").click()
    expect(phone.get_by_text("What the numbers rest on")).to_be_visible()
    paper = phone.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(251, 250, 246)"
    assert not [each for each in complaints if "Security Policy" in each]


def posted(port: int, host: str) -> str:
    """A link, made as the treadmill's own screen makes it."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {**JSON, "Host": host, "Origin": f"http://{host}"}
    link.request("POST", "/api/v1/sessions/s1/link", b"{}", headers)
    found: str = json.loads(link.getresponse().read())["url"]
    link.close()
    return found
