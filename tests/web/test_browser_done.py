"""After the run in a real browser: what it came to, and where it goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from tests.daemon.parts import wait_for

from softshoe.coaching import Practised
from softshoe.events import Command

from .after import done, ended, keep, run_over, softer
from .runner import running
from .screens import SIZES, opened, screen, sized
from .stage import ABOUT, HEALTH, Stage, staged
from .test_browser_for_all import serious


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged(run_over()) as stage:
        keep(stage, ended())
        stage.publish(ABOUT, HEALTH, done())
        yield stage


def shown(stage: Stage, page: Page, *practised: Practised) -> None:
    keep(stage, *practised)
    opened(page, stage)
    screen(page, "done")
    expect(page.locator(".line-up")).to_be_visible()


def test_what_the_focus_came_to_stands_within_its_noise(stage: Stage, page: Page) -> None:
    shown(stage, page, softer())
    expect(page.locator(".after-title")).to_have_text("guest, 12:47, 2.13 km")
    expect(page.locator(".res .num")).to_have_text("−14 % ± 4")
    expect(page.locator(".res .spread")).to_have_class("spread quiet")
    expect(page.locator(".best")).to_contain_text("Softer by 14 % ± 4 while you minded it.")
    expect(page.locator(".work")).to_contain_text("Your right foot got louder after minute 9.")
    expect(page.locator(".line-up .shade")).to_have_count(3)
    expect(page.locator(".loud-area")).to_have_count(2)
    stage.publish(running())
    screen(page, "running")


def test_a_change_inside_its_noise_has_no_colour(stage: Stage, page: Page) -> None:
    shown(stage, page, softer(change_pct=-3.0, improved="same"))
    expect(page.locator(".res")).to_contain_text("No change beyond the spread of your steps.")
    expect(page.locator(".res .spread")).to_have_class("spread hair")
    expect(page.locator(".best")).to_contain_text("Your left foot stayed under your line")


def test_a_run_without_a_focus_has_its_numbers(stage: Stage, page: Page) -> None:
    shown(stage, page)
    expect(page.locator(".res.figures")).to_contain_text("12:47time2.13km166steps a minute")
    expect(page.locator(".line-up .shade")).to_have_count(0)


def test_what_nothing_measures_is_rated_by_one_tap(stage: Stage, page: Page) -> None:
    tall = softer(skill="tall", metric=None, change_pct=None, noise_pct=None, improved="unknown")
    shown(stage, page, tall)
    page.get_by_role("group", name="How tall did you stay?").get_by_label("4 of 5").click()
    expect(page.get_by_label("4 of 5")).to_have_attribute("aria-pressed", "true")
    (kept,) = stage.people.practice.of_session("s1")
    assert kept.result.rating == 4
    assert serious(page) == []


def test_a_title_and_a_note_are_kept_by_keyboard_alone(stage: Stage, page: Page) -> None:
    shown(stage, page)
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.type("Easy, in the rain")
    page.keyboard.press("Tab")
    page.keyboard.type("New shoes.")
    assert serious(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    note = stage.people.notes.of("s1")
    assert (note.title, note.note) == ("Easy, in the rain", "New shoes.")
    page.get_by_role("link", name="CSV").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".zip")


def test_erasing_is_asked_first(stage: Stage, page: Page) -> None:
    shown(stage, page, softer())
    page.get_by_role("button", name="Erase").click()
    assert serious(page) == []
    page.get_by_role("button", name="Keep it").click()
    assert stage.people.practice.of_session("s1")
    page.get_by_role("button", name="Erase").click()
    page.get_by_role("button", name="Erase it").click()
    screen(page, "ready")
    assert not stage.people.practice.of_session("s1")
    wait_for(lambda: Command(0.0, "stop") in stage.wishes.take(), "the run is ended")


def test_where_a_phone_cannot_reach_is_said(stage: Stage, page: Page) -> None:
    page.expected_complaints = "409"  # type: ignore[attr-defined]
    shown(stage, page, softer())
    assert serious(page) == []
    page.get_by_role("button", name="To your phone").click()
    expect(page.locator(".qr-ask")).to_contain_text("A phone cannot reach this page")


def test_miles_are_for_who_counts_in_them(stage: Stage, page: Page) -> None:
    page.expected_complaints = "404"  # type: ignore[attr-defined]  # the run stays a guest's here
    runner = stage.people.runners.add("Ines", "2468")
    assert runner
    stage.people.runners.save(replace(runner, units="imperial"))
    shown(stage, page)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Runner").click()
    page.get_by_role("button", name="Ines").click()
    page.get_by_label("PIN").fill("2468")
    page.keyboard.press("Enter")
    expect(page.locator(".after-title")).to_have_text("12:47, 1.32 miles")
    expect(page.get_by_text("Whoever ran sees more of it: Menu, Runner.")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_pictures(stage: Stage, page: Page, size: str, artefacts: Path) -> None:
    width, _ = sized(page, size)
    shown(stage, page, softer())
    page.screenshot(path=artefacts / f"done-{size}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Save").click()
    page.screenshot(path=artefacts / f"note-{size}.png", full_page=True)
    tall = softer(skill="tall", metric=None, change_pct=None, noise_pct=None, improved="unknown")
    keep(stage, tall)
    page.reload()
    expect(page.locator(".rating")).to_be_visible()
    page.screenshot(path=artefacts / f"done-rated-{size}.png", full_page=True)
