"""When to say something: outside the target, one thing, then nothing for a while."""

from softshoe.coach.plan import Plan
from softshoe.coach.skills import GUIDES
from softshoe.coaching import Cue, Leg

CUE_S = 8.0
"""How long a cue holds from the step that called for it, which is told when it is over."""
TIMED_GAP_S = 20.0


class Cueing:
    """Silent on target. Where nothing is measured, cues come by time alone."""

    def __init__(self, plan: Plan) -> None:
        self.count = 0
        self._plan = plan
        self._texts = GUIDES[plan.skill].cues
        self._last_s = float("-inf")

    def by_measure(
        self, t_s: float, left_s: float, inside: bool | None, side: Leg | None
    ) -> Cue | None:
        """A cue when the smoothed value is outside the target."""
        if inside is not False:
            return None
        return self._cue(t_s, left_s, self._plan.cue_gap_s, side)

    def by_time(self, t_s: float, left_s: float) -> Cue | None:
        return self._cue(t_s, left_s, max(TIMED_GAP_S, self._plan.cue_gap_s), None)

    def _cue(self, t_s: float, left_s: float, gap_s: float, side: Leg | None) -> Cue | None:
        """None too soon after the last, and so late that it would reach into un-cued running."""
        if t_s - self._last_s < gap_s or left_s < CUE_S:
            return None
        text = self._texts[(self._plan.focus_run - 1 + self.count) % len(self._texts)]
        self.count += 1
        self._last_s = t_s
        return Cue(
            number=self.count,
            skill=self._plan.skill,
            t_s=t_s,
            until_s=t_s + CUE_S,
            word=text.word,
            lines=(text.first, text.second),
            say=text.spoken(side),
            side=side,
        )
