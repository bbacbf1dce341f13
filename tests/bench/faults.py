"""Seconds on the wall's clock until a fault of a board shows, and until it is over.

Two fake insoles on real pseudo-terminals with the whole service behind them; the same is held
against the promised seconds under a clock that the test moves in `tests/faults/`.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
from tests.bench.report import machine, number, table
from tests.faults.pty_feet import PtyFeet

from softshoe.clock import SystemClock

RUNS_S = 6.0
GIVES_UP_AFTER_S = 20.0
NOISE = bytes(range(256)) * 256


def measured(condition: Callable[[], bool]) -> float:
    """Seconds until it holds."""
    began_s = time.monotonic()
    while not condition():
        if time.monotonic() - began_s > GIVES_UP_AFTER_S:
            raise SystemExit("it never happened")
        time.sleep(0.005)
    return time.monotonic() - began_s


class Scenes:
    """One after the other during one run; each gives rows of the table."""

    def __init__(self, feet: PtyFeet) -> None:
        self._feet = feet
        self.rows: list[list[str]] = []

    def play(self) -> None:
        self._feet.plug("usb-1", "left")
        self._feet.plug("usb-2", "right")
        with self._feet.running():
            time.sleep(RUNS_S)
            self._unplugged()
            self._silent()
            self._noise()
            self._twins()

    def _until(self, what: str, promised_s: float | None, condition: Callable[[], bool]) -> None:
        promise = "" if promised_s is None else f"≤ {promised_s:g}"
        self.rows.append([what, number(measured(condition), 2), promise])

    def _is(self, state: str) -> Callable[[], bool]:
        return lambda: self._feet.health("left").state == state

    def _unplugged(self) -> None:
        self._feet.unplug("usb-1")
        self._until("unplugged, until it is `lost`", 1.0, self._is("lost"))
        before = len(self._feet.steps("right"))
        self._until("… until the other foot's next step", None, lambda: self._more_right(before))
        self._feet.plug("usb-3", "left")
        self._until("plugged in elsewhere, until it is `live`", 3.0, self._is("live"))

    def _more_right(self, before: int) -> bool:
        return len(self._feet.steps("right")) > before

    def _silent(self) -> None:
        board = self._feet.ports["usb-3"].board
        board.silent = True
        self._until("silent, until it is `stale`", 0.5, self._is("stale"))
        self._until("… until it is `lost`", 2.0, self._is("lost"))
        board.silent = False
        self._until("speaks again, until it is `live`", None, self._is("live"))

    def _noise(self) -> None:
        board = self._feet.ports["usb-3"].board
        board.change = lambda frame: b"\x05" + frame
        said = "check the cable and the baud rate"
        told = lambda: said in (self._feet.health("left").why or "")  # noqa: E731
        self._until("all frames damaged, until it says what to check", 2.5, told)
        board.change = bytes
        self._until("whole again, until it is `live`", None, self._is("live"))

    def _twins(self) -> None:
        self._feet.unplug("usb-2")
        self._feet.plug("usb-4", "left")
        asked = lambda: "which is right?" in (self._feet.health("left").why or "")  # noqa: E731
        self._until("two left ones, until it asks which is right", None, asked)


@click.command()
def main() -> None:
    """Print how soon faults of boards show."""
    with tempfile.TemporaryDirectory() as folder:
        scenes = Scenes(PtyFeet(Path(folder), SystemClock()))
        scenes.play()
    click.echo(f"Measured on {machine()}.\n")
    click.echo(table(["what happens", "seconds", "promised"], scenes.rows))


if __name__ == "__main__":
    main()
