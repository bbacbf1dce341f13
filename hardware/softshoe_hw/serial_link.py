"""An open port: bytes in, bytes out. The only file that knows pyserial.

A device, ``socket://HOST:PORT`` or ``rfc2217://HOST:PORT``. Whatever way a port goes away, it is
SourceLost.
"""

import errno
import select
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import UnsupportedOperation

import serial

from softshoe.errors import SourceLost

_WAIT_S = 0.05
_POLL_S = 0.002
_WRITE_S = 0.5
_LARGEST_READ = 65_536
_WORDS = {
    errno.ENOENT: "it is not there",
    errno.EIO: "unplugged",
    errno.ENXIO: "unplugged",
    errno.ENODEV: "unplugged",
    errno.EACCES: "permission denied: let this user into the group dialout",
    errno.EBUSY: "another program has it open",
    errno.EAGAIN: "another program has it open",
    errno.ENOTTY: "it is no serial port",
}


class SerialLink:
    """Opened at once, for this process alone, and without resetting the board."""

    def __init__(self, port: str, baud: int) -> None:
        self.port = port
        with _lost(port, "cannot be opened"):
            self._serial = serial.serial_for_url(
                port, baudrate=baud, timeout=0, exclusive=True, do_not_open=True
            )
            self._serial.dtr = self._serial.rts = False
            self._serial.open()
            if not port.startswith("rfc2217:"):  # which cannot give up writing
                self._serial.write_timeout = _WRITE_S
        self._waits_for = self._descriptor()

    def read(self) -> bytes:
        """All that has come; waits a moment for the first byte."""
        with _lost(self.port, "went away"):
            self._wait()
            data: bytes = self._serial.read(_LARGEST_READ)
            return data

    def write(self, data: bytes) -> None:
        with _lost(self.port, "went away"):
            self._serial.write(data)

    def close(self) -> None:
        with suppress(SourceLost), _lost(self.port, "cannot be closed"):
            self._serial.close()

    def _descriptor(self) -> int | None:
        try:
            descriptor: int = self._serial.fileno()
        except UnsupportedOperation:
            return None
        return descriptor

    def _wait(self) -> None:
        if self._waits_for is not None:
            select.select([self._waits_for], [], [], _WAIT_S)
            return
        until_s = time.monotonic() + _WAIT_S
        while not self._serial.in_waiting and time.monotonic() < until_s:
            time.sleep(_POLL_S)


@contextmanager
def _lost(port: str, what: str) -> Iterator[None]:
    """pyserial tells the end of a port in many ways."""
    try:
        yield
    except (serial.SerialException, OSError, termios.error, ValueError, TypeError) as error:
        raise SourceLost(f"{port} {what}: {_why(error)}") from error


def _why(error: Exception) -> str:
    """In few words and one line."""
    for each in (error, error.__context__):
        number = each.args[0] if isinstance(each, termios.error) else getattr(each, "errno", None)
        if number in _WORDS:
            return _WORDS[number]
    text = " ".join(str(error).split())
    return "unplugged" if "returned no data" in text else text[:120]
