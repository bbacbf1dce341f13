"""`softshoe calibrate`: from counts to newtons, by standing and rolling, live or recorded."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from softshoe.calibrating.plan import plan_for
from softshoe.calibrating.procedure import Subject, name_at
from softshoe.calibrating.wizard import Stage, Wizard
from softshoe.calibrations import Calibration
from softshoe.clock import Clock, SystemClock, rfc3339
from softshoe.commands.configured import load_configuration, source_of, subject_of
from softshoe.commands.places import find_database
from softshoe.commands.recorded_calibration import calibrate_recording
from softshoe.commands.text_table import text_table
from softshoe.config import Config
from softshoe.errors import InputError
from softshoe.events import SampleBlock, Tick
from softshoe.gait.weight import stated_n
from softshoe.rigs import Conditions
from softshoe.roles import Source
from softshoe.store.calibrations import claimed
from softshoe_hw.recording import read_recording

_HEADING = ("", "what", "found")


@click.command()
@click.argument("recording", required=False, type=click.Path(path_type=Path))
@click.option("--mass-kg", type=click.FloatRange(20, 300), help="Of whoever stands there, dressed.")
@click.option("--weight-n", type=click.FloatRange(200, 3000), help="The same as a force.")
@click.option("--heel-drops", is_flag=True, help="Also measure how the deck rings.")
@click.option("--run/--no-run", default=True, help="Check twenty steps at the end.")
@click.option("--anyway", is_flag=True, help="Keep it even if a check fails.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of runs.  [default: as softshoe.toml says, else softshoe in your state folder]",
)
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="softshoe.toml.")
@click.option("--json", "as_json", is_flag=True, help="What was found, as JSON.")
def calibrate(
    recording: Path | None,
    mass_kg: float | None,
    weight_n: float | None,
    heel_drops: bool,
    run: bool,
    anyway: bool,
    data: Path | None,
    config: Path | None,
    as_json: bool,
) -> None:
    """Calibrate the sensors that softshoe.toml names, or those of a calibration RECORDING.

    Tells what to do, step by step, and keeps what it found unless a check fails: then the exit code
    is 1. Stop the daemon first: it holds the sensors and the database.
    """
    weight_n = weight_n or stated_n(Conditions(body_mass_kg=mass_kg))
    with claimed(find_database(data, config, os.environ)) as keeper:
        if recording:
            at = rfc3339(SystemClock().wall())
            found = calibrate_recording(read_recording(recording), weight_n, at)
        else:
            settings = load_configuration(config)
            found = _calibrate_configured(settings, weight_n, heel_drops=heel_drops, run=run)
        _show(found, as_json)
        passed = all(each.passed for each in found)
        if passed or anyway:
            keeper.keep(found)
    if not passed:
        kept = "kept all the same" if anyway else "not kept"
        click.echo(f"softshoe calibrate: a check failed; {kept}", err=True)
        sys.exit(1)


def _calibrate_configured(
    settings: Config, weight_n: float | None, *, heel_drops: bool, run: bool
) -> tuple[Calibration, ...]:
    weight_n = weight_n or stated_n(Conditions(body_mass_kg=settings.runner.body_mass_kg))
    if weight_n is None:
        raise click.UsageError("say who stands there: --mass-kg or --weight-n")
    clock = SystemClock()
    source = source_of(settings.source, clock, settings.belt)
    try:
        subject = subject_of(settings.source, source.rig, weight_n)
        return calibrate_live(source, subject, clock, heel_drops=heel_drops, run=run)
    finally:
        source.close()


def calibrate_live(
    source: Source, subject: Subject, clock: Clock, *, heel_drops: bool, run: bool
) -> tuple[Calibration, ...]:
    """Lead through all phases on a source's samples."""
    wizard = Wizard(subject, plan_for(subject.rig, heel_drops=heel_drops, run=run))
    screen = _Screen()
    for item in source.blocks():
        if isinstance(item, SampleBlock | Tick):
            wizard.feed(item)
        if wizard.stage.doing == "waiting":
            wizard.obey("start")
        screen.show(wizard.stage)
        if wizard.stage.doing == "done":
            break
    else:
        task = wizard.stage.task
        raise InputError(f"{source.name}: the samples ended during the phase {task}; repeat it")
    at = rfc3339(clock.wall())
    return wizard.result(name_at(at), at)


class _Screen:
    """Says each task once, then counts down, on standard error."""

    def __init__(self) -> None:
        self._told: str | None = None
        self._line = ""

    def show(self, stage: Stage) -> None:
        if stage.task and stage.task != self._told:
            self._told = stage.task
            click.echo(f"\n{stage.number} of {stage.of}. {stage.instruction}", err=True)
        line = _countdown(stage)
        if line != self._line and sys.stderr.isatty():
            click.echo(f"\r\033[K{line}", nl=False, err=True)
        if stage.doing == "done":
            click.echo("", err=True)
        self._line = line


def _countdown(stage: Stage) -> str:
    words = {"ready": "get ready", "measuring": "measuring"}.get(stage.doing)
    if words is None or stage.seconds_left is None:
        return ""
    silent = f"  nothing is heard of: {', '.join(stage.silent)}" if stage.silent else ""
    return f"   {words} … {stage.seconds_left:.0f} s{silent}"


def _show(found: Sequence[Calibration], as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    for calibration in found:
        click.echo(f"{calibration.name}  {calibration.board}  {calibration.kind}")
        rows = [_HEADING, *((_word(c.passed), c.item, c.found) for c in calibration.checks)]
        click.echo(text_table(rows, words=3))
        for check in calibration.checks:
            if not check.passed:
                click.echo(f"{check.item}: {check.advice}")


def _word(passed: bool) -> str:
    return "ok" if passed else "FAIL"
