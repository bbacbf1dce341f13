"""The report in a real browser: on one sheet of paper, and no wider than a phone."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser
from tests.daemon.export.runs import WINDOWS, session_of, steps_of

from softshoe.events import Session, Step
from softshoe.export.report import report_page

STEPS = steps_of(2_100)


def full() -> tuple[Session, list[Step]]:
    """As much as a report can hold: every row, every convention, every note."""
    steps = [
        replace(
            step,
            strike_index_pct=14.0,
            step_width_mm=60.0,
            push_impulse_bw_s=0.05,
            impulse_bw_s=0.3,
        )
        for step in STEPS
    ]
    session = session_of(steps, steps=2_200, alias="Somebody with a name of forty letters 12")
    known = replace(session.conventions, slope_deg=1.5, leg_length_mm=928.0)
    return replace(session, conventions=known, started_at=None, clock="unsynced"), steps


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_printed_it_is_one_sheet(browser: Browser, artefacts: Path, paper: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    session, steps = full()
    page.set_content(report_page(session, steps, WINDOWS))
    data = page.pdf(format=paper, print_background=True, path=artefacts / f"report-{paper}.pdf")
    context.close()
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1


@pytest.mark.parametrize(("name", "width"), [("phone", 390), ("desk", 1000), ("a4", 688)])
def test_pictures(browser: Browser, artefacts: Path, name: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    shown = context.new_page()
    shown.emulate_media(media="print" if name == "a4" else "screen")
    shown.set_content(report_page(session_of(STEPS), STEPS, WINDOWS))
    shown.screenshot(path=artefacts / f"report-{name}.png", full_page=True)
    reaches = shown.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert reaches <= width
