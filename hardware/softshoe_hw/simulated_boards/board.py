"""One simulated board: a process that runs the firmware and shows its serial line as a port."""

import os
import signal
import subprocess
from pathlib import Path

import numpy as np
from msgspec import Struct

from softshoe.errors import SourceLost
from softshoe.events import Array
from softshoe_hw.simulated_boards.building import BoardKind, Built

_ENDS_WITHIN_S = 2.0
_FEED_BYTES = 2**17
"""1.8 s of an insole: so long whoever feeds it may be busy."""


class BoardOptions(Struct, frozen=True, kw_only=True):
    """What a board is, and how its world goes."""

    kind: BoardKind = "insole"
    right: bool = False
    """The side jumper is in."""
    id: str | None = None
    """What its EEPROM says; None: nothing."""
    pulses_hz: float = 0.0
    epoch_s: float | None = None
    """When the feed's time was 0, on the machine's monotonic clock; None: at power-up."""
    fast: bool = False
    """As fast as it can, from the host's first word on, instead of in real time."""
    hold: bool = False
    """A row of the feed holds until the next, instead of a straight line between them."""
    crystal_ppm: float = 0.0
    cpu_hz: int = 16_000_000
    spoil_every: int = 0
    """So often the deck's converter sends a wrong CRC; 0: never."""


class SimulatedBoard:
    """Begins at once. What its sensors show is read from a file, or comes by `show`."""

    def __init__(
        self, built: Built, options: BoardOptions, feed: Path | None = None, elf: Path | None = None
    ) -> None:
        firmware = str(elf or built.elf(options.kind))
        self._process = subprocess.Popen(
            [built.program, "--firmware", firmware, "--feed", str(feed or "-"), *_words(options)],
            bufsize=0,
            pipesize=_FEED_BYTES,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,  # Ctrl-C is for us; we unplug it
        )
        assert self._process.stdin
        assert self._process.stdout
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        self.port = self._stdout.readline().decode().strip()
        if not self.port:
            self.close()
            raise SourceLost(f"the simulated {options.kind} board did not start")

    def show(self, t_s: Array, millivolts: Array) -> None:
        """What its sensors show next; waits until there is room. SourceLost when it is gone."""
        rows = np.column_stack((t_s, millivolts)).tobytes()
        try:
            while rows:
                rows = rows[os.write(self._stdin.fileno(), rows) :]
        except (OSError, ValueError):
            raise SourceLost(f"the simulated board at {self.port} is gone") from None

    def reset(self) -> None:
        """As its button does, or a dip of its supply."""
        self._process.send_signal(signal.SIGUSR1)

    def hang(self) -> None:
        """Its program stands still, until the watchdog resets it."""
        self._process.send_signal(signal.SIGUSR2)

    def close(self) -> None:
        """Unplug it."""
        self._process.terminate()
        try:
            self._process.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._stdin.close()
        self._stdout.close()


def _words(options: BoardOptions) -> list[str]:
    """As its program wants them."""
    flags = {
        "--deck": options.kind == "deck",
        "--right": options.right,
        "--fast": options.fast,
        "--hold": options.hold,
    }
    values = {
        "--id": options.id,
        "--epoch": options.epoch_s,
        "--pulses": options.pulses_hz,
        "--ppm": options.crystal_ppm,
        "--cpu-hz": options.cpu_hz,
        "--spoil-every": options.spoil_every,
    }
    said = [flag for flag, is_set in flags.items() if is_set]
    for name, value in values.items():
        said += [] if value is None else [name, str(value)]
    return said
