"""A run in one JSON object: the session, what its numbers rest on, and how far to trust them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from softshoe.events import Activity, Session, Step
from softshoe.export.replace import replacing
from softshoe.export.rows import rounded


class Quality(Struct, frozen=True, kw_only=True):
    """How many steps are good, low or none in each respect, and for which reasons."""

    timing: dict[str, int]
    loading: dict[str, int]
    place: dict[str, int]
    reasons: dict[str, int]


class Summary(Struct, frozen=True, kw_only=True):
    """What ``NAME.summary.json`` holds. ``cadence_spm`` of a walk is here, as it has no steps."""

    v: int = 1
    recording: str
    activity: Activity
    cadence_spm: float | None
    session: Session
    quality: Quality
    notes: tuple[str, ...] = ()


class QualityCount:
    """Counts the words of quality of steps that go by."""

    def __init__(self) -> None:
        self.steps = 0
        self._timing: Counter[str] = Counter()
        self._loading: Counter[str] = Counter()
        self._place: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    def counted(self, steps: Iterable[Step]) -> Iterator[Step]:
        """The same steps, counted as they are taken."""
        for step in steps:
            self.add(step)
            yield step

    def add(self, step: Step) -> None:
        self.steps += 1
        self._timing[step.timing_quality] += 1
        self._loading[step.loading_quality] += 1
        self._place[step.place_quality] += 1
        self._reasons.update(step.quality_reasons)

    @property
    def quality(self) -> Quality:
        return Quality(
            timing=self._timing, loading=self._loading, place=self._place, reasons=self._reasons
        )


def quality_of(steps: Iterable[Step]) -> Quality:
    """Count the steps' words of quality."""
    count = QualityCount()
    for step in steps:
        count.add(step)
    return count.quality


def stored_summary(session: Session, count: QualityCount) -> Summary:
    """The summary of a run out of the store, once all of its steps have been counted."""
    return Summary(
        recording=session.session,
        activity="run",
        cadence_spm=None,
        session=session,
        quality=count.quality,
        notes=stored_notes(session, count.steps),
    )


def stored_notes(session: Session, read: int) -> tuple[str, ...]:
    """What a reader of the run must know, when ``read`` of its steps could be read back."""
    notes = []
    if session.state == "open":
        notes.append("the run was still going on; its means are at most some seconds older")
    elif read < session.steps:
        notes.append(f"{session.steps - read} of {session.steps} steps are damaged and left out")
    if session.started_at is None:
        notes.append("the clock was not set during this run, so its date is not known")
    return tuple(notes)


def encode_summary(summary: Summary) -> bytes:
    """The summary as indented JSON, numbers rounded as in the table of steps."""
    plain = rounded(msgspec.to_builtins(summary))
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def write_summary(summary: Summary, path: Path) -> None:
    """Write the summary to ``path``, replacing what stood there. Raises InputError."""
    with replacing(path) as draft:
        draft.write_bytes(encode_summary(summary))
