"""The live page for everybody: at two metres, by keyboard, by ear, unmoved, in any colours."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .runner import focusing, quieter, running
from .screens import opened, run, screen
from .stage import ABOUT, HEALTH, Stage

MM_PER_PX = 0.168  # of a panel of 10 inches, 1280 x 800
LEAST_MM = 9.0
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
HEIGHTS = """
() => [...document.querySelectorAll('.num')].filter((each) => each.textContent.trim())
  .map((each) => {
    const pen = document.createElement('canvas').getContext('2d');
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(each);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    return pen.measureText('0123456789').actualBoundingBoxAscent;
  })
"""
DURATIONS = """
[...document.querySelectorAll('*')].map((each) => getComputedStyle(each))
  .flatMap((style) => [style.transitionDuration, style.animationDuration])
"""
BLINDNESSES = ("protanopia", "deuteranopia", "tritanopia", "achromatopsia")


@pytest.fixture
def cued(stage: Stage, page: Page) -> Page:
    """The loudest screen there is."""
    stage.publish(ABOUT, HEALTH, running(left_pct=-8, right_pct=9), focusing("ii" * 9 + "oo"))
    run(stage, hard_right=True)
    opened(page, stage)
    screen(page, "running")
    stage.publish(quieter())
    expect(page.locator(".cue")).to_have_count(1)
    return page


def serious(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page as it is."""
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]


def test_axe_finds_nothing_serious_on_any_screen(stage: Stage, cued: Page) -> None:
    cued.wait_for_timeout(300)  # while a slab comes in, its colours are not its own
    assert serious(cued) == []
    cued.get_by_role("button", name="Menu").click()
    assert serious(cued) == []
    for sheet in ("Focus", "Belt", "Numbers"):
        cued.get_by_role("dialog").get_by_role("button", name=sheet).click()
        expect(
            cued.get_by_role("dialog").get_by_role("button", name="Back", exact=True)
        ).to_be_visible()
        assert serious(cued) == [], sheet
        cued.keyboard.press("Escape")
        cued.get_by_role("button", name="Menu").click()


def test_every_live_number_can_be_read_at_two_metres(cued: Page) -> None:
    heights_mm = [height * MM_PER_PX for height in cued.evaluate(HEIGHTS)]
    assert len(heights_mm) == 9
    assert min(heights_mm) >= LEAST_MM


def test_all_can_be_done_by_keyboard(stage: Stage, cued: Page) -> None:
    cued.expected_complaints = "404|409"  # type: ignore[attr-defined]

    def tab_to(name: str) -> None:
        for _ in range(20):
            cued.keyboard.press("Tab")
            if cued.evaluate("document.activeElement.innerText").startswith(name):
                return
        raise AssertionError(f"no way to {name!r} by keyboard")

    tab_to("Menu")
    cued.keyboard.press("Enter")
    tab_to("Focus")
    cued.keyboard.press("Enter")
    tab_to("Land close")
    outline = "getComputedStyle(document.activeElement).outlineWidth"
    assert cued.evaluate(outline) == "4px"
    cued.keyboard.press("Escape")
    expect(cued.get_by_role("dialog")).to_have_count(0)
    tab_to("Sound")
    cued.keyboard.press("Space")
    expect(cued.get_by_role("switch")).to_be_checked()


def test_nothing_moves_for_who_wants_no_motion(cued: Page) -> None:
    assert {"0.3s", "0.2s", "0.12s"} <= set(cued.evaluate(DURATIONS))
    cued.emulate_media(reduced_motion="reduce")
    assert set(cued.evaluate(DURATIONS)) == {"0s"}


def test_pictures_in_other_eyes(cued: Page, artefacts: Path) -> None:
    """Hard and soft stay apart by fill, size and place: to be looked at."""
    session = cued.context.new_cdp_session(cued)
    cued.wait_for_timeout(300)
    for blindness in BLINDNESSES:
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": blindness})
        cued.screenshot(path=artefacts / f"live-hard-{blindness}.png")
