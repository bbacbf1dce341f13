"""Means of many steps, and left against right, as metrics.md defines them.

A session's means use one impact method for every step, so both methods are kept side by side.
"""

from collections.abc import Iterable
from math import sqrt

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


class Tally:
    """Running mean and standard deviation of what is known (Welford)."""

    def __init__(self) -> None:
        self.n = 0
        self._mean = 0.0
        self._squares = 0.0

    def add(self, value: float | None) -> None:
        if value is None:
            return
        self.n += 1
        off = value - self._mean
        self._mean += off / self.n
        self._squares += off * (value - self._mean)

    @property
    def mean(self) -> float | None:
        return self._mean if self.n else None

    @property
    def sd(self) -> float | None:
        return sqrt(self._squares / (self.n - 1)) if self.n > 1 else None


class Loading:
    """Impact and loading rates of the steps that one impact method measures."""

    def __init__(self) -> None:
        self.impact = Tally()
        self.valr = Tally()
        self.vilr = Tally()

    def add(self, impact: float | None, valr: float | None, vilr: float | None) -> None:
        self.impact.add(impact)
        self.valr.add(valr)
        self.vilr.add(vilr)


class StepMeans:
    """Means of the final steps added so far, for either impact method."""

    def __init__(self) -> None:
        self.n = 0
        self._step_ms = Tally()
        self._plain = {name: Tally() for name in PLAIN}
        self._loading: dict[ImpactMethod, Loading] = {"peak": Loading(), "stance13": Loading()}

    def add(self, step: Step) -> None:
        self.n += 1
        self._step_ms.add(step.step_ms)
        for name, tally in self._plain.items():
            tally.add(getattr(step, name))
        if step.impact_method == "peak":
            self._loading["peak"].add(step.impact_peak_bw, step.valr_bw_s, step.vilr_bw_s)
        self._loading["stance13"].add(step.impact13_bw, step.valr13_bw_s, step.vilr_bw_s)

    def means(self, method: ImpactMethod | None) -> Means:
        loading = self._loading[method or "stance13"]
        plain = {name: tally.mean for name, tally in self._plain.items()}
        return Means(
            n=self.n,
            cadence_spm=cadence_spm(self._step_ms.mean),
            impact_bw=loading.impact.mean,
            valr_bw_s=loading.valr.mean,
            valr_sd_bw_s=loading.valr.sd,
            vilr_bw_s=loading.vilr.mean,
            swing_balance_pct=swing_balance_pct(plain["reach_ahead_mm"], plain["reach_behind_mm"]),
            **plain,
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
