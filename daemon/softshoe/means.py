"""Means of many steps, and left against right, as metrics.md defines them.

A session's means use one impact method for every step, so both methods are kept side by side.
"""

from collections.abc import Iterable
from math import sqrt
from operator import attrgetter

from softshoe.events import Asymmetry, ImpactMethod, Means, Step
from softshoe.gait.balance import balance_pct, symmetry_angle_pct, symmetry_index_pct

COMPARED = (
    "contact_ms",
    "flight_ms",
    "impact_bw",
    "valr_bw_s",
    "active_peak_bw",
    "impulse_bw_s",
    "push_impulse_bw_s",
)
PLAIN = (
    "contact_ms",
    "flight_ms",
    "duty_factor",
    "active_peak_bw",
    "impulse_bw_s",
    "push_impulse_bw_s",
    "strike_index_pct",
    "onset_ms",
    "reach_ahead_mm",
    "reach_behind_mm",
    "step_width_mm",
    "vertical_oscillation_mm",
    "step_length_mm",
)


class Sums:
    """Running means of some metrics of steps; what a step does not know is left out."""

    def __init__(self, *metrics: str) -> None:
        self._metrics = metrics
        self._values = attrgetter(*metrics)
        self._sums = [0.0] * len(metrics)
        self._counts = [0] * len(metrics)

    def add(self, step: Step) -> None:
        for place, value in enumerate(self._values(step)):
            if value is not None:
                self._sums[place] += value
                self._counts[place] += 1

    def means(self) -> dict[str, float | None]:
        known = zip(self._metrics, self._sums, self._counts, strict=True)
        return {metric: total / count if count else None for metric, total, count in known}


class Spread:
    """Running standard deviation (Welford)."""

    def __init__(self) -> None:
        self._n = 0
        self._mean = 0.0
        self._squares = 0.0

    def add(self, value: float | None) -> None:
        if value is None:
            return
        self._n += 1
        off = value - self._mean
        self._mean += off / self._n
        self._squares += off * (value - self._mean)

    @property
    def sd(self) -> float | None:
        return sqrt(self._squares / (self._n - 1)) if self._n > 1 else None


class Loading:
    """Impact and loading rates by one impact method."""

    def __init__(self, impact: str, valr: str) -> None:
        self._names = {impact: "impact_bw", valr: "valr_bw_s", "vilr_bw_s": "vilr_bw_s"}
        self._valr = attrgetter(valr)
        self._sums = Sums(*self._names)
        self._spread = Spread()

    def add(self, step: Step) -> None:
        self._sums.add(step)
        self._spread.add(self._valr(step))

    def means(self) -> dict[str, float | None]:
        means = {self._names[name]: mean for name, mean in self._sums.means().items()}
        return means | {"valr_sd_bw_s": self._spread.sd}


class StepMeans:
    """Means of the final steps added so far, for either impact method."""

    def __init__(self) -> None:
        self.n = 0
        self._plain = Sums("step_ms", *PLAIN)
        self._peak = Loading("impact_peak_bw", "valr_bw_s")
        self._stance13 = Loading("impact13_bw", "valr13_bw_s")

    def add(self, step: Step) -> None:
        self.n += 1
        self._plain.add(step)
        self._stance13.add(step)
        if step.impact_method == "peak":
            self._peak.add(step)

    def means(self, method: ImpactMethod | None) -> Means:
        plain = self._plain.means()
        loading = self._peak if method == "peak" else self._stance13
        return Means(
            n=self.n,
            cadence_spm=cadence_spm(plain.pop("step_ms")),
            swing_balance_pct=swing_balance_pct(plain["reach_ahead_mm"], plain["reach_behind_mm"]),
            **plain,
            **loading.means(),
        )


def means_of(steps: Iterable[Step], method: ImpactMethod | None) -> Means:
    """Means of a window of final steps."""
    means = StepMeans()
    for step in steps:
        means.add(step)
    return means.means(method)


def cadence_spm(step_ms: float | None) -> float | None:
    """Steps a minute of a mean step time; never the mean of cadences."""
    return 60_000 / step_ms if step_ms else None


def swing_balance_pct(ahead_mm: float | None, behind_mm: float | None) -> float | None:
    """100·ahead/(ahead + behind) of two means; None when the sum is not positive."""
    if ahead_mm is None or behind_mm is None or ahead_mm + behind_mm <= 0:
        return None
    return 100 * ahead_mm / (ahead_mm + behind_mm)


def asymmetry(left: Means, right: Means) -> tuple[Asymmetry, ...]:
    """Every compared metric that both feet have."""
    return tuple(
        _compare(metric, getattr(left, metric), getattr(right, metric), min(left.n, right.n))
        for metric in COMPARED
        if getattr(left, metric) and getattr(right, metric)
    )


def _compare(metric: str, left: float, right: float, n: int) -> Asymmetry:
    return Asymmetry(
        metric=metric,
        n=n,
        left=left,
        right=right,
        symmetry_index_pct=symmetry_index_pct(left, right),
        balance_pct=balance_pct(left, right),
        symmetry_angle_pct=symmetry_angle_pct(left, right),
    )


class MethodVote:
    """Which impact method a session's means use: decided by its first 50 steps."""

    BALLOT = 50

    def __init__(self) -> None:
        self.steps = 0
        self._peaks = 0

    def add(self, step: Step) -> None:
        if self.steps < self.BALLOT and step.impact_method is not None:
            self.steps += 1
            self._peaks += step.impact_method == "peak"

    @property
    def result(self) -> ImpactMethod | None:
        """`peak` if at least half of the steps so far have one; None without any impact."""
        if not self.steps:
            return None
        return "peak" if 2 * self._peaks >= self.steps else "stance13"

    @property
    def live(self) -> ImpactMethod | None:
        """`stance13` until the vote is complete, so that a live mean does not jump about."""
        return self.result if self.steps >= self.BALLOT else ("stance13" if self.steps else None)
