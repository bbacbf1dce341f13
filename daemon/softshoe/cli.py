"""The front door: `softshoe COMMAND`. Each command is loaded only when it is asked for."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from softshoe.errors import SoftshoeError

COMMANDS = (
    "demo",
    "run",
    "replay",
    "record",
    "analyze",
    "calibrate",
    "sessions",
    "export",
    "watch",
    "pair",
    "doctor",
)
_BROKEN_PIPE = 141  # what a shell says of a program that SIGPIPE ended
_INTERRUPTED = 130


class LazyGroup(click.Group):
    """Finds the command NAME as ``NAME`` in `softshoe.commands.NAME`."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"softshoe.commands.{name}"), name)
        return command


def _say_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        click.echo(f"softshoe {version('softshoe')}")
        context.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Say which version this is.",
)
def softshoe() -> None:
    """Listens to a runner's feet: impact, loading rate, strike, balance and reach of every step."""


def front_door(arguments: Sequence[str]) -> int:
    """Run a command; its exit code. What goes wrong on purpose is one line on standard error."""
    try:
        return softshoe.main(arguments, prog_name="softshoe", standalone_mode=False) or 0
    except SoftshoeError as error:
        return _fail(str(error), error.exit_code)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SystemExit as ended:  # a command that has said itself what went wrong
        return ended.code if isinstance(ended.code, int) else 1
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing left to flush to
        return _BROKEN_PIPE
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error), 1)


def _fail(text: str, exit_code: int) -> int:
    for line in text.splitlines():
        click.echo(f"softshoe: {line}", err=True)
    return exit_code


def main() -> None:
    sys.exit(front_door(sys.argv[1:]))
