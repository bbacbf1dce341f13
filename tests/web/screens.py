"""What the tests of the browser share: a run on the stage, and screens that show it."""

from playwright.sync_api import Page, expect

from .runner import footfall
from .stage import Stage

SIZES = {"1280x800": (1280, 800), "800x1280": (800, 1280), "390x844": (390, 844)}


def run(stage: Stage, *, steps: int = 24, hard_right: bool = False) -> None:
    """So many footfalls, all at once."""
    for number in range(1, steps + 1):
        hard = hard_right and number % 2 == 0 and number % 6 == 0
        stage.publish(*footfall(number, hard=hard))


def opened(page: Page, stage: Stage) -> None:
    stage.ticking = True
    page.goto(stage.server.url)


def screen(page: Page, mode: str) -> None:
    expect(page.locator(f".live[data-mode='{mode}']")).to_have_count(1)


def sized(page: Page, size: str) -> tuple[int, int]:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    return width, height


def inside(page: Page, width: int, height: int) -> None:
    """No number or word is cut off by the edge of the screen."""
    words = ".num, .note, .state, .mark, .go-say, .words div, .skill, .cue, .coach, .bar button"
    for place in page.locator(words).all():
        box = place.bounding_box()
        if box is None:
            continue
        assert box["x"] >= 0, place
        assert box["x"] + box["width"] <= width + 1, place
        assert box["y"] + box["height"] <= height + 1, place
