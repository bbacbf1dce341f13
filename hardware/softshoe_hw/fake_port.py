"""A fake board behind a real pseudo-terminal, plugged in and out like a USB device."""

import os
import pty
import select
import threading
import tty
from contextlib import suppress
from pathlib import Path

from softshoe.clock import Clock
from softshoe_hw.fake_board import FakeBoard

_TURN_S = 0.002
_LARGEST_READ = 4096
_BUFFER = 65_536  # a terminal holds 4 kB; the driver of a real port keeps more for a late reader


class FakePort:
    """While plugged in, a thread of its own lets the board listen and speak."""

    def __init__(self, board: FakeBoard, clock: Clock) -> None:
        self.board = board
        self.unheard = 0
        """Bytes that nobody read in time: as on a real line, they are lost."""
        self._unread = b""
        self._clock = clock
        self._link: Path | None = None
        self._thread: threading.Thread | None = None
        self._unplugged = threading.Event()
        self._master = -1

    def plug(self, link: Path) -> str:
        """Appear as a device that ``link`` leads to, as /dev/serial/by-id does; its real name."""
        self._master, slave = pty.openpty()
        tty.setraw(slave)
        os.set_blocking(self._master, False)
        name = os.ttyname(slave)
        self._unplugged.clear()
        self._unread = b""
        self._thread = threading.Thread(target=self._run, args=(slave,), daemon=True)
        self._thread.start()
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(name)
        self._link = link
        return name

    def unplug(self) -> None:
        """Be gone, in the middle of a frame if it is so."""
        if self._link:
            self._link.unlink()
            self._link = None
        self._unplugged.set()
        if self._thread:
            self._thread.join()
            self._thread = None

    def _run(self, slave: int) -> None:
        """The slave stays open here too, so that who closes it may open it again."""
        try:
            while not self._unplugged.is_set():
                self._turn()
        finally:
            os.close(slave)
            os.close(self._master)

    def _turn(self) -> None:
        ready, _, _ = select.select([self._master], [], [], _TURN_S)
        if ready:
            self.board.hear(os.read(self._master, _LARGEST_READ), self._clock.monotonic_s())
        self._unread += self.board.say(self._clock.monotonic_s())
        with suppress(BlockingIOError):
            self._unread = self._unread[os.write(self._master, self._unread) :]
        self.unheard += max(0, len(self._unread) - _BUFFER)
        self._unread = self._unread[:_BUFFER]
