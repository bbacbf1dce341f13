"""What `softshoe watch` writes: a table drawn again and again, lines of changes, JSON or CSV."""

import csv
import io
import os
from collections.abc import Callable, Sequence
from shutil import get_terminal_size
from typing import Protocol

import click
import msgspec

from softshoe.commands.text_table import text_table
from softshoe.commands.watched import HEADING, TOPICS, WORDS, Gym
from softshoe.events import Step
from softshoe.export.rows import COLUMNS, row
from softshoe.feed.contract import ANSWER, LANDING, LIVE_STEP, Topic
from softshoe.feed.hearing import Heard

_EVERY_S = 0.5
_HOME, _END_OF_LINE, _TO_THE_END = "\x1b[H", "\x1b[K", "\x1b[J"


class View(Protocol):
    """Takes what is heard, and says the state of the connection."""

    @property
    def topics(self) -> Sequence[Topic]: ...

    def take(self, heard: Heard) -> None: ...

    def turn(self, trouble: str | None) -> None:
        """To be called often; ``trouble``: what stands between here and the broker."""


class JsonLines:
    """Every message as one line, as it came."""

    topics = (*TOPICS, LANDING, LIVE_STEP, ANSWER)

    def take(self, heard: Heard) -> None:
        line = {
            "device": heard.device,
            "topic": heard.topic.path,
            "retained": heard.retained,
            "message": heard.message,
        }
        click.echo(msgspec.json.encode(line).decode())

    def turn(self, trouble: str | None) -> None:
        """Nothing but messages is written."""


class CsvRows:
    """Every step as one row, as soon as it is over."""

    topics = (LIVE_STEP,)

    def __init__(self) -> None:
        click.echo(_csv(("device", "at", *COLUMNS)))

    def take(self, heard: Heard) -> None:
        step: Step | None = heard.event
        if step is not None:
            click.echo(_csv((heard.device, heard.message.get("at"), *row(step).values())))

    def turn(self, trouble: str | None) -> None:
        """Nothing but rows is written."""


def _csv(cells: Sequence[object]) -> str:
    """Empty for what is not known; a list as JSON."""
    line = io.StringIO()
    texts = [
        msgspec.json.encode(cell).decode() if isinstance(cell, list) else cell for cell in cells
    ]
    csv.writer(line, lineterminator="").writerow(texts)
    return line.getvalue()


class Table:
    """A terminal's screen: the table, drawn again twice a second."""

    topics = TOPICS

    def __init__(self, monotonic_s: Callable[[], float], where: str) -> None:
        self._monotonic_s = monotonic_s
        self._where = where
        self._gym = Gym(monotonic_s)
        self._drawn_s = float("-inf")

    def take(self, heard: Heard) -> None:
        self._gym.take(heard)

    def turn(self, trouble: str | None) -> None:
        if self._monotonic_s() - self._drawn_s >= _EVERY_S:
            self._drawn_s = self._monotonic_s()
            click.echo(self._picture(trouble, get_terminal_size()), nl=False)

    def _picture(self, trouble: str | None, size: os.terminal_size) -> str:
        rows = self._gym.rows()
        table = text_table([HEADING, *rows], WORDS).splitlines()
        lines = [trouble or f"{len(rows)} treadmills at {self._where}, Ctrl-C ends", "", *table]
        room = size.lines - 1
        if len(lines) > room:
            left_out = len(lines) - room + 1
            lines = [*lines[: room - 1], f"and {left_out} more: name some with --device"]
        shown = [line[: size.columns] + _END_OF_LINE for line in lines]
        return _HOME + "\n".join(shown) + _TO_THE_END


class ChangedLines:
    """Where there is no terminal: a line whenever something changed of a treadmill."""

    topics = TOPICS

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        self._gym = Gym(monotonic_s)
        self._said: dict[str, tuple[str, ...]] = {}

    def take(self, heard: Heard) -> None:
        self._gym.take(heard)

    def turn(self, trouble: str | None) -> None:
        for cells in self._gym.rows():
            if self._said.get(cells[0]) != cells:
                self._said[cells[0]] = cells
                named = zip(HEADING[1:], cells[1:], strict=True)
                known = [f"{name} {cell}" for name, cell in named if cell not in ("", "–")]
                click.echo(f"{cells[0]}  {'  '.join(known)}")
