"""What each lap of a run adds up to."""

from collections.abc import Iterable, Iterator, Sequence

from softshoe.events import ImpactMethod, Means, Step
from softshoe.export.seconds import PAUSE_S
from softshoe.export.spans import Span
from softshoe.means import StepMeans
from softshoe.totals import Totals, contact_balance_pct


class Lap:
    """The steps of one lap. Running and distance go from the last step before to its own last."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.running_s = 0.0
        self.distance_m: float | None = None
        self._all = StepMeans()
        self._sides = {"left": StepMeans(), "right": StepMeans()}

    def add(self, step: Step) -> None:
        self._all.add(step)
        if step.side in self._sides:
            self._sides[step.side].add(step)

    def means(self, method: ImpactMethod | None) -> tuple[Means, Means, Means]:
        """Of all steps, of the left foot's, of the right foot's."""
        left, right = (side.means(method) for side in self._sides.values())
        return self._all.means(method), left, right

    @property
    def balance_pct(self) -> float | None:
        _, left, right = self.means(None)
        return contact_balance_pct(left, right)


class Laps:
    """Sorts the steps of a run, which come in order, into its laps."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.laps = tuple(Lap(span) for span in spans)

    def counted(self, steps: Iterable[Step]) -> Iterator[Step]:
        """The same steps, counted as they are taken. The last lap has what comes after it too."""
        laps = iter(self.laps)
        lap, before, totals = next(laps), (0.0, 0.0), Totals(PAUSE_S)
        for step in steps:
            while step.t_s >= lap.span.to_s and lap is not self.laps[-1]:
                lap, before = next(laps), (totals.running_s, totals.distance_m or 0.0)
            totals.add(step)
            lap.add(step)
            lap.running_s = totals.running_s - before[0]
            if totals.distance_m is not None:
                lap.distance_m = totals.distance_m - before[1]
            yield step
