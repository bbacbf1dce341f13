"""A tablet is paired, somebody logs in and sees their own runs: trends, what is next, two runs."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from tests.daemon.examples import a_step
from tests.daemon.parts import wait_for

from softshoe.coaching import Measure, Practised
from softshoe.events import LiveState, Means, Session, Step

from .after import done, keep, softer
from .gym import PIN, Gym, gym
from .runner import running
from .screens import SIZES, inside, sized
from .stage import CONVENTIONS, session
from .test_browser_for_all import serious

RUNS = 10
DARK = """
[...document.querySelectorAll(".qr rect:not(.light)")].flatMap((each) =>
  Array.from({ length: each.width.baseVal.value }, (_, i) =>
    [each.x.baseVal.value + i, each.y.baseVal.value]))
"""


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
    page.get_by_label("PIN").fill(PIN)
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{name}, start running.")).to_be_visible()


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


def test_a_wrong_code_is_told_and_a_screen_may_only_watch(place: Gym, page: Page) -> None:
    page.expected_complaints = "403"  # type: ignore[attr-defined]
    page.goto(f"http://127.0.0.1:{place.stage.port}")
    expect(page.get_by_role("heading", name="Pair this tablet")).to_be_visible()
    assert serious(page) == []
    expect(page.get_by_label("Six digits")).to_be_focused()
    page.keyboard.type("12345")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The code has six digits.")
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("softshoe pair shows a new one")
    page.get_by_role("button", name="Only watch").click()
    expect(page.get_by_text("Or just start running.")).to_be_visible()
    expect(page.get_by_role("button", name="Ines")).to_have_count(0)
    place.stage.publish(done())
    expect(page.locator(".after-title")).to_have_text("12:47, 2.13 km")
    expect(page.locator(".act, .line-up")).to_have_count(0)


def test_a_runner_sees_their_trend_and_nobody_elses(place: Gym, page: Page) -> None:
    page.expected_complaints = "404"  # type: ignore[attr-defined]
    paired(page, place)
    logged_in(page, "Ines")
    page.get_by_role("link", name="My runs").click()
    skill = page.locator(".so-far")
    expect(skill).to_contain_text("Land softly10minutes practised in 10 runs")
    expect(skill.locator(".dot")).to_have_count(2 * RUNS)
    expect(page.locator(".next")).to_contain_text("Quiet hops on the spot")
    expect(page.locator(".next")).to_contain_text("Derek Clark")
    expect(page.locator(".list a")).to_have_count(RUNS)
    assert serious(page) == []
    page.locator(".list a").first.click()
    expect(page.locator(".plot:visible canvas")).to_have_count(4)
    expect(page.get_by_text("Softer by 14 % ± 4 while you minded it.")).to_be_visible()
    assert serious(page) == []
    page.goto(f"http://127.0.0.1:{place.stage.port}")
    page.get_by_role("button", name="Log out").click()
    logged_in(page, "Tomas")
    page.get_by_role("link", name="My runs").click()
    expect(page.get_by_text("No skill practised yet.")).to_be_visible()
    expect(page.get_by_text("No run yet.")).to_be_visible()
    page.goto(f"http://127.0.0.1:{place.stage.port}/runs/r09")
    expect(page.get_by_role("alert")).to_have_text("There is no such run.")


def test_two_runs_are_compared_by_keyboard_alone(place: Gym, page: Page) -> None:
    paired(page, place)
    logged_in(page, "Ines")
    page.get_by_role("link", name="My runs").click()
    page.get_by_role("button", name="Compare two").press("Enter")
    boxes = page.get_by_role("checkbox")
    boxes.nth(0).press("Space")
    boxes.nth(RUNS - 1).press("Space")
    page.get_by_role("link", name="Compare these two").press("Enter")
    softness = page.get_by_role("row", name="BW/s, left")
    expect(softness).to_contain_text("6854−14")
    expect(page.locator(".plot canvas")).to_have_count(2)
    assert serious(page) == []


def test_a_phone_is_shown_the_code_of_the_link(place: Gym, page: Page) -> None:
    paired(page, place)
    logged_in(page, "Ines")
    page.goto(f"http://127.0.0.1:{place.stage.port}/runs/r00")
    with page.expect_response("**/link") as answer:
        page.get_by_role("button", name="To your phone").click()
    link = answer.value.json()
    expect(page.get_by_role("img", name="QR code of a link to this run")).to_be_visible()
    drawn = {tuple(each) for each in page.evaluate(DARK)}
    rows = enumerate(link["qr"], 4)
    assert drawn == {(x, y) for y, row in rows for x, dark in enumerate(row, 4) if dark == "1"}
    assert "/take/" in link["url"]


def test_a_page_of_ones_own_goes_with_the_login(place: Gym, page: Page) -> None:
    paired(page, place)
    logged_in(page, "Ines")
    page.get_by_role("link", name="My runs").click()
    expect(page.locator(".so-far")).to_be_visible()
    theirs = session("r99", state="open", runner=place.key("Ines"))
    place.stage.publish(theirs, running())
    page.wait_for_timeout(300)  # the page has heard of the run
    place.stage.publish(replace(theirs, state="closed"), LiveState())
    expect(page.get_by_role("button", name="Run as guest")).to_be_visible()
    assert "Land softly" not in page.content()


def test_a_login_that_nobody_uses_leaves_the_screen(place: Gym, page: Page) -> None:
    page.clock.install()
    paired(page, place)
    logged_in(page, "Ines")
    place.clock.wait(601.0)
    wait_for(lambda: place.stage.server._door.logins.newest is None, "they are logged out")
    page.clock.fast_forward(606_000)
    expect(page.get_by_role("button", name="Run as guest")).to_be_visible()
    assert "Ines, start" not in page.content()


def test_an_old_run_is_named_and_erased_on_its_own_page(place: Gym, page: Page) -> None:
    page.expected_complaints = "409"  # type: ignore[attr-defined]
    place.keep("old", steps=200)
    paired(page, place)
    page.get_by_role("link", name="Earlier runs").click()
    page.locator(".list a").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Title").fill("Before breakfast")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before breakfast")
    place.clock.wait(16 * 60.0)
    page.get_by_role("button", name="Claim this run").click()
    page.get_by_role("dialog").get_by_role("button", name="Tomas").click()
    page.get_by_label("PIN").fill(PIN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("a run can be claimed for 15 minutes")
    page.keyboard.press("Escape")
    page.goto(f"http://127.0.0.1:{place.stage.port}")
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("link", name="Earlier runs").click()
    page.locator(".list a").click()
    page.get_by_role("button", name="Erase").click()
    page.get_by_role("button", name="Erase it").click()
    expect(page.get_by_text("No run yet.")).to_be_visible()
