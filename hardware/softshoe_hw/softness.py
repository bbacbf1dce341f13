"""How a landing compares with the runner's own line. Pure."""

from softshoe.events import LiveState, Means, Step


def landing_excess_pct(step: Step, state: LiveState) -> float | None:
    """How far a landing's loading rate is above the line; None while there is no such line.

    A rate by one impact method says nothing about a line by the other.
    """
    if step.impact_method != state.impact_method:
        return None
    return _excess_pct(step.valr_bw_s, state.line_valr_bw_s)


def foot_excess_pct(foot: Means, state: LiveState) -> float | None:
    """How far the mean of a foot's last steps is above the line."""
    return _excess_pct(foot.valr_bw_s, state.line_valr_bw_s)


def _excess_pct(valr_bw_s: float | None, line_bw_s: float | None) -> float | None:
    return 100 * (valr_bw_s / line_bw_s - 1) if valr_bw_s is not None and line_bw_s else None
