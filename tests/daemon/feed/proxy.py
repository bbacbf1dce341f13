"""A network between two ports of this machine that can be cut, or fall silent without a word."""

import contextlib
import socket
import threading

_PATIENCE_S = 0.05


class Proxy:
    """Listens on `port` and hands everything on to ``target``."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(_PATIENCE_S)
        self.port: int = self._server.getsockname()[1]
        self._flows = threading.Event()
        self._flows.set()
        self._cut = False
        self._closed = False
        self._lock = threading.Lock()
        self._links: list[tuple[socket.socket, socket.socket]] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def cut(self) -> None:
        """Every connection ends, and new ones end at once."""
        self._cut = True
        self._end_links()

    def silence(self) -> None:
        """Connections stay, new ones are taken, and nothing comes through any more."""
        self._flows.clear()

    def mend(self) -> None:
        """Also what was under way in silence arrives, late."""
        self._cut = False
        self._flows.set()

    def close(self) -> None:
        self._closed = True
        self._flows.set()
        self._end_links()
        for thread in list(self._threads):
            thread.join()
        self._server.close()

    def _end_links(self) -> None:
        with self._lock:
            links, self._links = self._links, []
        for near in [each for link in links for each in link]:
            with contextlib.suppress(OSError):
                near.shutdown(socket.SHUT_RDWR)
            near.close()

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._server.accept()
            except TimeoutError:
                continue
            if self._cut or not self._link(near):
                near.close()

    def _link(self, near: socket.socket) -> bool:
        try:
            far = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            return False
        with self._lock:
            self._links.append((near, far))
        for one, other in ((near, far), (far, near)):
            one.settimeout(_PATIENCE_S)
            self._threads.append(threading.Thread(target=self._carry, args=(one, other)))
            self._threads[-1].start()
        return True

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while not self._closed:
                self._flows.wait()
                try:
                    data = one.recv(4096)
                except TimeoutError:
                    continue
                self._flows.wait()
                if not data:
                    break
                other.settimeout(None)
                other.sendall(data)
        for each in (one, other):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
