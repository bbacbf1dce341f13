"""`softshoe doctor`: what is well, what is not, and what to do about it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from softshoe.clock import SystemClock
from softshoe.commands.checks import check_all
from softshoe.commands.finding import Finding
from softshoe.commands.places import find_configuration
from softshoe.config import Config, load
from softshoe.errors import ConfigError

_COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command()
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="softshoe.toml.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def doctor(config: Path | None, as_json: bool) -> None:
    """Check everything that softshoe depends on. Exit code 1 when something fails."""
    findings = []
    for finding in _findings(config or find_configuration(os.environ)):
        findings.append(finding)
        if not as_json:
            click.echo(line(finding))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(findings), indent=2).decode())
    if any(finding.level == "fail" for finding in findings):
        sys.exit(1)


def _findings(path: Path | None) -> Iterator[Finding]:
    """With a configuration that cannot be used there is nothing else to look at."""
    config = Config()
    if path is None:
        yield Finding("config", "warn", "no softshoe.toml; these are the defaults")
    else:
        try:
            config = load(path)
        except ConfigError as error:
            yield from (Finding("config", "fail", line) for line in str(error).splitlines())
            return
        yield Finding("config", "ok", str(path))
    yield from check_all(config, SystemClock())


def line(finding: Finding) -> str:
    """As the terminal shows it."""
    level = click.style(f"{finding.level:4}", fg=_COLOURS[finding.level])
    return f"{level}  {finding.what:8}  {finding.text}"
