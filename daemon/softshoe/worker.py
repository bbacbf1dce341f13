"""A thread that is missed when it dies, and started again."""

import logging
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)
_FIRST_PAUSE_S = 0.25
_LONGEST_PAUSE_S = 8.0
_FORGIVEN_AFTER_S = 60.0


class Worker:
    """Runs ``work`` in a thread of its own. `tend` restarts it, later each time it dies soon."""

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        self.name = name
        self.restarts = 0
        self.finished = False
        """Its work is done: it returned and did not raise."""
        self.why: str | None = None
        self._work = work
        self._pause_s = _FIRST_PAUSE_S
        self._started_s = 0.0
        self._died_s: float | None = None
        self._thread: threading.Thread | None = None

    def start(self, monotonic_s: float) -> None:
        self._started_s = monotonic_s
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001  a thread's root; a panic in Rust is one too
            why = f"{type(error).__name__}: {error}"
            _log.error("%s failed: %s", self.name, why, exc_info=why != self.why)
            self.why = why
        else:
            self.finished = True

    @property
    def alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def tend(self, monotonic_s: float) -> None:
        """Start it again when it has died and its pause is over."""
        if self.alive or self.finished or self._thread is None:
            return
        if self._died_s is None:
            self._died_s = monotonic_s
            if monotonic_s - self._started_s > _FORGIVEN_AFTER_S:
                self._pause_s = _FIRST_PAUSE_S
        if monotonic_s - self._died_s >= self._pause_s:
            self._died_s = None
            self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)
            self.restarts += 1
            self.start(monotonic_s)

    def join(self, timeout_s: float) -> bool:
        """Wait for it to end; False when it has not."""
        if self._thread:
            self._thread.join(timeout_s)
        return not self.alive
