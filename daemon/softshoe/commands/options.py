"""What demo and replay have in common: where they listen, how fast time goes, where runs go."""

from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path
from typing import Any

import click

from softshoe.commands.places import DATABASE, state_directory
from softshoe.config import Config
from softshoe.settings import BrokerSettings, FeedSettings, StoreSettings, WebSettings

Command = Callable[..., Any]

_PORT = click.IntRange(0, 65535)
_OPTIONS = (
    click.option(
        "--port", type=_PORT, default=8080, show_default=True, help="Of the page; 0: any."
    ),
    click.option(
        "--mqtt-port", type=_PORT, default=1883, show_default=True, help="Of the broker; 0: none."
    ),
    click.option(
        "--speed",
        type=click.FloatRange(0, 1000, min_open=True),
        default=1.0,
        show_default=True,
        help="So many times as fast as time.",
    ),
    click.option(
        "--seconds", type=click.FloatRange(min=0), help="Stop after so long.  [default: Ctrl-C]"
    ),
    click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder for runs.  [default: softshoe in your state folder]",
    ),
)


def listening(command: Command) -> Command:
    """Give a command these options."""
    return reduce(lambda made, option: option(made), reversed(_OPTIONS), command)


def local_config(
    port: int, mqtt_port: int, data: Path | None, environment: Mapping[str, str]
) -> Config:
    """For this machine alone: a page and a broker on loopback, runs in the user's own folder."""
    database = (data or state_directory(environment)) / DATABASE
    return Config(
        web=WebSettings(port=port),
        broker=_broker(mqtt_port),
        feed=FeedSettings(enabled=mqtt_port != 0),
        store=StoreSettings(path=str(database)),
    )


def _broker(mqtt_port: int) -> BrokerSettings:
    if not mqtt_port:
        return BrokerSettings(embedded=False)
    return BrokerSettings(port=mqtt_port, websocket_port=0)
