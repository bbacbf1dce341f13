"""The real page in a real browser: what lands is drawn, and what is late is not."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from softshoe.events import LiveState
from softshoe.requests import Message

from .runner import focusing, footfall, quieter, running
from .screens import SIZES, inside, opened, run, screen, sized
from .stage import ABOUT, HEALTH, INSOLES, Stage, staged


def test_a_runner_is_drawn_and_counted(stage: Stage, page: Page) -> None:
    stage.publish(ABOUT, HEALTH, running(left_pct=-8.3, right_pct=9.2))
    run(stage, hard_right=True)
    opened(page, stage)
    screen(page, "running")
    left, right = page.locator("[data-foot=left]"), page.locator("[data-foot=right]")
    expect(left.locator("circle")).to_have_count(11)
    expect(left.locator(".ring.now")).to_have_count(1)
    expect(right.locator(".disc.now")).to_have_count(1)
    expect(left.locator(".fan")).to_have_count(1)
    expect(page.locator("[data-soft=left] b")).to_have_text("−8")
    expect(page.locator("[data-soft=right] b")).to_have_text("+9")
    expect(page.locator("[data-soft=right]")).to_have_class("soft R above")
    expect(page.locator(".bal b")).to_have_text(["50.3", "49.7"])
    expect(page.locator("[data-corner=cadence] b")).to_have_text("166")
    expect(page.locator("[data-corner=time] b")).to_have_text("12:47")
    expect(page.locator(".state")).to_have_text("insoles live")
    expect(page.get_by_role("img")).to_have_accessible_name(
        "left foot lands 8 percent below your line, right foot lands 9 percent above your line"
    )


def test_a_footfall_appears_where_it_landed_while_the_foot_is_down(
    stage: Stage, page: Page
) -> None:
    stage.publish(ABOUT, HEALTH, running())
    opened(page, stage)
    screen(page, "running")
    landing, live, _ = footfall(1)
    stage.publish(replace(landing, strike_index_pct=25.0, cop_path=((25.0, 10.0),)))
    mark = page.locator("[data-foot=left] .now")
    expect(mark).to_have_attribute("cx", "60.2")
    expect(mark).to_have_attribute("cy", "299.3")
    stage.publish(replace(live, strike_index_pct=30.0, cop_path=None))
    expect(mark).to_have_attribute("cy", "279.3")
    expect(page.locator("[data-foot=left] circle")).to_have_count(1)


def test_silence_is_not_live_and_shows_no_number(stage: Stage, page: Page) -> None:
    stage.publish(ABOUT, HEALTH, running())
    run(stage)
    opened(page, stage)
    screen(page, "running")
    stage.ticking = False
    screen(page, "not live")
    for place in (".soft .num:not(.pm)", ".bal .num", ".corner .num"):
        for text in page.locator(place).all_inner_texts():
            assert text == "–"
    expect(page.locator("[data-foot] circle")).to_have_count(0)
    expect(page.locator(".state")).to_have_text("not live")
    stage.publish(running())
    screen(page, "running")


def test_a_daemon_that_is_gone_is_not_live_and_comes_back_by_itself(page: Page) -> None:
    page.expected_complaints = "ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|ERR_CONNECTION_RESET"  # type: ignore[attr-defined]
    with staged() as first:
        first.publish(ABOUT, HEALTH, running())
        run(first)
        opened(page, first)
        screen(page, "running")
        settings = first.server._settings
        port = first.port
    screen(page, "not live")
    with staged(settings=replace(settings, port=port)) as second:
        second.publish(ABOUT, HEALTH, replace(running(), running_s=60.0))
        expect(page.locator("[data-corner=time] b")).to_have_text("1:00", timeout=10_000)


def test_a_run_without_a_line_has_no_colour(stage: Stage, page: Page) -> None:
    stage.publish(ABOUT, HEALTH, running(line=None))
    run(stage)
    opened(page, stage)
    expect(page.locator("[data-soft=left]")).to_contain_text("55BW/s")
    expect(page.locator(".line")).to_have_count(0)
    expect(page.locator(".quiet, .over, .ring, .disc")).to_have_count(0)
    expect(page.locator(".band")).to_have_count(2)


def test_a_foot_that_is_silent_is_lost_and_the_other_goes_on(stage: Stage, page: Page) -> None:
    stage.publish(ABOUT, HEALTH, running())
    opened(page, stage)
    run(stage, steps=4)
    gone = replace(INSOLES, name="right insole", state="lost", why="unplugged")
    stage.publish(replace(HEALTH, sources=(replace(INSOLES, name="left insole"), gone)))
    expect(page.locator("[data-foot=right] .sole")).to_have_class("sole lost")
    expect(page.locator("[data-soft=left] b")).to_have_text("−8")
    expect(page.locator(".state")).to_have_text("right insole lost")
    page.get_by_label("right: why?").click()
    expect(page.locator(".why")).to_have_text("No data from the right foot. Check its sensor.")
    expect(page.locator(".bal button")).to_have_text(["–", "–"])


def test_what_one_load_cell_cannot_know_is_said(stage: Stage, page: Page) -> None:
    state = replace(running(), balance_pct=None, left=LiveState().left, right=LiveState().right)
    stage.publish(replace(ABOUT, rig="deck1"), HEALTH, state)
    for number in range(1, 9):
        live = footfall(number)[1]
        stage.publish(replace(live, side=None, foot="a", strike_index_pct=None, cop_path=None))
    opened(page, stage)
    expect(page.locator("[data-foot] .dash")).to_have_count(2)
    page.locator("[data-soft=left] button").click()
    expect(page.locator(".why")).to_have_text("One load cell cannot tell left from right.")


def test_a_runner_who_stops_sees_no_old_values(stage: Stage, page: Page) -> None:
    stage.publish(ABOUT, HEALTH)
    run(stage)
    stage.publish(replace(running(), state="paused"))
    opened(page, stage)
    screen(page, "paused")
    dashed = ".soft .num:not(.pm), .bal .num, [data-corner=cadence] .num"
    assert set(page.locator(dashed).all_inner_texts()) == {"–"}
    expect(page.locator("[data-corner=time] b")).to_have_text("12:47")
    expect(page.locator("[data-foot] circle")).to_have_count(0)


def test_before_the_run_sensors_are_told_in_words(stage: Stage, page: Page) -> None:
    lost = replace(INSOLES, name="deck", state="lost")
    stage.publish(ABOUT, replace(HEALTH, sources=(INSOLES, lost)))
    opened(page, stage)
    screen(page, "ready")
    expect(page.get_by_text("Or just start running.")).to_be_visible()
    expect(page.locator(".words")).to_contain_text("Insoles live500 a second")
    expect(page.locator(".words")).to_contain_text("Deck lostcheck the cable")


SO_FAR = "i" * 10 + "oo" + "i" * 10 + "oooo" + "i" * 8 + "oooo"


@pytest.mark.parametrize("size", SIZES)
def test_pictures(stage: Stage, page: Page, size: str, artefacts: Path) -> None:
    width, height = sized(page, size)
    good = running(left_pct=-7, right_pct=-5)
    hard = running(left_pct=-8, right_pct=9)
    quiet = focusing("i" * 37, on_target_s=64)
    scenes = {
        "ready": [LiveState()],
        "good": [good, quiet],
        "no-line": [replace(hard, line_valr_bw_s=None), focusing("", phase="baseline")],
        "paused": [replace(good, state="paused"), quiet],
        "hard": [hard, focusing(SO_FAR), quieter()],
        "message": [good, quiet, Message(id="m", text="Nice and light. Two minutes.", for_s=8.0)],
    }
    opened(page, stage)
    stage.publish(ABOUT, HEALTH)
    for name, events in scenes.items():
        stage.publish(*events)
        state = events[0].state
        if state == "running":
            run(stage, hard_right=name == "hard")
        screen(page, state)
        picture(page, artefacts, f"{name}-{size}")
        inside(page, width, height)
    stage.publish(good, quiet)
    screen(page, "running")
    stage.ticking = False
    screen(page, "not live")
    picture(page, artefacts, f"not-live-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_pictures_of_what_is_not_measured(
    stage: Stage, page: Page, size: str, artefacts: Path
) -> None:
    width, height = sized(page, size)
    opened(page, stage)
    stage.publish(replace(ABOUT, rig="deck1"), HEALTH, running(left_pct=-7), focusing())
    screen(page, "running")
    picture(page, artefacts, f"unknown-{size}")
    stage.publish(ABOUT)
    run(stage)
    gone = replace(INSOLES, name="right insole", state="lost", why="unplugged")
    stage.publish(replace(HEALTH, sources=(replace(INSOLES, name="left insole"), gone)))
    expect(page.locator("[data-foot=right] .sole.lost")).to_have_count(1)
    picture(page, artefacts, f"right-lost-{size}")
    inside(page, width, height)


def picture(page: Page, artefacts: Path, name: str) -> None:
    page.wait_for_timeout(400)  # transitions
    page.screenshot(path=artefacts / f"live-{name}.png")
