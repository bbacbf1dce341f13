"""From samples to events, on one page: samples → gait → session.

A session that ends lets gait forget the runner before the next sample is looked at, wherever the
blocks were cut; so the events do not depend on the cuts.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence

from softshoe.calibrations import Calibration
from softshoe.clock import Anchor
from softshoe.events import Command, GaitEvent, Session, SourceItem, Wish
from softshoe.gait.gait import Gait
from softshoe.people import RunsAs
from softshoe.rigs import Conditions, Rig
from softshoe.session import RunEvent, Sessions
from softshoe.settings import SessionSettings


class Pipeline:
    """Takes what the sources give, in order; gives steps, sessions, live states and ticks."""

    def __init__(self, gait: Gait, sessions: Sessions) -> None:
        self.gait = gait
        self.sessions = sessions

    def anchor(self, anchor: Anchor) -> None:
        """Learn the time of day that belongs to the samples that come next."""
        self.sessions.anchor(anchor)

    def feed(self, item: SourceItem | Wish) -> Iterator[RunEvent]:
        if isinstance(item, Command | RunsAs):
            return self._fold([item])
        return self._fold(self.gait.feed(item))

    def finish(self) -> Iterator[RunEvent]:
        """No more samples: the last steps, and the session closed."""
        yield from self._fold(self.gait.finish())
        yield from self.sessions.close()

    def _fold(self, heard: Iterable[GaitEvent | Command | RunsAs]) -> Iterator[RunEvent]:
        for each in heard:
            stopped = self.sessions.stopped
            for event in self.sessions.feed(each):
                if isinstance(event, Session) and event.state == "closed":
                    self.gait.restart()
                yield event
            if stopped and not self.sessions.stopped:
                self.gait.restart()


def live_pipeline(
    rig: Rig,
    conditions: Conditions,
    device: str,
    settings: SessionSettings,
    scales: Sequence[Calibration] = (),
) -> Pipeline:
    """A pipeline for samples as they come; ``scales`` make counts newtons."""
    gait = Gait(rig, conditions, scales=scales)
    sessions = Sessions(
        device=device,
        rig=rig.name,
        settings=settings,
        conventions=gait.conventions,
        new_id=lambda: secrets.token_hex(6),
    )
    return Pipeline(gait, sessions)
