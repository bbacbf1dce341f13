"""What sensor boards cost, and whether a sample is lost on the way in.

Decoding by itself, frame by frame; then the whole daemon with two boards of 1 kHz on real
pseudo-terminals, four pages open and a history being exported, for some minutes.
"""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

import click
import numpy as np
from tests.bench.ports import free_port
from tests.bench.report import machine, number, table
from tests.bench.wire_boards import RATE_HZ, SIDES
from tests.bench.wire_load import Load, write_history
from tests.hardware.fake_runner import hello

from softshoe.clock import SystemClock
from softshoe.commands.daemon import assembled
from softshoe.commands.options import local_config
from softshoe.events import BoardReport, SampleBlock, SourceItem
from softshoe.rigs import Conditions, Rig, Stream
from softshoe.service import Ending
from softshoe.settings import BoardSettings
from softshoe.systemd import Notifier
from softshoe_hw.board import Board
from softshoe_hw.boards_source import BoardsSource
from softshoe_hw.devices import serial_devices
from softshoe_hw.frames import decode, encode
from softshoe_hw.messages import Samples

ROWS, CHANNELS = 5, 8
FRAMES = 4000
FRAMES_A_READ = 2
TIMES = 5
PAGES = 4
WARM_UP_S = 3.0


# --- decoding by itself ----------------------------------------------------------------------


def decode_table() -> str:
    """Markdown: microseconds a frame, and the share of a core that two boards take."""
    frames = _frames()
    rows = [
        _row("bytes to messages", frames, lambda: lambda data, _: decode(data)),
        _row("bytes to blocks of samples", frames, _sampling),
    ]
    what = f"{ROWS} × {CHANNELS} values a frame"
    return table([what, "µs a frame", "two boards of 1 kHz, % of one core"], rows)


def _frames() -> list[bytes]:
    chance = np.random.default_rng(1)
    shape = (ROWS, CHANNELS)
    period_us = 1_000_000 // RATE_HZ
    return [
        encode(Samples(n * ROWS, n * ROWS * period_us, chance.integers(0, 1024, shape)), n)
        for n in range(FRAMES)
    ]


def _sampling() -> Callable[[bytes, float], object]:
    """All that a reader does with what it has read."""
    board, words = Board(), hello("left", rate_hz=RATE_HZ)
    _exhaust(board.receive(encode(words, 0), 0.0))
    board.start(Stream("left", RATE_HZ, words.channels, "counts"), 0, 0.0)
    board.say(0.0)
    return lambda data, now_s: _exhaust(board.receive(data, now_s))


def _exhaust(items: Iterator[object]) -> None:
    for _ in items:
        pass


def _row(
    what: str, frames: Sequence[bytes], new: Callable[[], Callable[[bytes, float], object]]
) -> list[str]:
    frame_us = 1e6 * median(_frame_s(frames, new()) for _ in range(TIMES))
    frames_a_second = len(SIDES) * RATE_HZ / ROWS
    return [what, number(frame_us, 1), number(frame_us * 1e-6 * frames_a_second * 100, 2)]


def _frame_s(frames: Sequence[bytes], take: Callable[[bytes, float], object]) -> float:
    """Two frames a read, each a little late."""
    late_s = np.random.default_rng(2).exponential(0.001, len(frames)).tolist()
    began_s = time.process_time()
    for first in range(0, len(frames), FRAMES_A_READ):
        now_s = (first + FRAMES_A_READ) * ROWS / RATE_HZ + late_s[first]
        take(b"".join(frames[first : first + FRAMES_A_READ]), now_s)
    return (time.process_time() - began_s) / len(frames)


# --- the whole daemon ------------------------------------------------------------------------


