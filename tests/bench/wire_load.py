"""What keeps a daemon busy beside its boards: pages that watch, and a history on its way out."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.daemon.examples import a_session, a_step

from softshoe.clock import SystemClock
from softshoe.export.files import files_of
from softshoe.export.stored import stored_steps
from softshoe.hub import Hub
from softshoe.store.queries import Runs
from softshoe.store.writer import StoreWriter

HISTORY_STEPS = 20_000
_AT_ONCE = 500


def write_history(path: Path) -> None:
    """A long run, stored as any other."""
    hub = Hub()
    writer = StoreWriter(path, hub, SystemClock())
    hub.publish(a_session(state="closed"), 0.0)
    for first in range(1, HISTORY_STEPS, _AT_ONCE):
        for number in range(first, first + _AT_ONCE):
            hub.publish(a_step(number), 0.0)
        writer.take(0.0)
        writer.commit_if_due()
    writer.close()


class Load:
    """Threads that go on until they are told to stop."""

    def __init__(self, path: Path, port: int, pages: int) -> None:
        self.exported = 0
        """Steps of the history that have been written out."""
        self.heard = 0
        """Lines of the pages' streams."""
        self._path = path
        self._stop = threading.Event()
        self._connections = [http.client.HTTPConnection("127.0.0.1", port) for _ in range(pages)]
        work = [threading.Thread(target=self._export)]
        work += [threading.Thread(target=self._watch, args=(one,)) for one in self._connections]
        self._threads = work

    @contextmanager
    def going_on(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        yield
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _watch(self, connection: http.client.HTTPConnection) -> None:
        connection.request("GET", "/api/v1/live/stream")
        lines = connection.getresponse()
        while not self._stop.is_set() and lines.readline():
            self.heard += 1
        connection.close()

    def _export(self) -> None:
        """As a download does it, over and over."""
        runs, make_files = Runs(self._path), files_of("csv")
        while not self._stop.is_set():
            session = runs.session("s1")
            assert session is not None
            for file in make_files(session, stored_steps(runs, session.session), ()):
                for _ in file.chunks:
                    if self._stop.is_set():
                        return
            self.exported += HISTORY_STEPS
