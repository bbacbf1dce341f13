"""How smoothly the coach's wall runs with 40 treadmills on a slowed browser, as Markdown."""

import shutil
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from playwright.sync_api import Page, sync_playwright
from tests.bench.report import machine, number, put_section, table
from tests.web.conftest import QUIET
from tests.web.playing import COUNT_FRAMES, SLOWED, STEPS_PER_S, slowed
from tests.web.runner import footfall
from tests.web.stage import Stage, staged
from tests.web.treadmills import Treadmills, treadmills, websocket_broker

from softshoe.feed.contract import LANDING, LIVE_STEP
from softshoe.settings import FeedSettings, WallSettings

README = Path(__file__).parents[2] / "web" / "README.md"
TREADMILLS = 40
WATCHED = f"treadmill-{TREADMILLS}"
EVERY_TURNS = 4
NOTE_TURNS = """
window.turns = [];
let before = null;
function look() {
  const beam = document.querySelector("[data-device='WATCHED'] .beam-line");
  const now = beam?.getAttribute("transform") ?? null;
  if (now !== null && now !== before) turns.push(Date.now());
  before = now;
  requestAnimationFrame(look);
}
requestAnimationFrame(look);
""".replace("WATCHED", WATCHED)


class Gym:
    """Every treadmill says its state and two moments of a step, three times a second."""

    def __init__(self, speaking: Treadmills) -> None:
        self.turned_s: list[float] = []
        """When the watched runner's balance was told to be another."""
        self._speaking = speaking
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Gym":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        turn, due_s = 0, time.monotonic()
        while not self._stop.is_set():
            for index in range(1, TREADMILLS + 1):
                due_s += 1 / STEPS_PER_S / TREADMILLS
                self._stop.wait(max(0.0, due_s - time.monotonic()))
                self._say(index, turn)
            turn += 1

    def _say(self, index: int, turn: int) -> None:
        device = f"treadmill-{index}"
        landing, live, _ = footfall(turn + 1, session=f"run-{device}")
        self._speaking.say(device, LANDING, landing)
        self._speaking.say(device, LIVE_STEP, live)
        balance_pct = 49.0 + turn // EVERY_TURNS % 2
        if device == WATCHED and turn % EVERY_TURNS == 0:
            self.turned_s.append(time.time())
        pct = -12 + (index + turn) % 9
        self._speaking.run(device, pct, pct + 2, balance_pct=balance_pct, steps=turn + 1)


def opened(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.server.url}coach")
    page.get_by_label("Six digits").fill(stage.people.tablets.new_code("coach"))
    page.get_by_role("button", name="Pair", exact=True).click()
    page.locator(f".t.running[data-device='{WATCHED}']").wait_for()


def measured(page: Page, gym: Gym, seconds: int) -> tuple[float, int, list[float]]:
    """Frames a second, those of the worst second, and from publishing to a frame, in ms."""
    page.wait_for_timeout(2000)
    seen, from_s = len(page.evaluate("framesEachSecond")), time.time()
    page.wait_for_timeout(1000 * seconds)
    frames = page.evaluate("framesEachSecond")[seen:-1]
    shown_s = [at_ms / 1000 for at_ms in page.evaluate("turns")]
    told_s = [at_s for at_s in gym.turned_s if from_s < at_s < time.time() - 1]
    waits = [1000 * (min(s for s in shown_s if s >= told - 0.001) - told) for told in told_s]
    return sum(frames) / len(frames), min(frames), sorted(waits)


def row(page: Page, gym: Gym, stage: Stage, way: str, seconds: int) -> list[str]:
    page.add_init_script(COUNT_FRAMES + NOTE_TURNS)
    opened(page, stage)
    slowed(page)
    frames_per_s, worst, waits = measured(page, gym, seconds)
    middle = waits[len(waits) // 2]
    return [way, number(frames_per_s, 1), str(worst), number(middle, 0), number(waits[-1], 0)]


def wall_text(seconds: int, pictures: Path) -> str:
    """The table, and what it was measured on."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise click.ClickException("no chromium on this machine (apt-get install chromium)")
    rows = []
    with (
        TemporaryDirectory() as folder,
        websocket_broker(Path(folder)) as broker,
        treadmills(broker) as speaking,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        for index in range(1, TREADMILLS + 1):
            speaking.come(f"treadmill-{index}", f"Runner {index}")
        ways = {
            "straight": (None, WallSettings(websocket=broker.url)),
            "relayed": (FeedSettings(port=broker.port), WallSettings()),
        }
        for way, (feed, wall) in ways.items():
            with Gym(speaking) as gym, staged(feed=feed, wall=wall) as stage:
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                rows.append(row(page, gym, stage, way, seconds))
                page.screenshot(path=pictures / f"wall-{TREADMILLS}-{way}.png")
                page.close()
        browser.close()
    header = ["way", "frames a second", "worst second", "to a frame, middle (ms)", "longest (ms)"]
    return (
        f"{TREADMILLS} treadmills at {STEPS_PER_S} steps a second, each step told three times, for "
        f"{seconds} s a way. Chromium on {machine()}, slowed {SLOWED} times by its own emulation; "
        "from publishing at mosquitto to the frame that shows it.\n\n" + table(header, rows)
    )


@click.command()
@click.option("--seconds", default=30, show_default=True, help="How long to run each way.")
@click.option("--write", is_flag=True, help="Put the table into web/README.md.")
def main(seconds: int, write: bool) -> None:
    """Print how smoothly the wall runs."""
    pictures = Path(__file__).parents[2] / "artefacts"
    pictures.mkdir(exist_ok=True)
    text = wall_text(seconds, pictures)
    click.echo(text)
    if write:
        put_section("wall", text, README)


if __name__ == "__main__":
    main()
