"""A run second by second, as watches record it."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from softshoe.events import ImpactMethod, Means, Step
from softshoe.means import means_of
from softshoe.settings import SessionSettings
from softshoe.totals import Totals, contact_balance_pct

PAUSE_S = SessionSettings().pause_s


class Second(Struct, frozen=True, kw_only=True):
    """The steps that began within one second of the run, and what it adds up to by then.

    ``balance_pct`` is of contact times, from the last 25 steps of each foot, as everywhere.
    ``paused_at`` is the second in which the pause before this one began, if there was one.
    """

    second: int
    means: Means
    belt_m_s: float | None
    running_s: float
    distance_m: float | None
    balance_pct: float | None
    paused_at: int | None


def seconds(steps: Iterable[Step], method: ImpactMethod | None) -> Iterator[Second]:
    """Only seconds in which a step began. Steps come in order, ``t_s`` since the run began."""
    totals = Totals(PAUSE_S)
    for second, grouped in groupby(steps, key=lambda step: int(step.t_s)):
        of_second = list(grouped)
        paused_at = _paused_at(totals.last_step, of_second[0])
        for step in of_second:
            totals.add(step)
        yield Second(
            second=second,
            means=means_of(of_second, method),
            belt_m_s=_mean_belt(of_second),
            running_s=totals.running_s,
            distance_m=totals.distance_m,
            balance_pct=contact_balance_pct(totals.recent("left"), totals.recent("right")),
            paused_at=paused_at,
        )


def _paused_at(last: Step | None, step: Step) -> int | None:
    if last is None or step.t_s - last.t_s <= PAUSE_S:
        return None
    return int(last.t_s) + 1


def _mean_belt(steps: list[Step]) -> float | None:
    known = [step.belt_m_s for step in steps if step.belt_m_s is not None]
    return sum(known) / len(known) if known else None
