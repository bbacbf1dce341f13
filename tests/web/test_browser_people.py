"""Who runs, in a real browser: names and PINs before the run, what is a runner's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from tests.daemon.parts import wait_for

from softshoe.events import Command, LiveState, NewRunner
from softshoe.people import RunsAs

from .after import run_over
from .runner import running
from .screens import SIZES, inside, opened, screen, sized
from .stage import ABOUT, HEALTH, INSOLES, Stage, session, staged
from .test_browser_for_all import serious

PIN = "2468"
NAMES = ("Ines", "Tomas", "Yuki Marlowe")


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged(run_over()) as stage:
        for name in NAMES:
            stage.people.runners.add(name, PIN)
        feet = tuple(replace(INSOLES, name=f"{side} insole") for side in ("left", "right"))
        stage.publish(replace(ABOUT, rig="deck4+insoles"), replace(HEALTH, sources=feet))
        yield stage


def ready(stage: Stage, page: Page, **known: float) -> None:
    stage.publish(LiveState(belt_m_s=2.78, **known))
    opened(page, stage)
    screen(page, "ready")
    expect(page.get_by_role("button", name="Ines")).to_be_visible()


def type_pin(page: Page, pin: str = PIN) -> None:
    """By the pad."""
    for key in (*pin, "OK"):
        page.get_by_role("dialog").get_by_role("button", name=key, exact=True).click()


def log_in(page: Page, name: str = "Ines") -> None:
    page.get_by_role("button", name=name).click()
    type_pin(page)
    expect(page.get_by_text(f"{name}, start running.")).to_be_visible()


def key_of(stage: Stage, name: str) -> str:
    return next(each.runner for each in stage.people.runners.all() if each.name == name)


def test_a_guest_needs_one_button_and_the_weight_a_quiet_stand(stage: Stage, page: Page) -> None:
    ready(stage, page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Stand still: 5 s")
    expect(page.locator(".words")).to_contain_text("Left insole live500 a second")
    expect(page.locator(".words")).to_contain_text("Belt10.0 km/h")
    expect(page.locator(".stood")).to_have_count(0)
    stage.publish(LiveState(belt_m_s=2.78, body_weight_n=700.0))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ready")
    expect(page.locator(".stood")).to_have_count(1)
    page.get_by_role("button", name="Run as guest").click()
    expect(page.locator(".why")).to_have_text("Start running.")
    assert Command(0.0, "start") in stage.wishes.take()
    assert serious(page) == []


def test_somebody_logs_in_by_the_pad_and_the_next_run_is_theirs(stage: Stage, page: Page) -> None:
    ready(stage, page)
    log_in(page)
    assert RunsAs(0.0, key_of(stage, "Ines")) in stage.wishes.take()
    assert serious(page) == []
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("button", name="Run as guest")).to_be_visible()
    assert "Ines, start" not in page.content()
    assert RunsAs(0.0) in stage.wishes.take()


def test_wrong_pins_are_told_and_then_when_to_try_again(stage: Stage, page: Page) -> None:
    page.expected_complaints = "403|429"  # type: ignore[attr-defined]
    ready(stage, page)
    page.get_by_role("button", name="Tomas").click()
    field = page.get_by_label("PIN")
    expect(field).to_be_focused()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("A PIN has 4 to 8 digits.")
    expect(field).to_have_value("12")
    for _ in range(5):
        field.fill("1111")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("do not belong together")
        expect(field).to_have_value("")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Too many wrong tries. Try again in 60 seconds.")
    assert serious(page) == []


def test_a_new_name_chooses_a_pin_twice_by_keyboard_alone(stage: Stage, page: Page) -> None:
    page.expected_complaints = "409"  # type: ignore[attr-defined]
    ready(stage, page)
    page.get_by_role("button", name="Others").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="New name").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your name")).to_be_focused()

    def join(name: str, pin: str, again: str) -> None:
        page.get_by_label("Your name").fill(name)
        page.keyboard.press("Tab")
        expect(page.get_by_label("Choose a PIN")).to_be_focused()
        page.keyboard.type(pin)
        page.keyboard.press("Enter")
        expect(page.get_by_label("The same PIN once more")).to_be_focused()
        page.keyboard.type(again)
        page.keyboard.press("Enter")

    join("Ines", "1357", "1358")
    expect(page.get_by_role("alert")).to_have_text(
        "These were two different PINs. Choose one again."
    )
    join("Ines", "1357", "1357")
    expect(page.get_by_role("alert")).to_have_text("Somebody here has this name: choose another.")
    join("Åsa", "1357", "1357")
    expect(page.get_by_text("Åsa, start running.")).to_be_visible()
    assert stage.people.runners.with_pin("Åsa", "1357")


def test_settings_are_a_runners_own(stage: Stage, page: Page) -> None:
    ready(stage, page)
    log_in(page)
    page.get_by_role("button", name="Settings").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Miles").check()
    sheet.get_by_label("Coaches may see my runs").check()
    sheet.get_by_label("Shown name").fill("Hare")
    sheet.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    runner = stage.people.runners.with_pin("Ines", PIN)
    assert runner
    assert (runner.alias, runner.units, runner.coach) == ("Hare", "imperial", True)
    assert serious(page) == []
    with page.expect_download() as download:
        sheet.get_by_role("link", name="Take everything along").click()
    assert download.value.suggested_filename == "softshoe.json"
    page.keyboard.press("Escape")
    expect(page.locator(".words")).to_contain_text("Belt6.2 miles an hour")


def test_who_is_erased_is_asked_first_and_then_gone(stage: Stage, page: Page) -> None:
    ready(stage, page)
    log_in(page)
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("button", name="Erase me").click()
    expect(page.get_by_role("heading", name="Erase Ines and all of their runs?")).to_be_visible()
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("button", name="Run as guest")).to_be_visible()
    expect(page.get_by_role("button", name="Ines")).to_have_count(0)
    assert [each.name for each in stage.people.runners.all()] == list(NAMES[1:])


def test_somebody_of_another_weight_is_asked_still_you(stage: Stage, page: Page) -> None:
    ready(stage, page)
    log_in(page)
    theirs = session("s2", state="open", runner=key_of(stage, "Ines"))
    stage.publish(theirs, replace(running(), session="s2"))
    screen(page, "running")
    stage.hub.publish(NewRunner(0.0, 900.0), stage.clock.monotonic_s())
    stage.publish(replace(theirs, state="closed"), session("s3", state="open"))
    wait_for(lambda: not stage.server._door.logins.newest, "they are logged out")
    stage.publish(replace(running(), session="s3"))
    expect(page.get_by_role("heading", name="Still you, Ines?")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("button", name="Yes, it is me").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    newest = stage.server._door.logins.newest
    assert newest
    assert newest.name == "Ines"


@pytest.mark.parametrize("size", SIZES)
def test_pictures(stage: Stage, page: Page, size: str, artefacts: Path) -> None:
    width, height = sized(page, size)

    def picture(name: str) -> None:
        page.screenshot(path=artefacts / f"{name}-{size}.png")
        inside(page, width, height)

    ready(stage, page)
    picture("ready")
    stage.publish(LiveState(belt_m_s=2.78, body_weight_n=700.0))
    page.get_by_role("button", name="Ines").click()
    page.get_by_role("dialog").get_by_role("button", name="4", exact=True).click()
    picture("pin")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Others").click()
    picture("who")
    page.get_by_role("dialog").get_by_role("button", name="New name").click()
    picture("new-name")
    page.keyboard.press("Escape")
    log_in(page)
    picture("ready-ines")
    page.get_by_role("button", name="Settings").click()
    picture("settings")
    page.get_by_role("dialog").get_by_role("button", name="Erase me").click()
    picture("sure")
