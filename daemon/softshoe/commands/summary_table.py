"""Summaries as a short table for people."""

from collections.abc import Sequence

from softshoe.export.summary import Summary

_HEADING = ("recording", "steps", "cadence", "contact", "flight", "impact", "VALR", "rejected")
_UNITS = ("", "", "spm", "ms", "ms", "BW", "BW/s", "")


def summary_table(summaries: Sequence[Summary]) -> str:
    """One line a recording under a heading; "–" is what it cannot tell."""
    rows = [_HEADING, _UNITS, *map(_row, summaries)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _row(summary: Summary) -> tuple[str, ...]:
    session, means = summary.session, summary.session.all
    return (
        summary.recording if summary.activity != "walk" else f"{summary.recording} (walking)",
        str(session.steps),
        _number(means.cadence_spm if session.steps else summary.cadence_spm, 1),
        _number(means.contact_ms, 0),
        _number(means.flight_ms, 0),
        _number(means.impact_bw, 2),
        _number(means.valr_bw_s, 1),
        str(sum(session.rejected.values())),
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    numbers = (cell.rjust(width) for cell, width in others)
    return "  ".join([first[0].ljust(first[1]), *numbers]).rstrip()


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
