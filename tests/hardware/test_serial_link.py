"""Bytes over real pseudo-terminals and loopback sockets, and every way in which a port ends."""

import errno
import os
import pty
import socket
import termios
import threading
import tty

import pytest
import serial
from serial.rfc2217 import PortManager

from softshoe.errors import SourceLost
from softshoe_hw.serial_link import SerialLink

BAUD = 1_000_000


@pytest.fixture
def terminal():
    """Both ends of a pseudo-terminal: ours, and the name of the other."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    name = os.ttyname(theirs)
    os.close(theirs)
    yield ours, name
    os.close(ours)


@pytest.fixture
def gone():
    """A terminal that may be unplugged."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    link = SerialLink(os.ttyname(theirs), BAUD)
    os.close(theirs)
    os.close(ours)
    return link


def read_until_it_ends(link):
    for _ in range(1000):
        link.read()


def read_all(link, count):
    """So many bytes, however they come."""
    data = b""
    while len(data) < count:
        data += link.read()
    return data


def test_bytes_go_both_ways(terminal):
    ours, name = terminal
    link = SerialLink(name, BAUD)
    os.write(ours, bytes(range(256)))
    assert read_all(link, 256) == bytes(range(256))
    link.write(b"\0\x11\x13\xff")
    assert os.read(ours, 99) == b"\0\x11\x13\xff"
    link.close()


def test_a_read_without_a_byte_comes_back_empty(terminal):
    link = SerialLink(terminal[1], BAUD)
    assert link.read() == b""
    link.close()


def test_an_open_port_is_nobody_else_s(terminal):
    link = SerialLink(terminal[1], BAUD)
    with pytest.raises(SourceLost, match="cannot be opened: another program has it open"):
        SerialLink(terminal[1], BAUD)
    link.close()
    SerialLink(terminal[1], BAUD).close()


def test_a_port_that_is_unplugged_is_lost_in_reading_and_in_writing(gone):
    with pytest.raises(SourceLost, match=rf"^{gone.port} went away: "):
        read_until_it_ends(gone)
    with pytest.raises(SourceLost, match=f"{gone.port} went away: "):
        gone.write(b"x")
    gone.close()


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (serial.SerialException("device reports readiness to read but returned no data"), ""),
        (OSError(errno.EIO, "Input/output error"), ""),
        (OSError(errno.ENODEV, "No such device"), ""),
        (termios.error(errno.EIO, "Input/output error"), ""),
        (TypeError("'NoneType' object cannot be interpreted as an integer"), "NoneType"),
    ],
)
def test_every_way_in_which_pyserial_tells_the_end_is_the_same_one(terminal, error, why):
    """Which of them comes depends on the driver and on the moment; all have been seen."""

    class Unplugged:
        def read(self, _):
            raise error

        def close(self):
            raise error

    link = SerialLink(terminal[1], BAUD)
    link._serial.close()
    link._serial, link._waits_for = Unplugged(), terminal[0]
    with pytest.raises(SourceLost, match=why or "went away: unplugged"):
        link.read()
    link.close()


def test_a_closed_port_may_be_closed_again_and_is_lost_for_all_else(terminal):
    link = SerialLink(terminal[1], BAUD)
    link.close()
    link.close()
    with pytest.raises(SourceLost):
        link.read()
    with pytest.raises(SourceLost):
        link.write(b"x")


@pytest.mark.parametrize(
    ("port", "why"),
    [
        ("/dev/no-such-port", "it is not there"),
        ("/dev/null", "it is no serial port"),
        ("socket://127.0.0.1:1", "refused"),
        ("nonsense://x", "invalid URL"),
    ],
)
def test_a_port_that_cannot_be_opened_says_so_in_one_line(port, why):
    with pytest.raises(SourceLost) as lost:
        SerialLink(port, BAUD)
    assert str(lost.value).startswith(f"{port} cannot be opened: ")
    assert why in str(lost.value)
    assert "\n" not in str(lost.value)
    assert len(str(lost.value)) < 200


@pytest.fixture
def server():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def test_a_socket_is_a_port(server):
    link = SerialLink(f"socket://127.0.0.1:{server.getsockname()[1]}", BAUD)
    board, _ = server.accept()
    with board:
        board.sendall(b"samples")
        assert read_all(link, 7) == b"samples"
        link.write(b"start")
        assert board.recv(99) == b"start"
    with pytest.raises(SourceLost, match="went away: "):
        read_until_it_ends(link)
    link.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # pyserial's close
def test_a_socket_whose_other_side_resets_is_lost(server):
    link = SerialLink(f"socket://127.0.0.1:{server.getsockname()[1]}", BAUD)
    board, _ = server.accept()
    board.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    board.close()
    with pytest.raises(SourceLost, match="went away: "):
        read_until_it_ends(link)
    link.close()


class Rfc2217Server:
    """A serial port on the network, as ser2net and esp-link offer it; its two wires are joined."""

    def __init__(self, listener):
        self._listener = listener
        self._serial = serial.serial_for_url("loop://", timeout=0)
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        self._connection, _ = self._listener.accept()
        with self._connection, self._serial:
            manager = PortManager(self._serial, self)
            while asked := self._connection.recv(99):
                self._serial.write(b"".join(manager.filter(asked)))
                self.write(b"".join(manager.escape(self._serial.read(999))))

    def write(self, data):
        """PortManager answers through this."""
        self._connection.sendall(data)


@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # of pyserial
def test_a_port_on_the_network_is_a_port(server):
    remote = Rfc2217Server(server)
    link = SerialLink(f"rfc2217://127.0.0.1:{server.getsockname()[1]}", 115_200)
    link.write(b"sam\xffples\0")
    assert read_all(link, 9) == b"sam\xffples\0"
    link.close()
    remote.thread.join(5)
    assert not remote.thread.is_alive()
