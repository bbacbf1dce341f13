"""How much of a slow tablet's processor the live page takes, by a short trace of the browser."""

import json

from playwright.sync_api import Browser, Page

from .playing import SLOWED, begin, play, slowed
from .stage import Stage

TRACED_S = 3
FRAME_MS = 1000 / 60
SCRIPT_SHARE = 0.5
"""Of a frame's time on a processor six times slower; measured: a tenth to a fifth of it."""


def script_ms(trace: bytes) -> float:
    """Processor time of the page's scripts on its main thread; waiting for a core is not in it."""
    events = json.loads(trace)["traceEvents"]
    named = [each for each in events if each["name"] == "thread_name"]
    main = {(e["pid"], e["tid"]) for e in named if e["args"]["name"] == "CrRendererMain"}
    calls = [e for e in events if e["name"] == "FunctionCall" and (e["pid"], e["tid"]) in main]
    assert len(calls) > TRACED_S  # something was traced
    return float(sum(call.get("tdur", 0) for call in calls)) / 1000


def test_scripts_leave_most_of_each_frame_free(stage: Stage, page: Page, browser: Browser) -> None:
    slowed(page)
    begin(stage)
    stage.ticking = True
    page.goto(stage.server.url)
    play(stage, page, 1)
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    play(stage, page, TRACED_S, from_s=1)
    per_frame_ms = script_ms(browser.stop_tracing()) / (1000 * TRACED_S / FRAME_MS)
    print(f"{per_frame_ms:.2f} ms of script in a frame of {FRAME_MS:.1f} ms, slowed {SLOWED} times")
    assert per_frame_ms < SCRIPT_SHARE * FRAME_MS
