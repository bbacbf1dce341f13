"""Stretches of a run: the windows of a focus, and the laps that windows and marks cut it into."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from softshoe.coach.skills import GUIDES
from softshoe.coaching import Practised


class Span(Struct, frozen=True):
    """From ``from_s`` up to ``to_s``, seconds since the run began; ``name`` may be empty."""

    from_s: float
    to_s: float
    name: str = ""


def focus_windows(practised: Iterable[Practised]) -> tuple[Span, ...]:
    """From when to when a run was about which skill."""
    windows = [
        Span(window.from_s, window.to_s, GUIDES[each.result.skill].title.lower())
        for each in practised
        for window in each.windows
    ]
    return tuple(sorted(windows, key=lambda window: window.from_s))


def cut_into_laps(
    duration_s: float, marks_s: Iterable[float], windows: Sequence[Span] = ()
) -> tuple[Span, ...]:
    """The run without gaps or overlaps, cut at marks and at both ends of windows.

    A lap inside a window has its name; at least one lap is given, however short the run.
    """
    ends = (end for window in windows for end in (window.from_s, window.to_s))
    inner = {cut for cut in (*marks_s, *ends) if 0 < cut < duration_s}
    edges = [0.0, *sorted(inner), duration_s]
    return tuple(
        Span(from_s, to_s, _name_at((from_s + to_s) / 2, windows))
        for from_s, to_s in pairwise(edges)
    )


def _name_at(moment_s: float, windows: Sequence[Span]) -> str:
    named = (window.name for window in windows if window.from_s <= moment_s < window.to_s)
    return ", ".join(named)
