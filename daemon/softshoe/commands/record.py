"""`softshoe record`: what a source gives, kept in files; of a simulated runner also the truth."""

import select
import signal
import sys
from math import inf
from pathlib import Path
from types import FrameType

import click
from msgspec import structs

from softshoe.clock import SystemClock
from softshoe.commands.configured import boards_of, circuit_of, load_configuration
from softshoe.commands.recorded_calibration import NamedCalibrations
from softshoe.commands.sources import (
    Said,
    player_of,
    recording_of,
    simulator_of,
    source_arguments,
)
from softshoe.config import Config
from softshoe.events import SampleBlock, SourceItem
from softshoe.export.steps import steps_writer
from softshoe.rigs import Rig
from softshoe.roles import Source
from softshoe.store.queries import Runs
from softshoe_hw.cutting import first_seconds
from softshoe_hw.describing import Counts
from softshoe_hw.recorder import Recorder
from softshoe_hw.recording import Recording
from softshoe_hw.recording_files import bare_truth_path, truth_path
from softshoe_hw.sidecar import Fsr
from softshoe_hw.simulator.source import SimulatorSource


@click.command()
@source_arguments
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A folder, or one CSV.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="For --boards.")
@click.option("--seconds", type=click.FloatRange(0, min_open=True), help="Stop after so long.")
def record(said: Said, out: Path, config: Path | None, seconds: float | None) -> None:
    """Record RECORDING, sensor boards or a simulated runner.

    OUT is a new folder, NAME.csv or NAME.csv.gz; of boards it has raw counts and what was lost.

    Stops at the end of RECORDING, after --seconds, or on Ctrl-C. Enter sets a numbered marker.
    """
    recording = recording_of(said)
    if said.boards:
        _keep_boards(load_configuration(config), out, seconds)
    elif recording is None or said.recording is None:
        simulator = simulator_of(said)
        if said.speed is None and seconds is None:
            raise click.UsageError("a simulated runner never stops: --speed max needs --seconds")
        end_s = _keep(simulator, Counts(), out, seconds)
        _write_truth(simulator, out, end_s)
    else:
        for warning in recording.warnings:
            click.echo(f"softshoe record: {warning}", err=True)
        length_s = recording.end_s - recording.start_s
        counts, notes = _counts(said.recording, recording)
        for note in notes:
            click.echo(f"softshoe record: {note}", err=True)
        _keep(player_of(recording, said), counts, out, min(seconds or length_s, length_s))


def _keep_boards(config: Config, out: Path, seconds: float | None) -> None:
    boards = boards_of(config.source, SystemClock(), config.belt)
    try:
        _keep(boards, counts_of_boards(config, boards.rig), out, seconds)
    finally:
        boards.close()


def counts_of_boards(config: Config, rig: Rig) -> Counts:
    """The circuit that is configured, and what is known of these boards by now."""
    circuit = circuit_of(config.source)
    fsr = Fsr(**structs.asdict(circuit)) if rig.insoles else None
    database = Path(config.store.path)
    names = [stream.scaled_by for stream in rig.streams]
    return Counts(fsr=fsr, scales=Runs(database).calibrations(names) if database.exists() else ())


def _counts(path: Path, recording: Recording) -> tuple[Counts, tuple[str, ...]]:
    """What is known of a recording's counts goes along with it; and what is to be said of it."""
    fsr = next((track.fsr for track in recording.tracks if track.fsr), None)
    scales, notes = NamedCalibrations().of(path, recording)
    named = None if scales else recording.calibration
    return Counts(fsr=fsr, calibration=named, phases=recording.phases, scales=scales), notes


def _keep(source: Source, counts: Counts, out: Path, seconds: float | None) -> float:
    """Write until the end; when that was, in seconds of the source."""
    stop = _StopOnSignal()
    start_s, end_s = inf, 0.0
    with Recorder(out, source, counts) as recorder, _Progress(seconds) as progress:
        for item in first_seconds(source.blocks(), source.rig, seconds):
            recorder.write(item)
            start_s = min(start_s, item.first_s if isinstance(item, SampleBlock) else item.t_s)
            end_s = max(end_s, _last_s(item, source))
            progress.show(end_s)
            if _enter_was_pressed():
                click.echo(f" marker {recorder.mark(end_s)} at {end_s:.3f} s", err=True)
            if stop.asked:
                source.close()
    click.echo(f"{out}: {max(0.0, end_s - start_s):.1f} s of {source.rig.name}")
    return end_s


def _last_s(item: SourceItem, source: Source) -> float:
    """The time of its last sample."""
    if not isinstance(item, SampleBlock):
        return item.t_s
    rate_hz = next(one.rate_hz for one in source.rig.streams if one.name == item.stream)
    return item.first_s + (len(item.values) - 1) / rate_hz


def _write_truth(simulator: SimulatorSource, out: Path, end_s: float) -> None:
    write_steps = steps_writer("csv")
    write_steps(list(simulator.true_steps(end_s)), truth_path(out))
    write_steps(list(simulator.true_steps(end_s, filtered=False)), bare_truth_path(out))
    click.echo(f"{truth_path(out)}: what its steps truly are")


def _enter_was_pressed() -> bool:
    if not sys.stdin.isatty():
        return False
    ready, _, _ = select.select([sys.stdin], [], [], 0)
    return bool(ready) and bool(sys.stdin.readline())


class _StopOnSignal:
    """Remembers that Ctrl-C was pressed or the process was asked to end."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


class _Progress:
    """A bar when the end is known, else a word on how to end it."""

    def __init__(self, seconds: float | None) -> None:
        self._first_s: float | None = None
        if seconds is None:
            click.echo("recording until Ctrl-C; Enter sets a marker", err=True)
            seconds = 0.0
        self._bar = click.progressbar(
            length=round(1000 * seconds), file=sys.stderr, hidden=not seconds, show_pos=False
        )

    def show(self, t_s: float) -> None:
        if self._first_s is None:
            self._first_s = t_s
        done_ms = round(1000 * (t_s - self._first_s))
        if done_ms - self._bar.pos >= 100:
            self._bar.update(done_ms - self._bar.pos)

    def __enter__(self) -> "_Progress":
        self._bar.__enter__()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.finish()
        self._bar.render_finish()
