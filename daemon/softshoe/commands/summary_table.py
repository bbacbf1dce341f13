"""Summaries as a short table for people."""

from collections.abc import Sequence

from softshoe.commands.text_table import number_text, text_table
from softshoe.export.summary import Summary

_HEADING = ("recording", "steps", "cadence", "contact", "flight", "impact", "VALR", "rejected")
_UNITS = ("", "", "spm", "ms", "ms", "BW", "BW/s", "")


def summary_table(summaries: Sequence[Summary]) -> str:
    """One line a recording under a heading; "–" is what it cannot tell."""
    return text_table([_HEADING, _UNITS, *map(_row, summaries)])


def _row(summary: Summary) -> tuple[str, ...]:
    session, means = summary.session, summary.session.all
    return (
        summary.recording if summary.activity != "walk" else f"{summary.recording} (walking)",
        str(session.steps),
        number_text(means.cadence_spm if session.steps else summary.cadence_spm, 1),
        number_text(means.contact_ms, 0),
        number_text(means.flight_ms, 0),
        number_text(means.impact_bw, 2),
        number_text(means.valr_bw_s, 1),
        str(sum(session.rejected.values())),
    )
