"""From samples to events, on one page: samples → gait → session → coach.

A session that ends lets gait forget the runner before the next sample is looked at, wherever the
blocks were cut; so the events do not depend on the cuts.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence

from softshoe.calibrations import Calibration
from softshoe.clock import Anchor
from softshoe.coaching import AimAt, FocusOn
from softshoe.events import Command, GaitEvent, Session, SourceItem, Wish
from softshoe.focusing import Focusing, Told
from softshoe.gait.gait import Gait
from softshoe.people import RunsAs
from softshoe.rigs import Conditions, Rig
from softshoe.session import RunEvent, Sessions
from softshoe.settings import CoachSettings, SessionSettings

PipelineEvent = RunEvent | Told


class Pipeline:
    """Takes what the sources give, in order; gives steps, sessions, live states, ticks, and what
    the coach says."""

    def __init__(self, gait: Gait, sessions: Sessions, focusing: Focusing | None = None) -> None:
        self.gait = gait
        self.sessions = sessions
        self.focusing = focusing or Focusing(CoachSettings())

    def anchor(self, anchor: Anchor) -> None:
        """Learn the time of day that belongs to the samples that come next."""
        self.sessions.anchor(anchor)

    def feed(self, item: SourceItem | Wish) -> Iterator[PipelineEvent]:
        match item:
            case FocusOn():
                yield from self.focusing.choose(item)
            case AimAt():
                yield from self.focusing.aim(item)
            case RunsAs(runner=runner):
                if runner != self.sessions.runner.runner:
                    yield from self.focusing.run_as_another()
                yield from self._fold([item])
            case Command():
                yield from self._fold([item])
            case _:
                yield from self._fold(self.gait.feed(item))

    def finish(self) -> Iterator[PipelineEvent]:
        """No more samples: the last steps, and the session closed."""
        yield from self._fold(self.gait.finish())
        yield from self.close()

    def close(self) -> Iterator[PipelineEvent]:
        """Close the session that is open, if one is."""
        yield from self._coached(self.sessions.close())

    def _fold(self, heard: Iterable[GaitEvent | Command | RunsAs]) -> Iterator[PipelineEvent]:
        for each in heard:
            stopped = self.sessions.stopped
            yield from self._coached(self.sessions.feed(each))
            if stopped and not self.sessions.stopped:
                self.gait.restart()

    def _coached(self, events: Iterable[RunEvent]) -> Iterator[PipelineEvent]:
        for event in events:
            if isinstance(event, Session) and event.state == "closed":
                self.gait.restart()
            yield event
            yield from self.focusing.feed(event, self.sessions.start_s)


def live_pipeline(
    rig: Rig,
    conditions: Conditions,
    device: str,
    settings: SessionSettings,
    scales: Sequence[Calibration] = (),
    coach: CoachSettings | None = None,
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
    return Pipeline(gait, sessions, Focusing(coach or CoachSettings()))
