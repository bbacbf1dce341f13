"""What the tests of the browser share: a run on the stage, and screens that show it."""

from playwright.sync_api import Page, expect

from .runner import footfall
from .stage import Stage

SIZES = {"1280x800": (1280, 800), "800x1280": (800, 1280), "390x844": (390, 844)}
WORDS = ".num, .note, .state, .mark, .go-say, .words div, .skill, .cue, .coach, .bar button"
EDGES = f"""
[...document.querySelectorAll("{WORDS}")].filter((each) => each.offsetParent).map((each) => {{
  const {{ left, right, bottom }} = each.getBoundingClientRect();
  return [each.className, left, right, bottom];
}})
"""


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
    for name, left, right, bottom in page.evaluate(EDGES):
        assert left >= 0, name
        assert right <= width + 1, name
        assert bottom <= height + 1, name
