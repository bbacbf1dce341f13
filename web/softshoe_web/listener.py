"""The socket that the page listens on, with the limits that every connection takes over from it."""

import os
import socket

from softshoe.errors import ConfigError
from softshoe.settings import WebSettings

BUFFER_BYTES = 32_768  # of one client in the kernel: what a stalled screen may be behind
UNREAD_MS = 10_000  # a client that takes nothing for so long is gone
BACKLOG = 128


def listen(settings: WebSettings) -> socket.socket:
    """A listening socket; a ConfigError that says what to do when there cannot be one."""
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MS)
        listener.bind((settings.host, settings.port))
        listener.listen(BACKLOG)
    except (OSError, UnicodeError) as error:
        listener.close()
        raise ConfigError(
            f"[web] cannot listen on {settings.host} port {settings.port}: {_reason(error)}; "
            "stop the other program, or set another host or port"
        ) from None
    return listener


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, socket.gaierror | UnicodeError) or error.errno is None:
        return "no such host"
    return os.strerror(error.errno).lower()
