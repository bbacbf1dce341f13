"""The quiet pages in a real browser: the list of runs, and one run with its plots."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from softshoe.events import Step

from .runner import footfall
from .stage import Runs, Stage, session, staged

SIZES = {"1280x800": (1280, 800), "800x1280": (800, 1280), "390x844": (390, 844)}


def whole_run(count: int) -> list[Step]:
    """A run that gets softer on the left and louder on the right, with a pause in the middle."""
    steps = []
    for number in range(1, count + 1):
        final = footfall(number)[2]
        part = number / count
        valr = 60 + (-8 if number % 2 else 9) * part + 4 * math.sin(number / 40)
        t_s = final.t_s + (30 if number > count // 2 else 0)
        steps.append(replace(final, valr_bw_s=valr, t_s=t_s, contact_ms=240 + 6 * part))
    return steps


@pytest.fixture
def stage() -> Iterator[Stage]:
    kept = {
        "s1": (session("s1", started_at=None, state="interrupted", distance_m=None), []),
        "s2": (session("s2", alias="Hare <b>"), whole_run(2120)),
        "s3": (session("s3", started_at="2026-11-09T07:05:00.000Z"), []),
        "s4": (session("s4", runner="k7f3a9"), []),
    }
    with staged(Runs(kept)) as stage:
        yield stage


def test_guests_runs_are_listed_newest_first_and_nobody_elses(stage: Stage, page: Page) -> None:
    page.goto(stage.server.url + "runs")
    rows = page.locator(".list a")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("9 Nov 2026")
    expect(rows.nth(0)).to_contain_text("guest, insoles")
    expect(rows.nth(1)).to_contain_text("Hare <b>, insoles")
    expect(rows.nth(1)).to_contain_text("12:47time2120steps2.13km166steps a minute")
    expect(rows.nth(2)).to_contain_text("not dated")
    expect(rows.nth(2)).to_contain_text("cut short")
    assert "k7f3a9" not in page.content()


def test_older_runs_come_when_asked_for(page: Page) -> None:
    kept = {f"s{number:02}": (session(f"s{number:02}"), []) for number in range(60)}
    with staged(Runs(kept)) as stage:
        page.goto(stage.server.url + "runs")
        expect(page.locator(".list a")).to_have_count(50)
        page.get_by_role("button", name="Show older runs").click()
        expect(page.locator(".list a")).to_have_count(60)
        expect(page.get_by_role("button", name="Show older runs")).to_have_count(0)
        page.goto("about:blank")


def test_one_run_has_four_plots(stage: Stage, page: Page) -> None:
    page.goto(stage.server.url + "runs")
    page.locator(".list a").nth(1).click()
    expect(page.locator("h1")).to_contain_text("2 Nov 2026")
    expect(page.locator(".plot:visible canvas")).to_have_count(4)
    expect(page.locator(".figures")).to_contain_text("12:47time2120steps")
    expect(page.locator(".figures")).to_contain_text("58 | 64BW/s, left | right")
    assert painted(page) > 2_000


def painted(page: Page) -> int:
    """How many pixels of the first plot are not empty."""
    count = page.locator(".plot canvas").first.evaluate(
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
        ".reduce((n, v, i) => n + (i % 4 === 3 && v > 0), 0)"
    )
    return int(count)


def test_a_run_that_is_not_there_is_said(stage: Stage, page: Page) -> None:
    page.expected_complaints = "404"  # type: ignore[attr-defined]
    page.goto(stage.server.url + "runs/nope")
    expect(page.get_by_role("alert")).to_have_text("There is no such run.")


def test_no_run_yet(page: Page) -> None:
    with staged() as stage:
        page.goto(stage.server.url + "runs")
        expect(page.get_by_text("No run yet.")).to_be_visible()
        page.goto("about:blank")


@pytest.mark.parametrize("size", SIZES)
def test_pictures(stage: Stage, page: Page, size: str, artefacts: Path) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    for name, path in {"list": "runs", "one": "runs/s2"}.items():
        page.goto(stage.server.url + path)
        expect(page.locator(".list, .plot canvas").first).to_be_visible()
        page.screenshot(path=artefacts / f"runs-{name}-{size}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
