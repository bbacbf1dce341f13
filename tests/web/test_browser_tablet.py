"""What belongs to one tablet: its lock, its sound, its corners and units, laps and the belt."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from softshoe.events import Belt, Command

from .runner import focusing, footfall, quieter, running
from .screens import SIZES, opened, screen, sized
from .stage import ABOUT, HEALTH, Stage

HEAR = """
window.heard = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) { heard.push("click"); start.apply(this, at); };
speechSynthesis.speak = (spoken) => heard.push(spoken.text);
"""
MUTE = "delete window.AudioContext; delete window.speechSynthesis;"


@pytest.fixture
def going(stage: Stage, page: Page) -> Page:
    """Somebody runs, and nothing is locked yet."""
    page.clock.install()
    stage.publish(ABOUT, HEALTH, replace(running(), distance_m=2130.0))
    opened(page, stage)
    screen(page, "running")
    return page


def lock(page: Page) -> None:
    """Ten seconds of running without a touch; then a beat, so that the page is live again."""
    page.wait_for_function("document.querySelector('.bar')")
    page.clock.run_for(500)
    page.clock.run_for(10_500)
    expect(page.locator(".unlock")).to_be_visible()
    screen(page, "running")


def test_stray_touches_do_nothing_and_a_press_of_one_second_unlocks(
    stage: Stage, going: Page
) -> None:
    lock(going)
    expect(going.get_by_role("button", name="Lap")).to_have_count(0)
    for x in range(40, 1280, 200):
        for y in (36, 240, 430, 650, 760):
            going.mouse.click(x, y)
    going.get_by_role("button", name="Hold to unlock").hover()
    going.mouse.down()
    going.clock.run_for(900)
    going.mouse.up()
    going.clock.run_for(900)
    expect(going.get_by_role("button", name="Hold to unlock")).to_be_visible()
    expect(going.get_by_role("dialog")).to_have_count(0)
    assert stage.wishes.take() == []
    going.mouse.down()
    expect(going.locator(".unlock")).to_have_text("Keep holding")
    going.clock.run_for(1000)
    going.mouse.up()
    expect(going.get_by_role("button", name="Menu")).to_be_visible()


def test_a_keyboard_unlocks_at_once_and_who_stops_is_not_locked_out(
    stage: Stage, going: Page
) -> None:
    lock(going)
    going.get_by_role("button", name="Hold to unlock").press("Enter")
    expect(going.get_by_role("button", name="Menu")).to_be_visible()
    lock(going)
    stage.publish(replace(running(), state="paused"))
    going.clock.run_for(300)
    expect(going.get_by_role("button", name="Menu")).to_be_visible()


def test_laps_are_marked_by_a_button_or_by_themselves(stage: Stage, going: Page) -> None:
    going.get_by_role("button", name="Lap").click()
    expect(going.locator(".why")).to_have_text("Lap marked.")
    assert stage.wishes.take() == [Command(0.0, "lap")]
    going.clock.run_for(8000)
    expect(going.locator(".why")).to_be_empty()
    going.get_by_role("button", name="Menu").click()
    going.get_by_role("button", name="Numbers").click()
    going.get_by_label("Every kilometre").check()
    stage.publish(replace(running(), distance_m=2999.0))
    stage.publish(replace(running(), distance_m=3001.0))
    expect(going.locator(".why")).to_have_text("Lap marked.")
    assert stage.wishes.take() == [Command(0.0, "lap")]


def test_corners_and_units_are_chosen_and_remembered(stage: Stage, going: Page) -> None:
    stage.publish(replace(running(), distance_m=2130.0, belt_m_s=2.78))
    going.get_by_role("button", name="Menu").click()
    going.get_by_role("button", name="Numbers").click()
    going.get_by_role("group", name="Left corner").get_by_label("Pace").check()
    going.get_by_role("group", name="Right corner").get_by_label("Distance").check()
    going.get_by_label("Miles").check()
    going.keyboard.press("Escape")
    expect(going.locator(".corner.L")).to_have_text("9:39minutes a mile")
    going.reload()
    expect(going.locator(".corner.L")).to_have_text("9:39minutes a mile")
    expect(going.locator(".corner.R")).to_have_text("1.32miles")


def test_the_belt_is_told_by_the_pad_and_by_steps(stage: Stage, going: Page) -> None:
    going.get_by_role("button", name="Menu").click()
    going.get_by_role("button", name="Belt").click()
    sheet = going.get_by_role("dialog")
    for key in ("1", "0", ".", "4"):
        sheet.get_by_role("button", name=key, exact=True).click()
    sheet.get_by_role("button", name="more speed").click()
    for _ in range(2):
        sheet.get_by_role("button", name="more incline").click()
    sheet.get_by_role("button", name="Set").click()
    expect(sheet).to_have_count(0)
    assert stage.wishes.take() == [Belt(0.0, 2.9167, 0.573)]


def test_a_belt_that_is_measured_is_not_told(stage: Stage, going: Page) -> None:
    going.expected_complaints = "409"  # type: ignore[attr-defined]
    stage.wishes.belt_is_measured = True
    going.get_by_role("button", name="Menu").click()
    going.get_by_role("button", name="Belt").click()
    going.get_by_label("km/h").fill("99")
    going.keyboard.press("Enter")
    expect(going.get_by_role("alert")).to_contain_text("than a treadmill")
    going.get_by_label("km/h").fill("9.5")
    going.keyboard.press("Enter")
    expect(going.get_by_role("alert")).to_have_text("The belt's speed is measured here.")


def test_sound_is_off_until_it_is_tapped(stage: Stage, page: Page) -> None:
    page.add_init_script(HEAR)
    page.add_init_script("localStorage.setItem('softshoe', '{\"clicks\":true}')")
    stage.publish(ABOUT, HEALTH, running())
    opened(page, stage)
    screen(page, "running")
    stage.publish(footfall(2, hard=True)[0], quieter(1))
    expect(page.locator(".cue")).to_have_count(1)
    assert page.evaluate("heard") == []
    switch = page.get_by_role("switch", name="Sound")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()
    stage.publish(footfall(3)[0], footfall(4, hard=True)[0], quieter(2))
    page.wait_for_function("heard.length >= 3")
    said = quieter().say
    assert sorted(page.evaluate("heard")) == sorted(["Sound on.", "click", said])
    switch.click()
    stage.publish(footfall(6, hard=True)[0])
    expect(switch).not_to_be_checked()
    assert page.evaluate("heard.length") == 3


def test_a_browser_without_sound_says_so(stage: Stage, page: Page) -> None:
    page.add_init_script(MUTE)
    opened(page, stage)
    expect(page.get_by_text("no sound here")).to_be_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Numbers").click()
    expect(page.get_by_text("This browser cannot speak.")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_pictures_of_the_sheets(stage: Stage, page: Page, size: str, artefacts: Path) -> None:
    sized(page, size)
    stage.publish(ABOUT, HEALTH, replace(running(), state="paused", belt_m_s=2.78), focusing())
    opened(page, stage)
    screen(page, "paused")
    page.get_by_role("button", name="Menu").click()
    page.screenshot(path=artefacts / f"sheet-menu-{size}.png")
    for name, shown in (("Focus", ".skills"), ("Belt", ".pad"), ("Numbers", ".choices")):
        page.get_by_role("dialog").get_by_role("button", name=name).click()
        expect(page.locator(shown)).to_be_visible()
        page.screenshot(path=artefacts / f"sheet-{name.lower()}-{size}.png")
        assert page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth")
        page.get_by_role("dialog").get_by_role("button", name="Back", exact=True).click()
        page.get_by_role("button", name="Menu").click()
