"""The thread of one source: what it gives goes to the intake; when it is lost it is tried again."""

import threading

from softshoe.clock import Clock
from softshoe.errors import SourceBroken, SourceLost
from softshoe.events import BoardReport, SampleBlock, SourceHealth, SourceItem
from softshoe.intake import Arrived, Intake
from softshoe.roles import Source
from softshoe.watch import Fault, StreamWatch

_FIRST_PAUSE_S = 0.25
_LONGEST_PAUSE_S = 2.0


class Listener:
    """Listens to one source until it ends or `close` is called."""

    def __init__(self, source: Source, intake: Intake, clock: Clock) -> None:
        self.name = f"source {source.name}"
        self._source = source
        self._intake = intake
        self._clock = clock
        self._stop = threading.Event()
        self._watches = {stream.name: StreamWatch(stream) for stream in source.rig.streams}
        self._pause_s = _FIRST_PAUSE_S

    def run(self) -> None:
        """Return when the source has no more to give."""
        while not self._stop.is_set():
            try:
                self._listen()
            except SourceLost as error:
                self._wait_after("lost", error)
            except SourceBroken as error:
                self._wait_after("broken", error)
            else:
                self._fail("ended")
                return

    def _listen(self) -> None:
        for item in self._source.blocks():
            self.hear(item)
            if self._stop.is_set():
                return

    def hear(self, item: SourceItem | BoardReport) -> None:
        """Watch over what the source gives, and hand on what is to be measured."""
        now_s = self._clock.monotonic_s()
        if isinstance(item, BoardReport):
            self._watches[item.stream].report(item)
            return
        if isinstance(item, SampleBlock):
            self._watches[item.stream].see(item, now_s)
            self._pause_s = _FIRST_PAUSE_S
        self._intake.put(Arrived(now_s, item), self._stop)

    def _wait_after(self, fault: Fault, error: Exception) -> None:
        self._fail(fault, str(error))
        self._stop.wait(self._pause_s)
        self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)

    def _fail(self, fault: Fault, why: str | None = None) -> None:
        for watch in self._watches.values():
            watch.fail(fault, why)

    def close(self) -> None:
        self._stop.set()
        self._source.close()

    def health(self, monotonic_s: float) -> list[SourceHealth]:
        return [watch.health(monotonic_s) for watch in self._watches.values()]
