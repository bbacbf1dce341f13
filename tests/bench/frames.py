"""How smoothly the live page runs on a slow tablet, and how soon it paints, as Markdown."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import click
from msgspec import Struct
from playwright.sync_api import CDPSession, Page, sync_playwright
from tests.bench.report import machine, number, put_section, table
from tests.web.conftest import QUIET
from tests.web.playing import COUNT_FRAMES, SLOWED, begin, metric, play, slowed
from tests.web.stage import Stage, staged

README = Path(__file__).parents[2] / "web" / "README.md"
MINUTE_S = 60
SLOW_LINK = {
    "offline": False,
    "latency": 5,
    "downloadThroughput": 10_000_000 / 8,
    "uploadThroughput": 10_000_000 / 8,
}


class Minute(Struct, frozen=True):
    """One minute of running on the slowed page."""

    frames_per_s: float
    worst_second: int
    script_ms_per_frame: float
    heap_mb: float


def minutes_of(stage: Stage, page: Page, minutes: int) -> list[Minute]:
    """Let a run be played, and look after each minute."""
    page.add_init_script(COUNT_FRAMES)
    session = slowed(page)
    begin(stage)
    stage.ticking = True
    page.goto(stage.server.url)
    play(stage, page, 10)
    return [_minute(stage, page, session, each) for each in range(minutes)]


def _minute(stage: Stage, page: Page, session: CDPSession, index: int) -> Minute:
    before_s = metric(session, "ScriptDuration")
    seen = len(page.evaluate("framesEachSecond"))
    play(stage, page, MINUTE_S, from_s=10 + index * MINUTE_S)
    frames: Sequence[int] = page.evaluate("framesEachSecond")[seen:-1]
    script_s = metric(session, "ScriptDuration") - before_s
    session.send("HeapProfiler.collectGarbage")
    return Minute(
        frames_per_s=sum(frames) / len(frames),
        worst_second=min(frames),
        script_ms_per_frame=1000 * script_s / sum(frames),
        heap_mb=metric(session, "JSHeapUsedSize") / 1e6,
    )


def first_paint_ms(stage: Stage, page: Page) -> float:
    """Until something is drawn, over a link of 10 Mbit/s."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINK)
    page.goto(stage.server.url)
    page.locator(".dial").wait_for()
    paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    return float(page.wait_for_function(paint).json_value())


def frames_text(minutes: int) -> str:
    """The table, and what it was measured on."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise click.ClickException("no chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright, staged() as stage:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        paint_ms = first_paint_ms(stage, browser.new_page())
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        run = minutes_of(stage, page, minutes)
        browser.close()
    header = ["minute", "frames a second", "worst second", "script a frame (ms)", "heap (MB)"]
    return (
        f"Chromium on {machine()}, slowed {SLOWED} times by its own emulation; 3 steps a second "
        f"with a focus. First paint over 10 Mbit/s: {paint_ms:.0f} ms.\n\n"
        + table(header, [_row(index, each) for index, each in enumerate(run, 1)])
    )


def _row(index: int, minute: Minute) -> list[str]:
    return [
        str(index),
        number(minute.frames_per_s, 1),
        str(minute.worst_second),
        number(minute.script_ms_per_frame, 2),
        number(minute.heap_mb, 2),
    ]


@click.command()
@click.option("--minutes", default=10, show_default=True, help="How long to run.")
@click.option("--write", is_flag=True, help="Put the table into web/README.md.")
def main(minutes: int, write: bool) -> None:
    """Print how smoothly the live page runs."""
    text = frames_text(minutes)
    click.echo(text)
    if write:
        put_section("frames", text, README)


if __name__ == "__main__":
    main()
