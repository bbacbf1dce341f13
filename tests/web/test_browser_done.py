"""After the run in a real browser: what it came to, and where it goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .after import done, ended, keep, run_over, softer
from .screens import SIZES, opened, screen, sized
from .stage import ABOUT, HEALTH, Stage, staged


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged(run_over()) as stage:
        keep(stage, ended(), softer())
        yield stage


@pytest.mark.parametrize("size", SIZES)
def test_pictures(stage: Stage, page: Page, size: str, artefacts: Path) -> None:
    width, _ = sized(page, size)
    stage.publish(ABOUT, HEALTH, done())
    opened(page, stage)
    screen(page, "done")
    page.locator(".line-up").wait_for()
    page.wait_for_timeout(300)
    page.screenshot(path=artefacts / f"done-{size}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
