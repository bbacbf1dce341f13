"""What systemd wants to hear: READY=1, STOPPING=1, WATCHDOG=1. Silent when it did not start us."""

import os
import socket
from collections.abc import Mapping


class Notifier:
    """Sends to the socket that the environment names."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        for_us = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        interval_us = environment.get("WATCHDOG_USEC", "") if for_us else ""
        self.watchdog_s = int(interval_us) / 1e6 if interval_us.isdecimal() else None

    def send(self, message: str) -> None:
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.sendto(message.encode(), self._address)
