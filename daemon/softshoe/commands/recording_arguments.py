"""What a user may say on the command line about a recording; it wins over the sidecar."""

from collections.abc import Callable
from functools import wraps
from typing import Any, get_args

import click

from softshoe.rigs import Unit
from softshoe_hw.recording_options import RecordingOptions

Command = Callable[..., Any]


def _names(_: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(",")) if value else ()
    if not all(names):
        raise click.BadParameter("an empty name between commas", param=param)
    return names


_POSITIVE = click.FloatRange(min=0, min_open=True)
_OPTIONS = (
    click.option("--rate", "rate_hz", type=_POSITIVE, help="Samples a second, for a plain CSV."),
    click.option("--time-column", default="t_s", show_default=True, help="Its column of seconds."),
    click.option(
        "--deck-columns",
        callback=_names,
        metavar="NAMES",
        help="Its columns of a deck: 1 force; or 3: force and its place x, y; or 4 corners: "
        "front left, front right, rear left, rear right.",
    ),
    click.option(
        "--insole-columns",
        callback=_names,
        metavar="NAMES",
        help="Its columns of insoles: the left foot's, then as many of the right foot.",
    ),
    click.option("--unit", type=click.Choice(get_args(Unit)), help="What its columns are in."),
    click.option("--half-length-mm", type=_POSITIVE, help="Half the way from front to rear cells."),
    click.option("--half-width-mm", type=_POSITIVE, help="Half the way from left to right cells."),
    click.option("--belt-m-s", type=click.FloatRange(0, 20), help="Speed of the belt."),
    click.option("--slope-deg", type=click.FloatRange(-45, 45), help="Slope of the treadmill."),
    click.option("--body-mass-kg", type=_POSITIVE, help="Mass, as stated by the runner."),
    click.option("--body-weight-n", type=_POSITIVE, help="Weight, as stated."),
    click.option("--height-mm", type=_POSITIVE, help="Height of the runner."),
    click.option("--activity", help="What was done: run or walk."),
)


def recording_arguments(command: Command) -> Command:
    """Give a command all of these, as one argument ``options``."""

    @wraps(command)
    def with_options(**arguments: Any) -> Any:
        said = {name: arguments.pop(name) for name in RecordingOptions.__struct_fields__}
        return command(options=RecordingOptions(**said), **arguments)

    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options
