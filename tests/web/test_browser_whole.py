"""A whole daemon, a runner who hears the coach: a guest lands softly, keeps the run, comes back.

The runner is simulated, twelve times as fast as time; what the page shows is held against what is
true of the simulator's own steps.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean

import pytest
from playwright.sync_api import Page, expect

from softshoe.clock import SystemClock
from softshoe.coaching import Cue, Practised, Window
from softshoe.commands.daemon import Daemon, assembled
from softshoe.config import Config
from softshoe.events import SampleBlock, Step
from softshoe.service import Ending
from softshoe.settings import (
    BrokerSettings,
    CoachSettings,
    FeedSettings,
    SessionSettings,
    StoreSettings,
    WebSettings,
)
from softshoe.systemd import Notifier
from softshoe_hw.simulator.attention import Ears
from softshoe_hw.simulator.parameters import Parameters, Phase, Runner
from softshoe_hw.simulator.source import SimulatorSource

from .test_browser_tablet import HEAR

SPEED = 12.0
RUN_S = 190.0
LEAST_SOFT_S = 15
SEEN = """
window.cues = [];
new MutationObserver(() => {
  const words = document.querySelector(".cue b")?.textContent;
  const place = document.querySelector(".cue");
  if (place && place !== window.lastCue) window.cues.push(words);
  window.lastCue = place;
}).observe(document, { childList: true, subtree: true });
"""


class Held(SimulatorSource):
    """A runner who begins when told to."""

    def __init__(self) -> None:
        runner = Runner(softens_pct=40.0, fatigue_pct_per_10_min=0.0)
        schedule = (Phase(belt_m_s=2.8, duration_s=RUN_S), Phase(activity="stand"))
        parameters = Parameters(runner=runner, schedule=schedule)
        super().__init__(parameters, "deck4", 500.0, speed=SPEED)
        self.go = threading.Event()

    def blocks(self) -> Iterator[SampleBlock]:
        self.go.wait(60)
        yield from super().blocks()


class Treadmill:
    """The daemon, and what its coach has told."""

    def __init__(self, daemon: Daemon, source: Held) -> None:
        self.source = source
        self.url = daemon.url
        self._heard = daemon._hub.subscribe("test", (Cue, Practised), 256)
        self.cues: list[Cue] = []
        self.practised: list[Practised] = []

    def listen(self) -> None:
        for published in self._heard.take(0.0):
            event = published.event
            if isinstance(event, Cue):
                self.cues.append(event)
            else:
                self.practised.append(event)


@contextmanager
def treadmill(folder: Path) -> Iterator[Treadmill]:
    config = Config(
        web=WebSettings(port=0),
        broker=BrokerSettings(embedded=False),
        feed=FeedSettings(enabled=False),
        store=StoreSettings(path=str(folder / "softshoe.db")),
        session=SessionSettings(silence_s=3600.0),
        coach=CoachSettings(warm_up_s=60.0),
    )
    source, ending = Held(), Ending()
    ears = lambda hub: (Ears(source.attention, hub),)  # noqa: E731
    with assembled(config, source, SystemClock(), company=ears) as daemon:
        thread = threading.Thread(
            target=daemon.service(Notifier({}), patient=True).run, args=(ending,)
        )
        thread.start()
        try:
            yield Treadmill(daemon, source)
        finally:
            source.go.set()
            ending.ask()
            thread.join(10)
            assert not thread.is_alive()


def type_pin(page: Page, pin: str) -> None:
    page.get_by_label(re.compile("PIN")).fill(pin)
    page.keyboard.press("Enter")


def join(page: Page, name: str, pin: str) -> None:
    page.get_by_role("dialog").get_by_label("Your name").fill(name)
    type_pin(page, pin)
    expect(page.get_by_label("The same PIN once more")).to_be_visible()
    type_pin(page, pin)


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Runner").click()
    page.get_by_role("dialog").get_by_role("button", name="Log out").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def run_softly(page: Page, mill: Treadmill) -> None:
    """A guest chooses a skill, and runs until it has been minded."""
    page.goto(mill.url)
    page.get_by_role("button", name="Choose one skill").click()
    page.get_by_role("dialog").get_by_role("button", name="Land softly").click()
    page.get_by_role("switch", name="Sound").click()
    page.get_by_role("button", name="Run as guest").click()
    mill.source.go.set()
    expect(page.locator("h1")).to_have_text("Land softlydone for this run", timeout=60_000)


def end_the_run(page: Page) -> None:
    unlock = page.get_by_role("button", name="Hold to unlock")
    if unlock.count():
        unlock.press("Enter")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="End the run").click()


def true_steps(mill: Treadmill) -> list[Step]:
    """With times since the first of them, as the session counts."""
    steps = list(mill.source.true_steps(RUN_S))
    return [step for step in steps if step.valr13_bw_s is not None]


def mean_between(steps: list[Step], from_s: float, to_s: float) -> float:
    zero_s = steps[0].t_s
    return fmean(
        step.valr13_bw_s
        for step in steps
        if from_s <= step.t_s - zero_s < to_s and step.valr13_bw_s
    )


def cued_only_while_hard(cues: list[Cue], steps: list[Step], window: Window, target: float) -> None:
    """Before each cue the steps were truly hard; they were soft for long, without a cue."""
    soft = {
        second
        for second in range(int(window.from_s) + 3, int(window.to_s))
        if mean_between(steps, second - 3.0, second) < 0.95 * target
    }
    assert len(soft) >= LEAST_SOFT_S
    assert len(cues) >= 1
    for cue in cues:
        assert window.from_s <= cue.t_s <= window.to_s
        assert int(cue.t_s) not in soft
        assert mean_between(steps, cue.t_s - 3.0, cue.t_s) > 0.95 * target


def shown_change_pct(page: Page) -> tuple[float, float]:
    """The change and its noise, as they stand on the screen."""
    written = page.locator(".res .num").inner_text().replace("−", "-")
    found = re.fullmatch(r"([+-]?\d+)\s*% ± (\d+)", written)
    assert found, written
    return float(found[1]), float(found[2])


def test_a_guest_lands_softly_keeps_the_run_and_comes_back(
    page: Page, tmp_path: Path, artefacts: Path
) -> None:
    page.add_init_script(HEAR)
    page.add_init_script(SEEN)
    page.expected_complaints = "404"  # type: ignore[attr-defined]
    with treadmill(tmp_path) as mill:
        run_softly(page, mill)
        end_the_run(page)
        expect(page.locator(".res")).to_be_visible(timeout=10_000)
        page.screenshot(path=artefacts / "whole-done.png")
        mill.listen()
        last = mill.practised[-1]
        steps = true_steps(mill)

        assert last.result.target is not None
        (window,) = last.windows
        cued_only_while_hard(mill.cues, steps, window, last.result.target)
        said = [words for words in page.evaluate("heard") if words not in ("click", "Sound on.")]
        assert said == [cue.say for cue in mill.cues]
        assert len(page.evaluate("cues")) == len(mill.cues)

        baseline = mean_between(steps, 0.0, 60.0)
        truth_pct = 100 * (mean_between(steps, window.from_s, window.to_s) / baseline - 1)
        change_pct, noise_pct = shown_change_pct(page)
        assert truth_pct < -15
        assert change_pct == pytest.approx(truth_pct, abs=min(noise_pct, 4.0))

        page.get_by_role("button", name="Claim this run").click()
        page.get_by_role("dialog").get_by_role("button", name="New name").click()
        join(page, "Ines", "2468")
        expect(page.get_by_text("This run is Ines's.")).to_be_visible()
        log_out(page)

        page.get_by_role("button", name="Ines").click()
        type_pin(page, "2468")
        expect(page.get_by_text("Ines, start running.")).to_be_visible()
        page.get_by_role("button", name="Choose one skill").click()
        card = page.get_by_role("dialog").get_by_role("button", name="Land softly")
        expect(card).to_contain_text("2 minutes")
        page.keyboard.press("Escape")
        page.get_by_role("link", name="My runs").click()
        expect(page.locator(".list a")).to_have_count(1)
        expect(page.locator(".so-far")).to_contain_text("Land softly")
        page.goto(mill.url)
        log_out(page)

        page.get_by_role("button", name="New name").click()
        join(page, "Tomas", "1357")
        page.get_by_role("link", name="My runs").click()
        expect(page.get_by_text("No run yet.")).to_be_visible()
        page.goto(f"{mill.url}runs/{last.session}")
        expect(page.get_by_role("alert")).to_have_text("There is no such run.")
        page.goto("about:blank")
