"""Who runs, in a real browser: names and PINs before the run, what is a runner's own, pairing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from softshoe.events import LiveState

from .after import run_over
from .screens import SIZES, inside, opened, screen, sized
from .stage import ABOUT, HEALTH, INSOLES, Stage, staged

NAMES = ("Ines", "Tomas", "Yuki Marlowe")


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged(run_over()) as stage:
        for name in NAMES:
            stage.people.runners.add(name, "2468")
        feet = tuple(replace(INSOLES, name=f"{side} insole") for side in ("left", "right"))
        stage.publish(replace(ABOUT, rig="deck4+insoles"), replace(HEALTH, sources=feet))
        yield stage


def type_pin(page: Page, pin: str) -> None:
    for digit in pin:
        page.get_by_role("dialog").get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="OK").click()


def log_in(page: Page, name: str = "Ines", pin: str = "2468") -> None:
    page.get_by_role("button", name=name).click()
    type_pin(page, pin)


@pytest.mark.parametrize("size", SIZES)
def test_pictures(stage: Stage, page: Page, size: str, artefacts: Path) -> None:
    width, height = sized(page, size)

    def picture(name: str) -> None:
        page.wait_for_timeout(200)
        page.screenshot(path=artefacts / f"{name}-{size}.png")
        inside(page, width, height)

    stage.publish(LiveState(belt_m_s=2.78))
    opened(page, stage)
    screen(page, "ready")
    expect(page.get_by_role("button", name="Ines")).to_be_visible()
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
    expect(page.get_by_text("Ines, start running.")).to_be_visible()
    picture("ready-ines")
    page.get_by_role("button", name="Settings").click()
    picture("settings")
    page.get_by_role("dialog").get_by_role("button", name="Erase me").click()
    picture("sure")
