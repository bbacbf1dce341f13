"""`softshoe sessions`: the runs that are stored."""

import os
from datetime import datetime
from pathlib import Path

import click
import msgspec

from softshoe.commands.places import find_database
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
        click.echo(table(found))
    else:
        click.echo(f"no runs in {path}", err=True)


def table(sessions: list[Session]) -> str:
    """One line a session below a heading; "–" is what is not known."""
    rows = [_HEADING, *map(_row, sessions)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    words = [cell.ljust(width) for cell, width in zip(row[:4], widths, strict=False)]
    numbers = [cell.rjust(width) for cell, width in zip(row[4:], widths[4:], strict=True)]
    return "  ".join([*words, *numbers])


def _row(session: Session) -> tuple[str, ...]:
    means = session.all
    return (
        session.session,
        _local(session.started_at),
        session.rig,
        session.state,
        str(session.steps),
        _minutes(session.duration_s),
        _number(session.distance_m and session.distance_m / 1000, 2),
        _number(means.cadence_spm, 0),
        _number(means.contact_ms, 0),
        _number(means.valr_bw_s, 1),
    )


def _local(moment: str | None) -> str:
    if moment is None:
        return "clock not set"
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
