"""How long a focus run minds its skill, in which windows, and how often it may cue."""

from math import ceil

from msgspec import Struct

from softshoe.coaching import History, Phase, Skill

LONGEST_MIN = 30
WINDOW_MIN = 5
WARM_UP_S = 180.0
BETWEEN_S = 120.0
PROBE_S = 60.0
CUE_GAP_S = 10.0
LONGEST_GAP_S = 60.0
FULL_CUES_RUNS = 4


class Plan(Struct, frozen=True, kw_only=True):
    """One focus run."""

    skill: Skill
    focus_run: int
    windows_min: tuple[int, ...]
    warm_up_s: float = WARM_UP_S
    cue_gap_s: float = CUE_GAP_S

    @property
    def minutes(self) -> int:
        return sum(self.windows_min)


class Stage(Struct, frozen=True):
    """A part of a focus run, in seconds of running; ``window`` counts the windows up to it."""

    phase: Phase
    window: int
    length_s: float


def make_plan(skill: Skill, history: History, warm_up_s: float = WARM_UP_S) -> Plan:
    """One minute more with each earlier focus run of this skill."""
    earlier = sum(result.skill == skill for result in history.results)
    return Plan(
        skill=skill,
        focus_run=earlier + 1,
        windows_min=windows_min(min(LONGEST_MIN, earlier + 1)),
        warm_up_s=warm_up_s,
        cue_gap_s=cue_gap_s(earlier + 1),
    )


def windows_min(minutes: int) -> tuple[int, ...]:
    """Whole minutes in as few windows of five as hold them, as even as can be, long ones first."""
    count = ceil(minutes / WINDOW_MIN)
    return tuple(minutes // count + (number < minutes % count) for number in range(count))


def cue_gap_s(focus_run: int) -> float:
    """Cues fade: 10 s apart in the first four runs, then 10 s more with each, up to a minute."""
    return min(LONGEST_GAP_S, CUE_GAP_S * max(1, focus_run - FULL_CUES_RUNS + 1))


def stages(plan: Plan) -> tuple[Stage, ...]:
    """Warm-up, windows with un-cued running between them, then the probe."""
    parts = [Stage("warm_up", 0, plan.warm_up_s)]
    for number, minutes in enumerate(plan.windows_min, 1):
        if number > 1:
            parts.append(Stage("between", number - 1, BETWEEN_S))
        parts.append(Stage("window", number, 60.0 * minutes))
    last = len(plan.windows_min)
    return (*parts, Stage("probe", last, PROBE_S), Stage("over", last, 0.0))
