"""A run in one JSON object: the session, what its numbers rest on, and how far to trust them."""

from collections import Counter
from collections.abc import Sequence
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


def quality_of(steps: Sequence[Step]) -> Quality:
    """Count the steps' words of quality."""
    return Quality(
        timing=Counter(step.timing_quality for step in steps),
        loading=Counter(step.loading_quality for step in steps),
        place=Counter(step.place_quality for step in steps),
        reasons=Counter(reason for step in steps for reason in step.quality_reasons),
    )


def encode_summary(summary: Summary) -> bytes:
    """The summary as indented JSON, numbers rounded as in the table of steps."""
    plain = rounded(msgspec.to_builtins(summary))
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def write_summary(summary: Summary, path: Path) -> None:
    """Write the summary to ``path``, replacing what stood there. Raises InputError."""
    with replacing(path) as draft:
        draft.write_bytes(encode_summary(summary))
