"""`softshoe pair`: let a tablet in, list those that were, and send one away."""

import os
import re
import sys
from pathlib import Path
from typing import get_args

import click

from softshoe.clock import SystemClock
from softshoe.commands.places import find_database
from softshoe.commands.text_table import text_table
from softshoe.errors import InputError
from softshoe.people import PIN, Scope, Tablet
from softshoe.store.database import prepare
from softshoe.store.tablets import CODE_S, Tablets

_HEADING = ("tablet", "name", "scope", "paired")


@click.command()
@click.option(
    "--scope",
    type=click.Choice(get_args(Scope)),
    default="runner",
    show_default=True,
    help="What the tablet may do.",
)
@click.option("--list", "listing", is_flag=True, help="List the tablets that were paired.")
@click.option("--revoke", metavar="TABLET", help="Send a tablet away: the id that --list shows.")
@click.option("--new-pin", is_flag=True, help="Set another PIN.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of runs.  [default: as softshoe.toml says, else softshoe in your state folder]",
)
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="softshoe.toml.")
def pair(
    scope: Scope,
    listing: bool,
    revoke: str | None,
    new_pin: bool,
    data: Path | None,
    config: Path | None,
) -> None:
    """Show a code to type on a tablet. The first time, set the PIN of this machine.

    It works whether or not the daemon runs.
    """
    path = find_database(data, config, os.environ)
    prepare(path)
    tablets = Tablets(path, SystemClock())
    if listing:
        _list(tablets)
    elif revoke is not None:
        _revoke(tablets, revoke)
    else:
        _show_code(tablets, scope, new_pin)


def _show_code(tablets: Tablets, scope: Scope, new_pin: bool) -> None:
    if new_pin or not tablets.has_pin:
        tablets.set_pin(_ask_pin())
    code = tablets.new_code(scope)
    click.echo(f"{code}  type it on the tablet within {CODE_S / 60:.0f} minutes (scope {scope})")


def _ask_pin() -> str:
    pin: str = click.prompt(
        "PIN of this machine, 4 to 8 digits",
        hide_input=sys.stdin.isatty(),  # what comes through a pipe is not seen anyway
        confirmation_prompt="Once more",
    )
    if not re.match(PIN, pin):
        raise InputError("the PIN must be 4 to 8 digits: nothing was changed")
    return pin


def _list(tablets: Tablets) -> None:
    found = tablets.all()
    if found:
        click.echo(text_table([_HEADING, *map(_row, found)], words=4))
    else:
        click.echo("no tablet is paired", err=True)


def _row(tablet: Tablet) -> tuple[str, ...]:
    return tablet.tablet, tablet.name, tablet.scope, tablet.paired_at or "clock not set"


def _revoke(tablets: Tablets, tablet: str) -> None:
    if not tablets.revoke(tablet):
        raise InputError(f"{tablet}: no tablet has this id; softshoe pair --list shows them")
    click.echo(f"{tablet} is not let in any more")
