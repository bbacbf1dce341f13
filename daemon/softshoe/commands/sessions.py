"""`softshoe sessions`: the runs that are stored."""

import os
from datetime import datetime
from pathlib import Path

import click
import msgspec

from softshoe.commands.places import find_database
from softshoe.commands.text_table import number_text, text_table
from softshoe.events import Session
from softshoe.store.queries import Runs

_HEADING = ("session", "started", "rig", "state", "steps", "time", "km", "spm", "contact", "VALR")


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of runs.  [default: as softshoe.toml says, else softshoe in your state folder]",
)
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="softshoe.toml.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Everything that is known, as JSON.")
def sessions(data: Path | None, config: Path | None, limit: int, as_json: bool) -> None:
    """List stored runs, the newest first."""
    path = find_database(data, config, os.environ)
    found = Runs(path).sessions(limit) if path.exists() else []
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    elif found:
        click.echo(text_table([_HEADING, *map(_row, found)], words=4))
    else:
        click.echo(f"no runs in {path}", err=True)


def _row(session: Session) -> tuple[str, ...]:
    means = session.all
    return (
        session.session,
        _local(session.started_at),
        session.rig,
        session.state,
        str(session.steps),
        _minutes(session.duration_s),
        number_text(session.distance_m and session.distance_m / 1000, 2),
        number_text(means.cadence_spm, 0),
        number_text(means.contact_ms, 0),
        number_text(means.valr_bw_s, 1),
    )


def _local(moment: str | None) -> str:
    if moment is None:
        return "clock not set"
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
