"""What travels to and from the coach: focus and its minute, cues, results, and a runner's history.

Times are seconds of the clock that the steps come with. ``None`` is "not known".
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Skill = Literal["straight", "tall", "soft", "close", "push"]
Leg = Literal["left", "right"]
Phase = Literal["warm_up", "baseline", "window", "between", "probe", "over"]
Second = Literal["inside", "outside", "not_counted", "to_come"]
Change = Literal["better", "same", "worse", "unknown"]
Metric = Literal[
    "valr13_bw_s",
    "reach_ahead_mm",
    "reach_behind_mm",
    "step_ms",
    "forefoot_share_pct",
    "push_impulse_bw_s",
    "step_width_mm",
]
Rating = Annotated[int, Meta(ge=1, le=5)]


class Measure(Struct, frozen=True):
    """Mean and spread of ``n`` steps of one metric, in the metric's unit."""

    mean: float
    sd: float
    n: int


class Baseline(Struct, frozen=True, kw_only=True):
    """The first un-cued minute of a run at one belt speed. Kept with the runner."""

    metric: Metric
    belt_m_s: float | None
    side: Leg | None = None
    """The leg that is worse, where the legs differ by more than their noise."""
    all: Measure
    left: Measure | None = None
    right: Measure | None = None


class Target(Struct, frozen=True, kw_only=True):
    """What a runner or a coach wants in place of the rule, at this speed, in the metric's unit."""

    metric: Metric
    belt_m_s: float | None
    value: float


class Focus(Struct, frozen=True, kw_only=True):
    """How a focus run stands: told with each second of running, and when its phase changes."""

    skill: Skill
    t_s: float
    phase: Phase
    paused: bool = False
    focus_run: int
    """1 is the runner's first with this skill."""
    planned_min: int
    window: int
    """Which window it is, or was last; 0 before the first."""
    windows: int
    left_s: float
    """Of this phase."""
    total_s: float
    """Of all windows."""
    done_s: float
    on_target_s: float
    counted_s: float
    minute: tuple[Second, ...]
    """60 seconds of the window's current minute."""
    metric: Metric | None = None
    """None while not known, and where nothing measures the skill."""
    side: Leg | None = None
    """Only this leg's steps count."""
    baseline: float | None = None
    target: float | None = None
    value: float | None = None
    """Mean of the last five steps."""


class Cue(Struct, frozen=True, kw_only=True):
    """One thing to think of, to be shown from ``t_s`` until ``until_s`` and spoken once."""

    number: int
    """From 1, in this run."""
    skill: Skill
    t_s: float
    until_s: float
    word: str
    lines: tuple[str, str]
    say: str
    side: Leg | None = None


class FocusResult(Struct, frozen=True, kw_only=True):
    """What a focus run came to, at the belt speed at which most of it was run.

    ``change`` is the windows' mean less today's baseline, in the metric's unit; only when it is
    larger than ``noise`` is it called better or worse.
    """

    skill: Skill
    focus_run: int
    planned_min: int
    focus_s: float
    counted_s: float
    on_target_s: float
    cues: int
    belt_m_s: float | None = None
    metric: Metric | None = None
    side: Leg | None = None
    target: float | None = None
    baseline: Measure | None = None
    windows: Measure | None = None
    probe: Measure | None = None
    """Un-cued, after the last window."""
    change: float | None = None
    noise: float | None = None
    change_pct: float | None = None
    noise_pct: float | None = None
    improved: Change = "unknown"
    retained: bool | None = None
    """Whether the probe's mean was on target."""
    rating: Rating | None = None


class Trend(Struct, frozen=True, kw_only=True):
    """A skill over the runs at one belt speed: un-cued minutes at first against those of late."""

    skill: Skill
    belt_m_s: float | None
    runs: int
    practised_s: float
    metric: Metric | None = None
    first: float | None = None
    late: float | None = None
    change: float | None = None
    noise: float | None = None
    learned: Change = "unknown"
    retained_in_a_row: int = 0
    yours: bool = False


class Suggestion(Struct, frozen=True, kw_only=True):
    """Which skill to focus on next, and why, in one sentence."""

    skill: Skill
    why: str
    by_measure: bool


class History(Struct, frozen=True, kw_only=True):
    """What is remembered of a runner, oldest first."""

    results: tuple[FocusResult, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    targets: tuple[Target, ...] = ()
    """The newest of a metric and speed holds."""


CoachEvent = Focus | Cue | Baseline | FocusResult


class Window(Struct, frozen=True):
    """A stretch of a run in which its skill was minded, seconds since the run began."""

    from_s: float
    to_s: float


class Practised(Struct, frozen=True, kw_only=True):
    """What a run with a focus came to: told when the run is done, and again when it goes on."""

    session: str
    runner: str
    at: str | None = None
    """When the run began; None while the clock was not set."""
    result: FocusResult
    baselines: tuple[Baseline, ...] = ()
    windows: tuple[Window, ...] = ()


class FocusOn(Struct, frozen=True, kw_only=True):
    """The wish to mind a skill in this run, or the next; None: no more."""

    t_s: float = 0.0
    skill: Skill | None
    history: History = History()


class AimAt(Struct, frozen=True):
    """The wish for another target."""

    t_s: float
    target: Target
