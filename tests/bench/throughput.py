"""How many seconds of running one core measures in a second."""

import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from tests.bench.report import number, table
from tests.recordings.conftest import recordings_folder
from tests.recordings.trials import TRIALS

from softshoe.analysis import analyze
from softshoe.events import Belt, SampleBlock
from softshoe.pipeline import live_pipeline
from softshoe.roles import Source
from softshoe.settings import SessionSettings
from softshoe_hw.recording import Recording, read_recording
from softshoe_hw.recording_source import RecordingSource
from softshoe_hw.simulator.parameters import Parameters, RigName
from softshoe_hw.simulator.source import SimulatorSource

SECONDS = 120.0
RATE_HZ = 1000.0
TIMES = 3
RIGS: dict[RigName, str] = {
    "deck4": "deck4, 1 kHz, live in blocks of 20 ms",
    "insoles": "two insoles of 8 sensors, 1 kHz, live in blocks of 20 ms",
}


def throughput_table() -> str:
    """Markdown: times real time, the median of three."""
    rows = [[what, _times_real_time(SECONDS, _live(rig))] for rig, what in RIGS.items()]
    recordings = _recordings()
    if recordings:
        seconds = sum(recording.end_s - recording.start_s for recording in recordings)
        what = f"{len(recordings)} whole recordings, deck, 300 Hz, once read"
        rows.append([what, _times_real_time(seconds, _whole(recordings))])
    return table(["what one core measures", "times real time"], rows)


def _live(rig: RigName) -> Callable[[], None]:
    source = SimulatorSource(Parameters(), rig, RATE_HZ, speed=None, duration_s=SECONDS)
    blocks = list(source.blocks())

    def run() -> None:
        _feed(source, blocks)

    return run


def _feed(source: Source, blocks: Sequence[SampleBlock | Belt]) -> None:
    pipeline = live_pipeline(source.rig, source.conditions, "bench", SessionSettings())
    for block in blocks:
        _exhaust(pipeline.feed(block))
    _exhaust(pipeline.finish())


def _exhaust(events: Iterator[object]) -> None:
    for _ in events:
        pass


def _recordings() -> list[Recording]:
    paths = [recordings_folder() / f"{stem}.csv.gz" for stem in TRIALS]
    return [read_recording(path) for path in paths if path.is_file()]


def _whole(recordings: Sequence[Recording]) -> Callable[[], None]:
    def run() -> None:
        for recording in recordings:
            analyze(RecordingSource(recording, speed=None, block_s=1.0))

    return run


def _times_real_time(seconds: float, work: Callable[[], None]) -> str:
    spent = []
    for _ in range(TIMES):
        start_s = time.process_time()
        work()
        spent.append(time.process_time() - start_s)
    return number(seconds / median(spent), 0)
