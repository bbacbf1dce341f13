"""Final steps made by hand, 0.35 s apart unless told otherwise."""

from collections.abc import Iterable, Iterator

from softshoe.coach.focus import Coach
from softshoe.coaching import Baseline, CoachEvent, Cue, Focus, FocusResult, Measure
from softshoe.events import Side, Step, Tick

STEP_S = 0.35
BELT_M_S = 3.0


def a_step(t_s: float, side: Side = "left", **values: object) -> Step:
    known = {"belt_m_s": BELT_M_S, "valr13_bw_s": 70.0} | values
    return Step(moment="final", t_s=t_s, side=side, **known)  # type: ignore[arg-type]


def steps(until_s: float, from_s: float = 0.0, **values: object) -> Iterator[Step]:
    """Left and right by turns; a value that wobbles a little, so that it has a spread."""
    number = 0
    while (t_s := from_s + STEP_S * number) < until_s:
        wobble = 1 + (0.02 if number // 2 % 2 else -0.02)
        wobbly = {
            name: value * wobble if isinstance(value, float) and name != "belt_m_s" else value
            for name, value in ({"valr13_bw_s": 70.0} | values).items()
        }
        yield a_step(t_s, "right" if number % 2 else "left", **wobbly)
        number += 1


def fed(coach: Coach, items: Iterable[Step | Tick]) -> list[CoachEvent]:
    return [event for item in items for event in coach.feed(item)]


def cues(events: Iterable[CoachEvent]) -> list[Cue]:
    return [event for event in events if isinstance(event, Cue)]


def focuses(events: Iterable[CoachEvent]) -> list[Focus]:
    return [event for event in events if isinstance(event, Focus)]


def baselines(events: Iterable[CoachEvent]) -> list[Baseline]:
    return [event for event in events if isinstance(event, Baseline)]


def result(events: Iterable[CoachEvent]) -> FocusResult:
    """The one there is."""
    (found,) = (event for event in events if isinstance(event, FocusResult))
    return found


def a_measure(mean: float = 70.0, sd: float = 7.0, n: int = 170) -> Measure:
    return Measure(mean, sd, n)


def a_result(focus_run: int = 1, **values: object) -> FocusResult:
    known = {
        "skill": "soft",
        "planned_min": focus_run,
        "focus_s": 60.0 * focus_run,
        "counted_s": 60.0 * focus_run,
        "on_target_s": 30.0 * focus_run,
        "cues": 3,
        "belt_m_s": BELT_M_S,
        "metric": "valr13_bw_s",
        "target": 56.0,
        "baseline": a_measure(),
        "retained": True,
    } | values
    return FocusResult(focus_run=focus_run, **known)  # type: ignore[arg-type]


def a_baseline(mean: float = 70.0, **values: object) -> Baseline:
    known = {"metric": "valr13_bw_s", "belt_m_s": BELT_M_S, "all": a_measure(mean)} | values
    return Baseline(**known)  # type: ignore[arg-type]
