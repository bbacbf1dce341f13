"""The coach's wall in a real browser, with a real broker: straight from it, and relayed."""

import csv
import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.daemon.feed.brokers import Daemon

from softshoe.feed.contract import HEALTH, STATUS
from softshoe.requests import Answer
from softshoe.settings import FeedSettings, WallSettings

from .runner import running
from .screens import SIZES, sized
from .stage import HEALTH as WELL
from .stage import Stage, staged
from .treadmills import (
    LOST,
    Treadmills,
    WebSocketBroker,
    come_all,
    run_all,
    treadmills,
    websocket_broker,
)

AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
LATER = "performance.now = ((now) => () => now.call(performance) + LATER_MS)(performance.now)"
FORMULA = "=<b>&'<script>alert(1)</script>"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[WebSocketBroker]:
    with websocket_broker(tmp_path) as broker:
        yield broker


@pytest.fixture
def here(broker: WebSocketBroker) -> Iterator[Treadmills]:
    with treadmills(broker) as speaking:
        yield speaking


@pytest.fixture(params=["direct", "relayed"])
def stage(request: pytest.FixtureRequest, broker: WebSocketBroker) -> Iterator[Stage]:
    """A page that hears by the one way only, so that it cannot be helped by the other."""
    direct = request.param == "direct"
    feed = None if direct else FeedSettings(port=broker.port)
    with staged(feed=feed, wall=WallSettings(websocket=broker.url if direct else "")) as stage:
        yield stage


def opened(page: Page, stage: Stage) -> None:
    """A screen of a coach, who types the code."""
    page.goto(f"{stage.server.url}coach")
    page.get_by_label("Six digits").fill(stage.people.tablets.new_code("coach"))
    page.get_by_role("button", name="Pair", exact=True).click()
    expect(page.locator(".board")).to_have_count(1)


def test_every_treadmill_is_a_tile_and_a_cue_is_seen_to_arrive(
    stage: Stage, page: Page, here: Treadmills
) -> None:
    come_all(here)
    opened(page, stage)
    expect(page.locator(".t")).to_have_count(12)
    run_all(here)
    expect(page.locator(".t.running")).to_have_count(8)
    expect(page.get_by_text("12 treadmills, 8 running")).to_be_visible()
    expect(page.locator(".t.late")).to_have_text("9Yukinot live")
    page.get_by_label("Search").fill("tomas")
    expect(page.locator(".t")).to_have_count(1)
    page.locator(".t").click()
    page.get_by_label("Cue", exact=True).fill("Light feet")
    page.get_by_role("button", name="Send cue").click()
    expect(page.get_by_text(re.compile("“Light feet” Seen after [01] s"))).to_be_visible()
    (device, cue), *_ = here.cues
    assert (device, cue["text"]) == ("treadmill-7", "Light feet")
    here.answers["treadmill-7"] = Answer(id="", result="refused", why="one a second")
    page.get_by_role("button", name="Send cue").click()
    expect(page.get_by_text("Refused: one a second.")).to_be_visible()


def test_markup_is_text_wherever_it_comes_from(stage: Stage, page: Page, here: Treadmills) -> None:
    here.come("treadmill-7", FORMULA)
    here.answers["treadmill-7"] = Answer(id="", result="refused", why="<i>no</i>")
    opened(page, stage)
    here.run("treadmill-7", -8, -5)
    expect(page.locator(".t .who")).to_have_text(FORMULA)
    page.locator(".t").click()
    page.get_by_label("Cue", exact=True).fill("<u>x</u>")
    page.get_by_role("button", name="Send cue").click()
    expect(page.get_by_text("Last: “<u>x</u>” Refused: <i>no</i>.")).to_be_visible()
    assert page.locator("#app script, #app u, #app i").count() == 0


