"""From samples to events, on one page: samples → gait → session.

A session that ends lets gait forget the runner before the next sample is looked at, wherever the
blocks were cut; so the events do not depend on the cuts.
"""

from collections.abc import Callable, Iterator
from itertools import chain

from softshoe.clock import Anchor
from softshoe.events import Belt, Conditions, GaitEvent, Rig, SampleBlock, Session, Tick
from softshoe.gait.gait import Gait
from softshoe.session import RunEvent, Sessions
from softshoe.settings import SessionSettings


class Pipeline:
    """Takes what the sources give, in order; gives steps, sessions and live states."""

    def __init__(
        self,
        rig: Rig,
        conditions: Conditions,
        *,
        device: str,
        new_id: Callable[[], str],
        settings: SessionSettings,
        whole: bool = False,
    ) -> None:
        self.gait = Gait(rig, conditions, whole=whole)
        self.sessions = Sessions(
            device=device,
            rig=rig.name,
            settings=settings,
            conventions=self.gait.conventions,
            new_id=new_id,
        )

    def anchor(self, anchor: Anchor) -> None:
        """Learn the time of day that belongs to the samples that come next."""
        self.sessions.anchor(anchor)

    def feed(self, item: SampleBlock | Belt | Tick) -> Iterator[RunEvent]:
        for heard in self.gait.feed(item):
            yield from self._fold(heard)

    def finish(self) -> Iterator[RunEvent]:
        """No more samples: the last steps, and the session closed."""
        return chain(self._fold_all(self.gait.finish()), self.sessions.close())

    def _fold_all(self, heard: Iterator[GaitEvent]) -> Iterator[RunEvent]:
        for event in heard:
            yield from self._fold(event)

    def _fold(self, heard: GaitEvent) -> Iterator[RunEvent]:
        for event in self.sessions.feed(heard):
            if isinstance(event, Session) and event.state == "closed":
                self.gait.restart()
            yield event