class CountedBoards:
    """A BoardsSource that counts what it gives."""

    def __init__(self, source: BoardsSource) -> None:
        self.rows = dict.fromkeys(SIDES, 0)
        self.missing = dict.fromkeys(SIDES, 0)
        self.segments: set[tuple[str, int]] = set()
        self.reports: dict[str, BoardReport] = {}
        self._source = source
        self._next: dict[tuple[str, int], int] = {}

    @property
    def name(self) -> str:
        return self._source.name

    @property
    def rig(self) -> Rig:
        return self._source.rig

    @property
    def conditions(self) -> Conditions:
        return self._source.conditions

    def blocks(self) -> Iterator[SourceItem | BoardReport]:
        for item in self._source.blocks():
            if isinstance(item, SampleBlock):
                self._count(item)
            elif isinstance(item, BoardReport):
                self.reports[item.stream] = item
            yield item

    def _count(self, block: SampleBlock) -> None:
        key = (block.stream, block.segment)
        self.missing[block.stream] += block.first_index - self._next.get(key, block.first_index)
        self._next[key] = block.first_index + len(block.values)
        self.rows[block.stream] += len(block.values)
        self.segments.add(key)

    def close(self) -> None:
        self._source.close()


def daemon_table(seconds: float) -> str:
    """Markdown: rates and losses of each board; below it what else went on."""
    with tempfile.TemporaryDirectory() as name, _boards(Path(name)) as boards:
        folder = Path(name)
        feet = [BoardSettings(role="left", rate_hz=RATE_HZ)]
        feet += [BoardSettings(role="right", rate_hz=RATE_HZ)]
        find = partial(serial_devices, folder)
        inner = BoardsSource(feet, SystemClock(), find_devices=find)
        inner.meet()
        source = CountedBoards(inner)
        load, cpu_pct, passed_s = _run(source, folder, seconds)
        unheard = _unplug(boards)
    rows = [_board_row(source, side, passed_s) for side in SIDES]
    header = ["board", "samples", "a second", "lost", "damaged frames", "segments"]
    return f"{table(header, rows)}\n\n{_around(load, cpu_pct, unheard)}"


def _board_row(source: CountedBoards, side: str, passed_s: float) -> list[object]:
    report = source.reports.get(side)
    segments = sum(stream == side for stream, _ in source.segments)
    rate = number(source.rows[side] / passed_s, 1)
    bad = report.bad_frames if report else 0
    return [side, source.rows[side], rate, source.missing[side], bad, segments]


def _around(load: Load, cpu_pct: float, unheard: int) -> str:
    return (
        f"Meanwhile {PAGES} pages heard {load.heard} lines and {load.exported} stored steps were "
        f"exported; all of it took {number(cpu_pct, 0)} % of one core, the boards not counted. "
        f"Bytes that the boards could not get rid of: {unheard}."
    )


def _run(source: CountedBoards, folder: Path, seconds: float) -> tuple[Load, float, float]:
    config = local_config(0, free_port(), folder, {})
    write_history(Path(config.store.path))
    with assembled(config, source, SystemClock()) as daemon:
        service = daemon.service(Notifier({}), patient=False)
        ending = Ending()
        running = threading.Thread(target=service.run, args=(ending,))
        running.start()
        port = int(daemon.url.rstrip("/").rpartition(":")[2])
        load = Load(Path(config.store.path), port, PAGES)
        time.sleep(WARM_UP_S)
        with load.going_on():
            cpu_pct, passed_s = _measure(source, seconds)
        ending.ask()
        running.join()
    return load, cpu_pct, passed_s


def _measure(source: CountedBoards, seconds: float) -> tuple[float, float]:
    """From now on only. CPU in % of a core, and the seconds that it truly took."""
    source.rows.update(dict.fromkeys(SIDES, 0))
    began_s, cpu_s = time.monotonic(), time.process_time()
    time.sleep(seconds)
    passed_s = time.monotonic() - began_s
    return 100 * (time.process_time() - cpu_s) / passed_s, passed_s


@contextmanager
def _boards(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.bench.wire_boards", str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as boards:
        assert boards.stdout is not None
        boards.stdout.readline()
        yield boards


def _unplug(boards: subprocess.Popen[str]) -> int:
    return int(boards.communicate()[0])


@click.command()
@click.option("--minutes", type=click.FloatRange(0, 600), default=0.25, show_default=True)
def main(minutes: float) -> None:
    """Print what boards cost, and what is lost in so many minutes."""
    click.echo(f"Measured on {machine()}.\n\n{decode_table()}")
    if minutes:
        click.echo(f"\n{minutes:g} min of two boards of {RATE_HZ} Hz, live:\n")
        click.echo(daemon_table(60 * minutes))


if __name__ == "__main__":
    main()
