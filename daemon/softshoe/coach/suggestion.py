"""Which skill to focus on: first by an easy run against other runners, later by what is learned."""

from collections.abc import Sequence

import numpy as np

from softshoe.coach.trend import trend
from softshoe.coaching import FocusResult, Skill, Suggestion
from softshoe.events import Means

ORDER: tuple[Skill, ...] = ("soft", "close", "push", "straight", "tall")
ENOUGH_RUNS = 20
STANDS_OUT = 0.5
"""In deviations between runners; less is ordinary."""

_SPEEDS_M_S = (2.5, 3.5, 4.5)
_FARTHEST_M_S = 0.5
_VALR_BW_S = (48.0, 70.0, 98.0)
_VALR_SD_SHARE = 0.25  # our own choice: the source has no deviation
_AHEAD_MM, _AHEAD_SD_MM = (212.0, 258.0, 301.0), (48.0, 38.0, 31.0)
_BEHIND_MM, _BEHIND_SD_MM = (304.0, 360.0, 407.0), (35.0, 34.0, 35.0)
_NARROW_MM = 20.0  # our own choice, as is the goal of the skill

_WHY: dict[Skill, str] = {
    "straight": "Your feet land close to one line, or cross it.",
    "soft": "At this speed most runners land softer than you did.",
    "close": "At this speed most runners land closer to the body than you did.",
    "push": "At this speed most runners leave the ground farther behind than you did.",
}
_ORDINARY = "Nothing stood out. Soft landings are a good start: you can hear them."
_UNKNOWN = "There is nothing to compare with. Soft landings are a good start: you can hear them."
_YOURS = "The last skill is yours."
_ENOUGH = "You have minded the last skill for long. Another one does both good."
_GO_ON = "One skill at a time: go on with this one."


def first_suggestion(means: Means, belt_m_s: float | None) -> Suggestion:
    """The skill whose number in a first easy run lies farthest on the worse side.

    Spreads: RBDS, 26 runners at 2.5, 3.5 and 4.5 m/s. Other speeds are not compared.
    """
    found = scores(means, belt_m_s)
    if not found:
        return Suggestion(skill="soft", why=_UNKNOWN, by_measure=False)
    worst = max(found, key=lambda skill: found[skill])
    if found[worst] < STANDS_OUT:
        return Suggestion(skill="soft", why=_ORDINARY, by_measure=True)
    return Suggestion(skill=worst, why=_WHY[worst], by_measure=True)


def scores(means: Means, belt_m_s: float | None) -> dict[Skill, float]:
    """How many deviations between runners each known number lies on the worse side."""
    if belt_m_s is None or not _is_compared(belt_m_s):
        return {}
    found: dict[Skill, float] = {}
    if means.valr_bw_s is not None:
        usual = _at(belt_m_s, _VALR_BW_S)
        found["soft"] = (means.valr_bw_s / usual - 1) / _VALR_SD_SHARE
    if means.reach_ahead_mm is not None:
        over_mm = means.reach_ahead_mm - _at(belt_m_s, _AHEAD_MM)
        found["close"] = over_mm / _at(belt_m_s, _AHEAD_SD_MM)
    if means.reach_behind_mm is not None:
        under_mm = _at(belt_m_s, _BEHIND_MM) - means.reach_behind_mm
        found["push"] = under_mm / _at(belt_m_s, _BEHIND_SD_MM)
    if means.step_width_mm is not None:
        found["straight"] = (_NARROW_MM - means.step_width_mm) / _NARROW_MM
    return found


def _is_compared(belt_m_s: float) -> bool:
    return _SPEEDS_M_S[0] - _FARTHEST_M_S <= belt_m_s <= _SPEEDS_M_S[-1] + _FARTHEST_M_S


def _at(belt_m_s: float, values: tuple[float, ...]) -> float:
    return float(np.interp(belt_m_s, _SPEEDS_M_S, values))


def next_suggestion(results: Sequence[FocusResult]) -> Suggestion | None:
    """After the last focus run: go on, or take the next skill; None before the first one.

    None too when all skills are the runner's own.
    """
    if not results:
        return None
    now = results[-1].skill
    last = trend(now, results)
    if not last.yours and last.runs < ENOUGH_RUNS:
        return Suggestion(skill=now, why=_GO_ON, by_measure=last.metric is not None)
    coming = [skill for skill in ORDER if skill != now and not trend(skill, results).yours]
    if not coming:
        return None
    by_measure = last.yours and last.metric is not None
    fewest = min(coming, key=lambda skill: trend(skill, results).runs)
    return Suggestion(skill=fewest, why=_YOURS if last.yours else _ENOUGH, by_measure=by_measure)
