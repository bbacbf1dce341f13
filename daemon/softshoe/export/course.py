"""How a run went: means of short stretches of equal length, so many that they make a line."""

from softshoe.events import ImpactMethod, Step
from softshoe.export.seconds import PAUSE_S
from softshoe.means import StepMeans
from softshoe.totals import Line, Totals, contact_balance_pct

_MOST = 90
_SHORTEST_S = 5.0


class Stretch:
    """The steps that began within a few seconds of a run."""

    def __init__(self) -> None:
        self.all = StepMeans()
        self.sides = {"left": StepMeans(), "right": StepMeans()}

    def add(self, step: Step) -> None:
        self.all.add(step)
        if step.side in self.sides:
            self.sides[step.side].add(step)

    def valr_bw_s(self, side: str, method: ImpactMethod | None) -> float | None:
        """``side`` is `left`, `right` or `all`."""
        steps = self.sides.get(side, self.all)
        return steps.means(method).valr_bw_s

    @property
    def cadence_spm(self) -> float | None:
        return self.all.means(None).cadence_spm

    @property
    def balance_pct(self) -> float | None:
        return contact_balance_pct(*(side.means(None) for side in self.sides.values()))


class Course:
    """Takes the steps of a run of ``duration_s`` in order; holds no step."""

    def __init__(self, duration_s: float) -> None:
        count = min(_MOST, max(1, int(duration_s / _SHORTEST_S)))
        self.stretch_s = duration_s / count or _SHORTEST_S
        self.stretches = [Stretch() for _ in range(count)]
        self._totals = Totals(PAUSE_S)
        self._line: Line | None = None
        self._one_speed = True

    def add(self, step: Step) -> None:
        """Steps after the end, of a run that still goes on, are in the last stretch."""
        place = min(int(step.t_s / self.stretch_s), len(self.stretches) - 1)
        self.stretches[place].add(step)
        before_s = self._totals.running_s
        self._totals.add(step)
        self._line = self._line or Line(step.belt_m_s)
        self._one_speed = self._one_speed and self._line.fits(step.belt_m_s)
        self._line.add(step, self._totals.running_s - before_s)

    def line_valr_bw_s(self, method: ImpactMethod | None) -> float | None:
        """The loading of the first minute; None when the belt's speed changed after it."""
        return self._line.valr_bw_s(method) if self._line and self._one_speed else None
