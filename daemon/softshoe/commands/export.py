"""`softshoe export`: a stored run as files to take home."""

import os
from pathlib import Path

import click

from softshoe.commands.places import find_database
from softshoe.errors import InputError
from softshoe.events import Session
from softshoe.export.files import FORMATS, File, Format, files_of
from softshoe.export.replace import replacing
from softshoe.export.spans import focus_windows
from softshoe.export.stored import stored_steps
from softshoe.store.practice import Practice
from softshoe.store.queries import Runs

LATEST = "latest"


@click.command()
@click.argument("session")
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    default="fit",
    show_default=True,
    help="An activity for other apps, the table of steps, one page to read, or everything.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Folder for the files; made if needed.  [default: the current one]",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of runs.  [default: as softshoe.toml says, else softshoe in your state folder]",
)
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="softshoe.toml.")
def export(session: str, format: Format, out: Path, data: Path | None, config: Path | None) -> None:
    """Write the stored run SESSION (`softshoe sessions` lists them) to files named after it.

    SESSION may be `latest`. A run that is still going on is written as far as it has come.
    """
    path = find_database(data, config, os.environ)
    make_files = files_of(format)
    runs = Runs(path)
    found = _find(runs, session, path)
    out.mkdir(parents=True, exist_ok=True)
    windows = focus_windows(Practice(path).of_session(found.session))
    for file in make_files(found, stored_steps(runs, found.session), windows):
        click.echo(_write(file, out))
    if found.started_at is None:
        click.echo("the clock was not set during this run: its date is not known", err=True)


def _find(runs: Runs, session: str, path: Path) -> Session:
    found = next(iter(runs.sessions(1)), None) if session == LATEST else runs.session(session)
    if found is None:
        missing = "no runs" if session == LATEST else f"no run {session}"
        raise InputError(f"{missing} in {path}: see softshoe sessions")
    return found


def _write(file: File, out: Path) -> Path:
    path = out / file.name
    with replacing(path) as draft, draft.open("wb") as written:
        written.writelines(file.chunks)
    return path