def test_sensors_raise_an_alarm_and_the_table_has_it_all(
    stage: Stage, page: Page, here: Treadmills
) -> None:
    here.come("treadmill-7", FORMULA)
    here.come("treadmill-8")
    here.say("treadmill-8", HEALTH, LOST)
    opened(page, stage)
    here.run("treadmill-7", -8, 9)
    expect(page.locator(".t.call")).to_have_text(re.compile("^8.*left insole lost"))
    page.locator("[data-device='treadmill-7']").click()
    page.get_by_label("Note on this run").fill('lands late, "tired"')
    page.expected_complaints = "404"  # type: ignore[attr-defined]  # this daemon has not this run
    page.get_by_role("button", name="Keep note").click()
    expect(page.get_by_text("Kept in this browser, and in the CSV.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    seven, eight = csv.DictReader(io.StringIO(text, newline=""))
    assert (seven["device"], seven["who"], seven["note"]) == (
        "treadmill-7",
        f"'{FORMULA}",
        'lands late, "tired"',
    )
    assert eight["needs"] == "left insole lost"
    here.say("treadmill-8", STATUS, b"offline")
    expect(page.locator(".t.off")).to_have_text("8off")


def test_a_broker_that_asks_who_it_is_gets_an_answer(tmp_path: Path, page: Page) -> None:
    passwords = tmp_path / "passwords"
    subprocess.run(
        ["mosquitto_passwd", "-b", "-c", str(passwords), "anna", "secret"],
        check=True,
        capture_output=True,
    )
    with websocket_broker(tmp_path, f"password_file {passwords}\n") as broker:
        here = Treadmills(broker.port, "anna", "secret")
        here.come("treadmill-7", "Tomas")
        with staged(wall=WallSettings(websocket=broker.url)) as stage:
            opened_at_login(page, stage)
            page.get_by_label("Name").fill("anna")
            page.get_by_label("Password").fill("wrong")
            page.get_by_role("button", name="Log in").click()
            expect(page.get_by_text("does not know this name")).to_be_visible()
            page.get_by_label("Name").fill("anna")
            page.get_by_label("Password").fill("secret")
            page.get_by_role("button", name="Log in").click()
            expect(page.locator(".t")).to_have_count(1)
        here.close()


def opened_at_login(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.server.url}coach")
    page.get_by_label("Six digits").fill(stage.people.tablets.new_code("coach"))
    page.get_by_role("button", name="Pair", exact=True).click()
    expect(page.get_by_text("The broker asks who you are")).to_be_visible()


def test_a_broker_that_the_browser_cannot_reach_is_relayed(
    broker: WebSocketBroker, here: Treadmills, page: Page
) -> None:
    page.expected_complaints = "WebSocket|ERR_CONNECTION_REFUSED"  # type: ignore[attr-defined]
    here.come("treadmill-7", "Tomas")
    nowhere = WallSettings(websocket="ws://127.0.0.1:9")
    with staged(feed=FeedSettings(port=broker.port), wall=nowhere) as stage:
        opened(page, stage)
        expect(page.locator(".t")).to_have_count(1)


@pytest.mark.parametrize("size", SIZES)
def test_the_wall_is_drawn_for_every_screen(
    broker: WebSocketBroker, here: Treadmills, page: Page, artefacts: Path, size: str
) -> None:
    come_all(here)
    with staged(wall=WallSettings(websocket=broker.url)) as stage:
        width, _ = sized(page, size)
        opened(page, stage)
        expect(page.locator(".t")).to_have_count(12)
        run_all(here)
        expect(page.locator(".t.running")).to_have_count(8)
        page.evaluate(LATER.replace("LATER_MS", "20000"))  # twenty seconds pass at once
        run_all(here)
        expect(page.locator(".t.call")).to_have_text(re.compile("^7Tomasright loud"))
        page.screenshot(path=artefacts / f"wall-{size}.png")
        page.locator(".t.call").click()
        landed = page.locator(".disc.now")
        for _ in range(20):  # until the page has asked the broker for landings
            here.steps("treadmill-7")
            page.wait_for_timeout(200)
            if landed.count():
                break
        expect(landed).to_have_count(1)
        page.get_by_role("button", name="Send cue").click()
        expect(page.get_by_text("Seen after")).to_be_visible()
        run_all(here)
        page.screenshot(path=artefacts / f"wall-panel-{size}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options=AXE_RULES).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


def test_the_words_of_the_wall_stand_on_the_runners_own_page(
    broker: WebSocketBroker, browser: Browser, page: Page, tmp_path: Path
) -> None:
    """The whole way: wall, broker, a treadmill's own feed and page, and back."""
    feed = FeedSettings(port=broker.port)
    with staged(feed=feed) as stage:
        treadmill = Daemon(tmp_path / "feed.db", feed, stage.clock, stage.hub)
        treadmill.wait_connected()
        stage.ticking = True
        stage.publish(WELL, running())
        runner = browser.new_context().new_page()  # a window of its own: neither is in the back
        runner.goto(stage.server.url)
        opened(page, stage)
        page.locator("[data-device='treadmill']").click()
        page.get_by_label("Cue", exact=True).fill("<b>Light feet</b>")
        page.get_by_role("button", name="Send cue").click()
        expect(runner.locator(".coach")).to_have_text("<b>Light feet</b>")
        expect(page.get_by_text("“<b>Light feet</b>” Seen after")).to_be_visible()
        runner.context.close()
        treadmill.close()
