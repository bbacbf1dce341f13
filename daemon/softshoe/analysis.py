"""A whole recording through the same pipeline as a live run. No file is touched here."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from softshoe.calibrations import Calibration
from softshoe.events import (
    Activity,
    ActivityChange,
    Belt,
    BoardReport,
    GaitEvent,
    NewRunner,
    Rejected,
    SampleBlock,
    Session,
    Step,
    Tick,
)
from softshoe.gait.gait import Gait
from softshoe.pipeline import Pipeline
from softshoe.roles import Source
from softshoe.session import Sessions
from softshoe.settings import SessionSettings

_NEVER_OVER = SessionSettings(silence_s=inf)  # a recording is one session


class Analysis(Struct, frozen=True, eq=False):
    """What a recording holds. ``steps`` are final, their ``t_s`` in seconds of the recording."""

    steps: tuple[Step, ...]
    session: Session
    activity: Activity
    cadence_spm: float | None
    """Steps a minute of the walk, when it is one; a run's is in its session's means."""


def analyze(
    source: Source, *, as_live: bool = False, scales: Sequence[Calibration] = ()
) -> Analysis:
    """Measure all that ``source`` gives; ``as_live`` knows no more at each step than a live run.

    ``scales`` make counts newtons.
    """
    gait = _NotingGait(source, whole=not as_live, scales=scales)
    sessions = Sessions(
        device="recording",
        rig=source.rig.name,
        settings=_NEVER_OVER,
        conventions=gait.conventions,
        new_id=lambda: source.name,
    )
    steps: list[Step] = []
    closed = None
    for event in _run(source, Pipeline(gait, sessions)):
        if isinstance(event, Step) and event.moment == "final":
            steps.append(replace(event, t_s=event.t_s + sessions.start_s))
        elif isinstance(event, Session):
            closed = event
    session = closed or _without_steps(source, gait)
    return Analysis(
        steps=tuple(steps),
        session=replace(session, rejected=dict(gait.rejected)),
        activity="run" if steps else gait.activity.activity,
        cadence_spm=None if steps else gait.walking_cadence_spm,
    )


class _NotingGait(Gait):
    """Gait that remembers what no session counts: a walk, and contacts rejected before a run."""

    def __init__(self, source: Source, *, whole: bool, scales: Sequence[Calibration]) -> None:
        super().__init__(source.rig, source.conditions, whole=whole, scales=scales)
        self.rejected: Counter[str] = Counter()
        self.activity = ActivityChange(0.0, "unknown")
        self._cadences_spm: list[float] = []

    @property
    def walking_cadence_spm(self) -> float | None:
        """The usual cadence of the walk."""
        return median(self._cadences_spm) if self._cadences_spm else None

    def feed(self, item: SampleBlock | Belt | Tick) -> Iterator[GaitEvent]:
        return self._note(super().feed(item))

    def finish(self) -> Iterator[GaitEvent]:
        return self._note(super().finish())

    def _note(self, events: Iterator[GaitEvent]) -> Iterator[GaitEvent]:
        for event in events:
            if isinstance(event, Rejected):
                self.rejected[event.reason] += 1
            elif isinstance(event, ActivityChange) and event.activity != "unknown":
                self.activity = event
                if event.cadence_spm is not None:
                    self._cadences_spm.append(event.cadence_spm)
            if not isinstance(event, NewRunner):
                yield event


def _run(source: Source, pipeline: Pipeline) -> Iterator[object]:
    for item in source.blocks():
        if not isinstance(item, BoardReport):
            yield from pipeline.feed(item)
    yield from pipeline.finish()


def _without_steps(source: Source, gait: Gait) -> Session:
    return Session(
        session=source.name,
        device="recording",
        rig=source.rig.name,
        state="closed",
        clock="unsynced",
        conventions=gait.conventions(),
    )
