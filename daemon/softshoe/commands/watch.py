"""`softshoe watch`: every treadmill at a broker, for a coach at a laptop."""

import logging
import re
import sys
from pathlib import Path

import click

from softshoe.clock import Clock, SystemClock
from softshoe.commands.watching import ChangedLines, CsvRows, JsonLines, Table, View
from softshoe.errors import ConfigError, InputError
from softshoe.feed.hearing import EVERY, Hearing
from softshoe.settings import FeedSettings

_WAIT_S = 0.05
_TRIES = 2
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def _names(_context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> list[str]:
    for name in names:
        if not re.fullmatch("[a-z0-9-]{1,32}", name):
            raise click.BadParameter(f"{name!r} is no name of a device: a-z, 0-9 and -, 32 at most")
    return list(names) or [EVERY]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Of the broker.")
@click.option("--port", type=click.IntRange(1, 65535), default=1883, show_default=True)
@click.option("--user", default="", help="Whom the broker knows you as.")
@click.option("--password-file", type=_FILE, help="A file that holds the password.")
@click.option("--ca-file", type=_FILE, help="Turns TLS on; the broker's certificate is checked.")
@click.option(
    "--device", "devices", multiple=True, callback=_names, help="Only this one; may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="Every message as a line of JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Every step as a row of CSV.")
@click.option("--seconds", type=click.FloatRange(min=0), help="Stop after so long.")
def watch(
    host: str,
    port: int,
    user: str,
    password_file: Path | None,
    ca_file: Path | None,
    devices: list[str],
    as_json: bool,
    as_csv: bool,
    seconds: float | None,
) -> None:
    """Show what the treadmills at a broker say; to a pipe, a line for each change."""
    if as_json and as_csv:
        raise click.UsageError("choose --json or --csv, not both")
    logging.getLogger("softshoe").addHandler(logging.NullHandler())  # the view says it
    settings = FeedSettings(
        host=host,
        port=port,
        user=user,
        password_file=str(password_file or ""),
        ca_file=str(ca_file or ""),
    )
    clock = SystemClock()
    view = _view(as_json, as_csv, clock, f"{host}:{port}")
    _watch(_hearing(settings, clock, view, devices), view, clock, seconds)


def _view(as_json: bool, as_csv: bool, clock: Clock, where: str) -> View:
    if as_json:
        return JsonLines()
    if as_csv:
        return CsvRows()
    if sys.stdout.isatty():
        return Table(clock.monotonic_s, where)
    return ChangedLines(clock.monotonic_s)


def _hearing(settings: FeedSettings, clock: Clock, view: View, devices: list[str]) -> Hearing:
    try:
        return Hearing(settings, clock.monotonic_s, view.topics, devices)
    except ConfigError as error:
        option, _, why = str(error).removeprefix("[feed] ").partition(":")
        raise InputError(f"--{option.replace('_', '-')}:{why}") from None


def _watch(hearing: Hearing, view: View, clock: Clock, seconds: float | None) -> None:
    until_s = clock.monotonic_s() + (float("inf") if seconds is None else seconds)
    once = False
    try:
        while clock.monotonic_s() < until_s:
            for heard in hearing.hear(_WAIT_S):
                view.take(heard)
            once = once or hearing.state == "connected"
            if not once:
                _give_up(hearing)
            view.turn(hearing.why)
    finally:
        hearing.close()


def _give_up(hearing: Hearing) -> None:
    """A broker that never let us in is a mistake to be told; one that went away may come back."""
    if hearing.state == "denied" or hearing.failures >= _TRIES:
        raise InputError(hearing.why or "the broker does not answer")
