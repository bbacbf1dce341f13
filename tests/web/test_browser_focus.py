"""The minute of attention on the real page: its ring, its cue, its lines, and how it is chosen."""

from typing import get_args

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from softshoe.coach.skills import CREDIT, GUIDES
from softshoe.coaching import FocusOn, History, Metric
from softshoe.events import Command
from softshoe.requests import Message, MessageShown

from .runner import focusing, quieter, running
from .screens import opened, run, screen
from .stage import ABOUT, HEALTH, INSOLES, Stage
from .test_client_build import CLIENT


@pytest.fixture
def attentive(stage: Stage, page: Page) -> Page:
    """A runner in the middle of a good minute."""
    stage.publish(ABOUT, HEALTH, running(), focusing("i" * 30 + "o" * 7, on_target_s=34))
    run(stage)
    opened(page, stage)
    screen(page, "running")
    return page


def ticks(page: Page, kind: str) -> int:
    paths = page.locator(f".tick-{kind}").all()
    return sum((path.get_attribute("d") or "").count("M") for path in paths)


def test_the_ring_shows_the_seconds_and_what_is_left(attentive: Page) -> None:
    expect(attentive.locator("h1")).to_have_text("Land softly")
    assert [ticks(attentive, kind) for kind in ("on", "out", "off", "held")] == [30, 7, 23, 0]
    expect(attentive.get_by_role("timer")).to_have_text("23s")
    expect(attentive.get_by_role("timer")).to_have_accessible_name("23 seconds left of this minute")


def test_the_target_is_the_line_while_landing_softly_is_the_focus(
    stage: Stage, attentive: Page
) -> None:
    expect(attentive.locator(".yours").first).to_have_text("your target")
    stage.publish(replace(focusing(), target=56.0))
    expect(attentive.locator("[data-soft=left] b")).to_have_text("+15")
    stage.publish(replace(focusing(), phase="over"))
    expect(attentive.locator(".yours").first).to_have_text("your line")
    expect(attentive.locator(".clock")).to_have_count(0)
    expect(attentive.locator("h1")).to_have_text("Land softlydone for this run")
    stage.publish(replace(focusing("", phase="warm_up"), left_s=250.0))
    expect(attentive.locator("h1")).to_have_text("Land softlywarm up")
    expect(attentive.get_by_role("timer")).to_have_text("4:10")


def test_lines_are_raked_and_go_at_a_cue(stage: Stage, attentive: Page) -> None:
    stage.publish(focusing("i" * 37, on_target_s=94))
    expect(attentive.locator(".rakes")).to_have_attribute("data-rakes", "6")
    stage.publish(quieter())
    expect(attentive.locator(".rakes")).to_have_attribute("data-rakes", "0")
    expect(attentive.locator(".cue b")).to_have_text("Quieter.")
    expect(attentive.locator(".cue-place")).to_have_attribute("role", "status")


def test_a_cue_goes_by_itself_when_its_time_is_over(stage: Stage, page: Page) -> None:
    page.clock.install()
    stage.publish(ABOUT, HEALTH, running(), focusing())
    opened(page, stage)
    screen(page, "running")
    stage.publish(replace(quieter(), until_s=quieter().t_s + 30))
    expect(page.locator(".cue")).to_have_count(1)
    page.clock.run_for(20_000)
    expect(page.locator(".cue")).to_have_class("cue")
    page.clock.run_for(11_000)
    screen(page, "running")
    expect(page.locator(".cue")).to_have_count(0)


def test_a_runner_with_one_foot_lost_or_who_walks_earns_nothing(
    stage: Stage, attentive: Page
) -> None:
    stage.publish(quieter())
    expect(attentive.locator(".cue")).to_have_count(1)
    lost = replace(INSOLES, name="right insole", state="lost")
    stage.publish(replace(HEALTH, sources=(lost, replace(INSOLES, name="left insole"))))
    expect(attentive.locator(".cue")).to_have_count(0)
    assert [ticks(attentive, kind) for kind in ("on", "out", "held")] == [0, 0, 37]
    stage.publish(HEALTH, replace(running(), state="paused"))
    screen(attentive, "paused")
    assert ticks(attentive, "held") == 37
    expect(attentive.get_by_role("timer")).to_have_text("23s")


def test_a_coachs_words_are_text_and_confirmed(stage: Stage, attentive: Page) -> None:
    told = stage.hub.subscribe("coach", (MessageShown,), 8)
    stage.publish(Message(id="m1", text="<b>Light</b> feet", for_s=8.0))
    expect(attentive.locator(".coach")).to_have_text("<b>Light</b> feet")
    (published,) = told.take(5.0)
    assert published.event == MessageShown("m1")


def test_the_chooser_says_what_measures_each_skill(stage: Stage, page: Page) -> None:
    stage.publish(replace(ABOUT, rig="deck4+insoles"), HEALTH)
    opened(page, stage)
    screen(page, "ready")
    page.get_by_role("button", name="Choose one skill").click()
    rows = page.get_by_role("dialog").locator("li")
    expect(rows).to_have_count(6)
    expect(rows.nth(0)).to_contain_text("measured by step width, one minute")
    expect(rows.nth(1)).to_contain_text("no sensor sees it")
    for row, guide in zip(rows.all(), GUIDES.values(), strict=False):
        expect(row.locator("b")).to_have_text(guide.title)
    expect(page.get_by_text(CREDIT)).to_be_visible()


def test_every_skill_and_metric_has_its_words(stage: Stage, attentive: Page) -> None:
    for skill, guide in GUIDES.items():
        stage.publish(replace(focusing(), skill=skill))
        expect(attentive.locator("h1")).to_have_text(guide.title)
    words = (CLIENT / "src" / "strings.ts").read_text()
    for metric in get_args(Metric):
        assert f"\n    {metric}: " in words


def test_a_choice_is_sent_and_a_refusal_is_told(stage: Stage, page: Page) -> None:
    page.expected_complaints = "503|ERR_FAILED"  # type: ignore[attr-defined]
    stage.publish(ABOUT, HEALTH)
    opened(page, stage)
    screen(page, "ready")
    page.get_by_role("button", name="Choose one skill").click()
    sheet = page.get_by_role("dialog")
    page.route("**/api/v1/focus", lambda route: route.abort())
    sheet.get_by_role("button", name="Push back").click()
    expect(page.get_by_role("alert")).to_have_text(
        "softshoe does not answer. Try again in a moment."
    )
    page.unroute("**/api/v1/focus")
    while stage.wishes.put(Command(0.0, "lap")):
        pass  # nobody takes any
    sheet.get_by_role("button", name="Push back").click()
    expect(page.get_by_role("alert")).to_have_text("Not now: try again in a moment.")
    stage.wishes.take()
    sheet.get_by_role("button", name="Push back").click()
    expect(sheet).to_have_count(0)
    assert stage.wishes.take() == [FocusOn(skill="push", history=History())]
