"""A tablet is paired, somebody logs in and sees their own runs: trends, what is next, two of them."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from tests.daemon.examples import a_step

from softshoe.coaching import Measure, Practised
from softshoe.events import Means, Session, Step

from .after import keep, softer
from .gym import PIN, Gym, gym
from .screens import SIZES, inside, sized
from .stage import CONVENTIONS, session

RUNS = 10


@pytest.fixture
def place() -> Iterator[Gym]:
    with gym() as place:
        for name in ("Ines", "Tomas"):
            place.people.runners.add(name, PIN)
        for number in range(RUNS):
            practise(place, place.key("Ines"), number)
        yield place


def practise(place: Gym, runner: str, number: int) -> None:
    """One more run: softer by itself each time, a little more while it is minded."""
    alone, minded = 70.0 - 1.6 * number, 58.0 - 0.7 * number
    run = _run(f"r{number:02}", runner, number, alone)
    place.keep_run(run, [_step(each, run, alone) for each in range(1, 400)])
    keep(place.stage, _practised(run, alone, minded))


def _run(name: str, runner: str, number: int, valr: float) -> Session:
    means = Means(n=2120, cadence_spm=165 + number / 3, contact_ms=241.0 - number, valr_bw_s=valr)
    return session(
        name,
        runner=runner,
        started_at=f"2026-10-{2 * number + 1:02}T18:30:00.000Z",
        conventions=replace(CONVENTIONS, belt_m_s=2.78, impact_method="stance13"),
        all=means,
        left=replace(means, valr_bw_s=valr - 2),
        right=replace(means, valr_bw_s=valr + 2),
    )


def _step(number: int, run: Session, valr: float) -> Step:
    return a_step(
        number,
        run.session,
        t_s=0.36 * number,
        cadence_spm=166.0 + math.sin(number / 40),
        valr13_bw_s=valr + 3 * math.sin(number),
    )


def _practised(run: Session, alone: float, minded: float) -> Practised:
    return softer(
        run.session,
        run.runner,
        belt_m_s=2.78,
        baseline=Measure(alone, 6.0, 160),
        windows=Measure(minded, 6.0, 160),
        probe=Measure(minded, 6.0, 160),
        retained=True,
        focus_s=60.0,
    )


def paired(page: Page, place: Gym) -> None:
    code = place.people.tablets.new_code("runner")
    page.goto(f"http://127.0.0.1:{place.stage.port}")
    for digit in code:
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Pair").click()


def logged_in(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("size", SIZES)
def test_pictures(place: Gym, page: Page, size: str, artefacts: Path) -> None:
    width, height = sized(page, size)
    page.goto(f"http://127.0.0.1:{place.stage.port}")
    expect(page.get_by_role("heading", name="Pair this tablet")).to_be_visible()
    page.screenshot(path=artefacts / f"pair-{size}.png", full_page=True)
    inside(page, width, height)
    paired(page, place)
    logged_in(page, "Ines")
    page.get_by_role("link", name="My runs").click()
    expect(page.locator(".course")).to_be_visible()
    page.screenshot(path=artefacts / f"mine-{size}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Compare two").click()
    for box in page.get_by_role("checkbox").all()[:2]:
        box.check()
    page.screenshot(path=artefacts / f"picking-{size}.png")
    page.get_by_role("link", name="Compare these two").click()
    expect(page.locator(".plot canvas")).to_have_count(2)
    page.screenshot(path=artefacts / f"compare-{size}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
