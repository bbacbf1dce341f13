"""Builds the boards' firmware, and the program that runs it, from a checkout of softshoe."""

import fcntl
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from msgspec import Struct

from softshoe.errors import InputError

BoardKind = Literal["insole", "deck"]
HARDWARE = Path(__file__).parents[2]

_PACKAGES = {
    "make": "make",
    "cc": "gcc",
    "/usr/include/stdio.h": "libc6-dev",
    "avr-gcc": "gcc-avr",
    "/usr/lib/avr/include/avr/io.h": "avr-libc",
    "/usr/include/simavr/sim_avr.h": "libsimavr-dev",
}
"""What is needed, and the Debian package that brings it."""


class Built(Struct, frozen=True):
    """What came out."""

    program: Path
    firmware: Path
    """A folder with an .elf for each kind of board."""

    def elf(self, kind: BoardKind) -> Path:
        return self.firmware / f"{kind}.elf"


def why_not() -> str | None:
    """What keeps boards from being simulated here, in one line."""
    if not (HARDWARE / "firmware" / "Makefile").is_file():
        return "simulated boards run the firmware, which is only in a checkout of softshoe"
    names = " ".join(missing_packages())
    return f"simulated boards need {names}: sudo apt-get install -y {names}" if names else None


def missing_packages() -> list[str]:
    """The Debian packages that bring what is not here."""
    return [package for needed, package in _PACKAGES.items() if not _is_here(needed)]


def build() -> Built:
    """Made anew only where a source has changed. InputError when that cannot be."""
    why = why_not()
    if why:
        raise InputError(why)
    firmware, board = HARDWARE / "firmware", HARDWARE / "simulated_board"
    with _alone(board / "Makefile"):
        _make(firmware)
        _make(board)
    return Built(board / "build" / "simulated_board", firmware / "build")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process after the other: two that build at once would spoil each other's files."""
    with path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_here(needed: str) -> bool:
    return Path(needed).is_file() or shutil.which(needed) is not None


def _make(folder: Path) -> None:
    made = subprocess.run(["make", "-s", "-C", str(folder)], capture_output=True, text=True)
    if made.returncode:
        said = made.stderr.strip().splitlines() or ["no reason was given"]
        why = next((line for line in said if "error" in line), said[-1])
        raise InputError(f"{folder} cannot be built: {why}")
