"""Everything about people that is kept, in one place, beside the writer of their runs."""

from pathlib import Path

from softshoe.clock import Clock
from softshoe.store.notes import Notes
from softshoe.store.practice import Practice
from softshoe.store.runners import Runners
from softshoe.store.tablets import Tablets
from softshoe.store.writer import StoreWriter


class People:
    """From any thread. Every method may raise StoreError."""

    def __init__(self, path: Path, writer: StoreWriter, clock: Clock) -> None:
        self.tablets = Tablets(path, clock)
        self.runners = Runners(path, clock)
        self.notes = Notes(path)
        self.practice = Practice(path)
        self._writer = writer

    def give(self, session: str, runner: str, alias: str | None) -> None:
        """Make a guest's run a runner's."""
        self._writer.give(session, runner, alias)

    def erase_session(self, session: str) -> None:
        self._writer.erase([session])

    def erase_runner(self, runner: str) -> None:
        """With all their runs."""
        self._writer.erase([], runner)
