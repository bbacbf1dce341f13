"""What the daemon costs while nobody runs and while somebody does: processor and memory."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
from tests.bench.ports import free_port
from tests.bench.report import number, table

WARM_UP_S = 15.0
MEASURE_S = 30.0
RATE_HZ = 1000


def footprint_table() -> str:
    """Markdown: per cent of one core and resident memory of the daemon and of its broker."""
    with tempfile.TemporaryDirectory() as folder:
        empty = _empty_deck(Path(folder) / "empty.csv")
        rest = ["replay", str(empty), "--rate", str(RATE_HZ)]
        sizes = ["--half-length-mm", "800", "--half-width-mm", "280"]
        rows = [
            ["deck4, 1 kHz, nobody on it", *_measure([*rest, *sizes], Path(folder))],
            ["deck4, 1 kHz, running", *_measure(["demo", "--rig", "deck4"], Path(folder))],
            ["deck4 + insoles, 1 kHz, running", *_measure(["demo"], Path(folder))],
        ]
    header = ["daemon", "its CPU (% of one core)", "its RSS (MB)", "broker's CPU (%)", "RSS (MB)"]
    return table(header, rows)


def _empty_deck(path: Path) -> Path:
    rows = round((WARM_UP_S + MEASURE_S + 10) * RATE_HZ)
    with path.open("w") as file:
        file.write("t_s,fl_n,fr_n,rl_n,rr_n\n")
        file.writelines(f"{i / RATE_HZ},{i % 3},{i % 2},{i % 5},0\n" for i in range(rows))
    return path


def _measure(command: Sequence[str], folder: Path) -> list[str]:
    with _started(command, folder) as daemon:
        time.sleep(WARM_UP_S)
        processes = [daemon, *daemon.children(recursive=True)]
        before = [_cpu_s(process) for process in processes]
        start_s = time.monotonic()
        time.sleep(MEASURE_S)
        passed_s = time.monotonic() - start_s
        cells = []
        for process, before_s in zip(processes, before, strict=True):
            cells.append(number(100 * (_cpu_s(process) - before_s) / passed_s, 1))
            cells.append(number(process.memory_info().rss / 1e6, 0))
    return cells


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


@contextmanager
def _started(command: Sequence[str], folder: Path) -> Iterator[psutil.Process]:
    ports = ["--port", "0", "--mqtt-port", str(free_port()), "--data", str(folder)]
    softshoe = Path(sys.executable).with_name("softshoe")
    process = psutil.Popen([softshoe, *command, *ports], stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(5)
