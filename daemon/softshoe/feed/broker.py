"""The embedded broker: a child process that is started, watched and ended. On 127.0.0.1 only."""

import logging
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from softshoe.errors import InputError
from softshoe.settings import BrokerSettings, FeedSettings

HOST = "127.0.0.1"
_START_S = 10.0
_STOP_S = 0.8
_POLL_S = 0.02
_AGAIN_S = 1.0
_log = logging.getLogger(__name__)

_ROUTER = """\
id = 0
[router]
id = 0
max_connections = 200
max_outgoing_packet_count = 200
max_segment_size = 4194304
max_segment_count = 2
"""
_LISTENER = """\
[{kind}.1]
name = "{kind}"
listen = "{host}:{port}"
next_connection_delay_ms = 1
[{kind}.1.connections]
connection_timeout_ms = 5000
max_payload_size = 65536
max_inflight_count = 100
dynamic_filters = true
"""


def feed_to(broker: BrokerSettings, feed: FeedSettings) -> FeedSettings:
    """How the feed reaches the embedded broker: MQTT 3.1.1, the only one it handles well."""
    return FeedSettings(
        host=HOST,
        port=broker.port,
        protocol="3.1.1",
        commands=feed.commands,
        home_assistant=feed.home_assistant,
    )


class EmbeddedBroker:
    """`start` it, let `run` keep it alive, and `close` it when nobody has more to say."""

    name = "broker"

    def __init__(self, settings: BrokerSettings) -> None:
        self._listeners = {"v4": settings.port}
        if settings.websocket_port:
            self._listeners["ws"] = settings.websocket_port
        self._process: subprocess.Popen[bytes] | None = None
        self.restarts = 0

    def start(self) -> None:
        """Return when it listens. Raises InputError when a port is taken."""
        for port in self._listeners.values():
            _check_free(port)
        self._launch()

    def run(self, stop: threading.Event) -> None:
        """Start it again whenever it dies, until ``stop``; it goes on living after that."""
        while not stop.wait(_AGAIN_S):
            if self._process is None or self._process.poll() is not None:
                _log.error("the embedded broker ended; it is started again")
                self.restarts += 1
                self._end()
                self._launch()

    def close(self) -> None:
        """End it and give its ports back."""
        self._end()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def _launch(self) -> None:
        with TemporaryDirectory(prefix="softshoe-broker-") as directory:
            configuration = Path(directory, "broker.toml")
            configuration.write_text(_configuration(self._listeners))
            command = [sys.executable, "-m", "softshoe.feed.broker_process", str(configuration)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE)
            self._wait_until_it_listens(self._process)

    def _wait_until_it_listens(self, process: subprocess.Popen[bytes]) -> None:
        deadline_s = time.monotonic() + _START_S
        while not all(map(_listens, self._listeners.values())):
            if process.poll() is not None or time.monotonic() > deadline_s:
                self._end()
                raise InputError("the embedded broker did not start: see its message above")
            time.sleep(_POLL_S)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()


def _configuration(listeners: dict[str, int]) -> str:
    parts = [_LISTENER.format(kind=kind, host=HOST, port=port) for kind, port in listeners.items()]
    return _ROUTER + "".join(parts)


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise InputError(
                f"port {port} is in use: stop what listens there, or set another in [broker]"
            ) from error


def _listens(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1.0):
            return True
    except OSError:
        return False
