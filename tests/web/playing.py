"""A run played to a page as it would come: three steps a second, a focus, a cue now and then."""

import time

from msgspec.structs import replace
from playwright.sync_api import CDPSession, Page

from .runner import focusing, footfall, quieter, running
from .stage import ABOUT, HEALTH, Stage

STEPS_PER_S = 3
CUE_EVERY_S = 15
SLOWED = 6
COUNT_FRAMES = """
window.framesEachSecond = [];
let began = null;
function count(now) {
  began ??= now;
  const second = Math.floor((now - began) / 1000);
  while (framesEachSecond.length <= second) framesEachSecond.push(0);
  framesEachSecond[second] += 1;
  requestAnimationFrame(count);
}
requestAnimationFrame(count);
"""


def slowed(page: Page, times: int = SLOWED) -> CDPSession:
    """The page on a processor so many times slower."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
    session.send("Performance.enable")
    return session


def begin(stage: Stage) -> None:
    stage.publish(ABOUT, HEALTH, running(), focusing(""))


def play(stage: Stage, page: Page, seconds: int, from_s: int = 0) -> None:
    """So many seconds of running, in real time."""
    began_s = time.monotonic()
    for second in range(from_s, from_s + seconds):
        _tell_second(stage, second)
        for step in range(STEPS_PER_S):
            due_s = began_s + (second - from_s) + step / STEPS_PER_S
            page.wait_for_timeout(max(0.0, 1000 * (due_s - time.monotonic())))
            _step(stage, second * STEPS_PER_S + step + 1)
    page.wait_for_timeout(max(0.0, 1000 * (began_s + seconds - time.monotonic())))


def _tell_second(stage: Stage, second: int) -> None:
    left_pct, right_pct = -8 + second % 5, 9 - second % 7
    state = replace(running(left_pct=left_pct, right_pct=right_pct), running_s=float(second))
    so_far = "".join("o" if each % 9 == 0 else "i" for each in range(second % 60))
    stage.publish(state, focusing(so_far, on_target_s=second * 8 / 9))
    if second % CUE_EVERY_S == CUE_EVERY_S - 1:
        stage.publish(quieter(second))


def _step(stage: Stage, number: int) -> None:
    for moment in footfall(number, hard=number % 6 == 0):
        stage.publish(moment)


def metric(session: CDPSession, name: str) -> float:
    """One of the browser's own figures of the page, in its unit."""
    answer = session.send("Performance.getMetrics")
    return next(float(each["value"]) for each in answer["metrics"] if each["name"] == name)
