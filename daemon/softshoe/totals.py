"""What one run adds up to so far: time, distance, means of all steps and of the last few."""

from collections import deque
from collections.abc import Iterable

from softshoe.coach.speeds import same_speed
from softshoe.events import ImpactMethod, Means, Step
from softshoe.gait.balance import balance_pct
from softshoe.means import MethodVote, StepMeans, cadence_spm, means_of

_LAST_STEPS = 25
_FEWEST_STEPS = 5  # fewer than these of a foot make no balance
_CADENCE_STEPS = 10
_REACH_STEPS = 5
_LINE_S = 60.0


class Line:
    """The runner's own line for softness: the loading of the first minute at one belt speed."""

    def __init__(self, belt_m_s: float | None) -> None:
        self.belt_m_s = belt_m_s
        self.running_s = 0.0
        self._means = StepMeans()

    def fits(self, belt_m_s: float | None) -> bool:
        return same_speed(belt_m_s, self.belt_m_s)

    def add(self, step: Step, running_s: float) -> None:
        if self.running_s < _LINE_S:
            self.running_s += running_s
            self._means.add(step)

    def valr_bw_s(self, method: ImpactMethod | None) -> float | None:
        """None until the minute is full."""
        return self._means.means(method).valr_bw_s if self.running_s >= _LINE_S else None


class Totals:
    """Sums of the final steps of one session. Steps come in order, ``t_s`` since its start."""

    def __init__(self, pause_s: float) -> None:
        self.steps = 0
        self.duration_s = 0.0
        self.running_s = 0.0
        self.all = StepMeans()
        self.sides = {"left": StepMeans(), "right": StepMeans()}
        self.vote = MethodVote()
        self.last_step: Step | None = None
        self._distance_m: float | None = 0.0
        self._pause_s = pause_s
        self._last_of = {side: deque[Step](maxlen=_LAST_STEPS) for side in self.sides}
        self._last = deque[Step](maxlen=_CADENCE_STEPS)
        self._lines: list[Line] = []
        self._line: Line | None = None

    def add(self, step: Step) -> None:
        """Count a final step."""
        running_s = self._since_last(step)
        self.steps += 1
        self.vote.add(step)
        self.all.add(step)
        self._last.append(step)
        if step.side in self.sides:
            self.sides[step.side].add(step)
            self._last_of[step.side].append(step)
        self._go_on(step, running_s)
        self._line = self._line_at(step.belt_m_s)
        self._line.add(step, running_s)
        self.last_step = step

    def _since_last(self, step: Step) -> float:
        """Running time since the last step; none over a pause."""
        if self.last_step is None:
            return 0.0
        since_s = step.t_s - self.last_step.t_s
        return since_s if 0 <= since_s <= self._pause_s else 0.0

    def _go_on(self, step: Step, running_s: float) -> None:
        self.running_s += running_s
        self.duration_s = step.t_s + (step.contact_ms or 0.0) / 1000
        if step.belt_m_s is None:
            self._distance_m = None  # part of a distance is no distance
        elif self._distance_m is not None:
            self._distance_m += step.belt_m_s * running_s

    def _line_at(self, belt_m_s: float | None) -> Line:
        for line in self._lines:
            if line.fits(belt_m_s):
                return line
        self._lines.append(Line(belt_m_s))
        return self._lines[-1]

    def pause(self) -> None:
        """Forget the last few steps: cadence and reach begin again with the running."""
        self._last.clear()

    @property
    def distance_m(self) -> float | None:
        return self._distance_m if self.steps else None

    @property
    def cadence_spm(self) -> float | None:
        return cadence_spm(_mean(step.step_ms for step in self._last))

    def reach(self) -> Means:
        """Means of the last five steps."""
        return means_of(list(self._last)[-_REACH_STEPS:], None)

    def recent(self, side: str) -> Means:
        """Means of one foot's last 25 steps, by the method that live means use."""
        return means_of(self._last_of[side], self.vote.live)

    @property
    def line_valr_bw_s(self) -> float | None:
        return self._line.valr_bw_s(self.vote.live) if self._line else None


def contact_balance_pct(left: Means, right: Means) -> float | None:
    """Balance of contact times, once each foot has a few steps."""
    if min(left.n, right.n) < _FEWEST_STEPS or left.contact_ms is None or right.contact_ms is None:
        return None
    return balance_pct(left.contact_ms, right.contact_ms)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
