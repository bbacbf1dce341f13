"""HTTP over waitress, with limits, in a thread of its own."""

import socket
import threading
from http import HTTPStatus
from typing import Any

from flask import Flask
from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from softshoe_web.guard import HEADERS
from softshoe_web.listener import BUFFER_BYTES
from softshoe_web.problems import MEDIA_TYPE, problem_body

BODY_BYTES = 65_536
HEADER_BYTES = 16_384
CONNECTIONS = 600
POLL_S = 0.1
END_WITHIN_S = 0.3


class ProblemTask(ErrorTask):  # type: ignore[misc]
    """What waitress itself refuses is answered like every other error, without repeating it."""

    def execute(self) -> None:
        status = HTTPStatus(self.request.error.code)
        body = problem_body(status)
        self.status = f"{status.value} {status.phrase}"
        self.response_headers.extend([("Content-Type", MEDIA_TYPE), *HEADERS.items()])
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):  # type: ignore[misc]
    error_task_class = ProblemTask


class HttpServer:
    """Serves ``app`` on ``listener`` from its construction until `close`."""

    def __init__(self, app: Flask, listener: socket.socket, threads: int) -> None:
        self._sockets: dict[int, Any] = {}
        self._server = create_server(
            app,
            map=self._sockets,
            sockets=[listener],
            threads=threads,
            ident=None,
            max_request_body_size=BODY_BYTES,
            max_request_header_size=HEADER_BYTES,
            outbuf_high_watermark=BUFFER_BYTES,
            connection_limit=CONNECTIONS,
            channel_timeout=30,
            cleanup_interval=5,
            channel_request_lookahead=1,  # reads on while a stream runs, so notices a hang-up
            clear_untrusted_proxy_headers=True,
        )
        self._server.channel_class = Channel
        self._closing = False
        self._thread = threading.Thread(target=self._loop, name="web-http", daemon=True)
        self._thread.start()

    def _loop(self) -> None:
        while not self._closing:
            wasyncore.loop(timeout=POLL_S, use_poll=True, map=self._sockets, count=1)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def close(self) -> None:
        """Let requests end, then close every connection, also of those who do not read."""
        self._server.task_dispatcher.shutdown(timeout=END_WITHIN_S)
        self._closing = True
        self._server.pull_trigger()
        self._thread.join()
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        wasyncore.close_all(self._sockets)
