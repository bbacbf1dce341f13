"""`softshoe analyze`: recordings become tables of steps, summaries and pictures."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click
import msgspec
from msgspec import Struct

from softshoe.analysis import Analysis
from softshoe.analysis import analyze as analyze_source
from softshoe.commands.recorded_calibration import NamedCalibrations
from softshoe.commands.recording_arguments import recording_arguments
from softshoe.commands.summary_table import summary_table
from softshoe.commands.traces import traces
from softshoe.errors import InputError, SoftshoeError
from softshoe.export.steps import Format, StepsWriter, steps_writer
from softshoe.export.summary import Summary, encode_summary, quality_of, write_summary
from softshoe_hw.recording import Recording, read_recording
from softshoe_hw.recording_files import recording_name
from softshoe_hw.recording_options import RecordingOptions
from softshoe_hw.recording_source import RecordingSource

_BLOCK_S = 1.0  # nobody waits for the middle of a recording
Plotter = Callable[[Recording, Analysis, Path], None]


class Task(Struct, frozen=True, kw_only=True):
    """What is to be done with each recording."""

    options: RecordingOptions
    as_live: bool
    out: Path
    format: Format
    write_steps: StepsWriter
    plot: Plotter | None
    calibrations: NamedCalibrations


@click.command()
@click.argument("recordings", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Folder for the results; made if needed.  [default: the current one]",
)
@click.option(
    "--format",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    default="csv",
    show_default=True,
    help="Of the table of steps.",
)
@click.option("--plot", is_flag=True, help="Also draw the force with contacts, sides and peaks.")
@click.option("--as-live", is_flag=True, help="As a runner would have seen it, not with hindsight.")
@click.option("--json", "as_json", is_flag=True, help="Print the summaries as JSON.")
@recording_arguments
def analyze(
    recordings: tuple[Path, ...],
    out: Path,
    format: Format,
    plot: bool,
    as_live: bool,
    as_json: bool,
    options: RecordingOptions,
) -> None:
    """Measure every step of each of RECORDINGS.

    A recording is a CSV file (may be gzipped) with its sidecar, a CSV file alone, or a folder that
    softshoe recorded. For each, writes NAME.steps.csv and NAME.summary.json.
    """
    _refuse_same_names(recordings)
    task = Task(
        options=options,
        as_live=as_live,
        out=_made(out),
        format=format,
        write_steps=steps_writer(format),
        plot=_plotter() if plot else None,
        calibrations=NamedCalibrations(),
    )
    summaries, problems = _analyze_all(recordings, task)
    if as_json:
        click.echo(_as_json(summaries))
    elif summaries:
        click.echo(summary_table(summaries))
    for problem in problems:
        click.echo(f"softshoe analyze: {problem}", err=True)
    if len(summaries) < len(recordings):
        click.get_current_context().exit(1)


def _analyze_all(recordings: Sequence[Path], task: Task) -> tuple[list[Summary], list[str]]:
    """The summaries, and a line for everything that went wrong or deserves a word."""
    summaries, problems = [], []
    hidden = len(recordings) < 2 or not sys.stderr.isatty()
    with click.progressbar(recordings, file=sys.stderr, hidden=hidden) as shown:
        for path in shown:
            try:
                summary = _analyze_one(path, task)
            except SoftshoeError as error:
                problems.append(str(error))
            else:
                summaries.append(summary)
                problems += summary.notes
    return summaries, problems


def _analyze_one(path: Path, task: Task) -> Summary:
    recording = read_recording(path, task.options)
    scales, notes = task.calibrations.of(path, recording)
    source = RecordingSource(recording, speed=None, block_s=_BLOCK_S)
    analysis = analyze_source(source, as_live=task.as_live, scales=scales)
    summary = _summary(recording, analysis, notes)
    task.write_steps(analysis.steps, task.out / f"{recording.name}.steps.{task.format}")
    write_summary(summary, task.out / f"{recording.name}.summary.json")
    if task.plot:
        task.plot(recording, analysis, task.out / f"{recording.name}.png")
    return summary


def _summary(recording: Recording, analysis: Analysis, notes: tuple[str, ...]) -> Summary:
    return Summary(
        recording=recording.name,
        activity=analysis.activity,
        cadence_spm=analysis.cadence_spm,
        session=analysis.session,
        quality=quality_of(analysis.steps),
        notes=(*recording.warnings, *notes, *_weight_note(recording, analysis)),
    )


def _weight_note(recording: Recording, analysis: Analysis) -> tuple[str, ...]:
    """The mean force of running is body weight; a scale or a word that says otherwise is wrong."""
    if not any("weight_not_as_stated" in step.quality_reasons for step in analysis.steps):
        return ()
    found_n = analysis.session.conventions.body_weight_n
    note = (
        f"{recording.name}: the mean force of running is {found_n:.0f} N, more than 5 % from the "
        "weight that is stated: calibrate again, or correct what is stated"
    )
    return (note,)


def _refuse_same_names(recordings: Iterable[Path]) -> None:
    """Results are named after recordings, so two of one name would overwrite each other's."""
    counts = Counter(recording_name(path) for path in recordings)
    for name, count in counts.items():
        if count > 1:
            raise InputError(f"{count} recordings are called {name}; analyze them one by one")


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror}") from error
    return folder


def _plotter() -> Plotter:
    try:
        from softshoe.export.plot import write_plot
    except ImportError as error:
        raise InputError("--plot needs matplotlib: pip install 'softshoe[analysis]'") from error

    def plot(recording: Recording, analysis: Analysis, path: Path) -> None:
        body_weight_n = analysis.session.conventions.body_weight_n
        write_plot(traces(recording), analysis.steps, body_weight_n, path)

    return plot


def _as_json(summaries: Sequence[Summary]) -> str:
    return msgspec.json.format(b"[" + b",".join(map(encode_summary, summaries)) + b"]").decode()
