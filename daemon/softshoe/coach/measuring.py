"""What measures a skill on a rig; sampling too slowly, or a belt of unknown speed, may take it."""

from softshoe.coach.signals import SIGNALS
from softshoe.coaching import Metric, Skill

_PARTS: dict[Metric, tuple[str, ...]] = {
    "step_width_mm": ("deck4",),
    "reach_behind_mm": ("deck4",),
    "forefoot_share_pct": ("insoles",),
}
"""Metrics that only these parts of a rig give; every rig gives the others."""


def measured_by(skill: Skill, rig: str) -> Metric | None:
    """``rig`` as in ``deck4+insoles``; None where only the runner's own rating tells."""
    parts = rig.split("+")
    for signal in SIGNALS[skill]:
        needed = _PARTS.get(signal.metric)
        if needed is None or any(part in needed for part in parts):
            return signal.metric
    return None
