"""Every type that travels: the one source of field names, units and JSON Schemas.

What a rig is stands in `rigs`, what calibrating it has found in `calibrations`, what the coach says
in `coaching`.

Times are seconds of the source's own clock unless a name says otherwise; only a Session holds
wall-clock time. SI units unless the name carries another. ``None`` means "this rig cannot know";
NaN occurs only inside arrays, as a missing sample. All types are frozen; arrays are read-only by
convention of the house.
"""

from typing import Annotated, Literal

import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray

from softshoe.calibrations import Calibration
from softshoe.coaching import AimAt, Cue, Focus, FocusOn, Practised
from softshoe.people import Erased, RunsAs
from softshoe.requests import Message, MessageShown
from softshoe.rigs import StreamName

Array = NDArray[np.float64]
Side = Literal["left", "right", "unknown"]
Foot = Literal["a", "b"]
Quality = Literal["good", "low", "none"]
Moment = Literal["landing", "live", "final"]
ImpactMethod = Literal["peak", "stance13"]
Activity = Literal["run", "walk", "unknown"]

# --- from the wire to a step -----------------------------------------------------------------


class SampleBlock(Struct, frozen=True, eq=False):
    """Samples of one stream: row i was taken at ``first_s + i / rate`` on the source's clock.

    ``first_index`` counts rows since the source started, so a loss shows as a jump; a restart of
    the board starts a new ``segment`` at index 0. ``values`` is (rows, channels), NaN = missing.
    """

    stream: StreamName
    first_index: int
    first_s: float
    values: Array
    segment: int = 0


class Belt(Struct, frozen=True):
    """The belt's speed from now on; None when it is not known any more."""

    t_s: float
    belt_m_s: float | None
    slope_deg: float | None = None
    """None: as before."""


class Tick(Struct, frozen=True):
    """Time went on to ``t_s`` of the source's clock, whether or not samples came."""

    t_s: float


class Command(Struct, frozen=True):
    """Somebody at the machine wants something: the run ended or begun, or a lap marked."""

    t_s: float
    do: Literal["toggle", "start", "stop", "lap"]


SourceItem = SampleBlock | Belt | Tick | Command
"""What a source gives to be measured."""

Wish = Command | Belt | RunsAs | FocusOn | AimAt
"""What somebody at a screen may want of a run that is being measured."""


class BoardReport(Struct, frozen=True, kw_only=True):
    """How the board behind a stream is, beyond what its samples show: for the health page."""

    stream: StreamName
    t_s: float
    board: str | None = None
    state: Literal["waiting", "live", "lost", "broken"] = "live"
    why: str | None = None
    bad_frames: int = 0
    overruns: int = 0
    """Samples that the board itself was too slow for."""
    saturated: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    battery_mv: int | None = None


class Step(Struct, frozen=True, kw_only=True):
    """One footfall. One schema for its three moments; the metrics are defined in daemon/README.

    ``landing`` and ``live`` leave null what only later samples can tell.
    """

    moment: Moment
    session: str | None = None
    step: int | None = None
    t_s: float
    side: Side | None = None
    foot: Foot | None = None

    contact_ms: float | None = None
    flight_ms: float | None = None
    step_ms: float | None = None
    cadence_spm: float | None = None
    duty_factor: float | None = None

    impact_method: ImpactMethod | None = None
    impact_peak_bw: float | None = None
    impact_time_ms: float | None = None
    impact13_bw: float | None = None
    valr_bw_s: float | None = None
    vilr_bw_s: float | None = None
    valr13_bw_s: float | None = None
    active_peak_bw: float | None = None
    active_time_pct: float | None = None
    impulse_bw_s: float | None = None

    strike: Literal["rear", "non_rear"] | None = None
    strike_confidence: float | None = None
    strike_index_pct: float | None = None
    onset_ms: float | None = None
    cop_travel_mm: float | None = None
    cop_path: tuple[tuple[float, float], ...] | None = None
    """Where the pressure went on the sole: (x % of its length from the heel, y mm lateral +)."""

    reach_method: Literal["measured", "symmetric"] | None = None
    reach_ahead_mm: float | None = None
    reach_behind_mm: float | None = None
    swing_balance_pct: float | None = None
    step_length_mm: float | None = None
    vertical_oscillation_mm: float | None = None
    fmax_bw: float | None = None
    com_drop_mm: float | None = None
    vertical_stiffness_kn_m: float | None = None
    leg_compression_mm: float | None = None
    leg_stiffness_kn_m: float | None = None

    push_impulse_bw_s: float | None = None
    unloading_bw_s: float | None = None
    forefoot_share_pct: float | None = None
    hallux_share_pct: float | None = None
    heel_off_pct: float | None = None
    medial_share_pct: float | None = None
    arch_share_pct: float | None = None
    step_width_mm: float | None = None
    sway_mm: float | None = None

    belt_m_s: float | None = None
    timing_quality: Quality = "good"
    loading_quality: Quality = "good"
    place_quality: Quality = "good"
    quality_reasons: tuple[str, ...] = ()


class ActivityChange(Struct, frozen=True):
    """What the runner does from ``t_s`` on; the rest is of a walk, as far as the rig can tell."""

    t_s: float
    activity: Activity
    cadence_spm: float | None = None
    left_stance_ms: float | None = None
    right_stance_ms: float | None = None


class RunBegan(Struct, frozen=True):
    """Running has been noticed, at its third contact; ``t_s`` is the first one's."""

    t_s: float


class NewRunner(Struct, frozen=True):
    """The weight on the belt has been more than 5 % off for 20 steps: somebody else runs."""

    t_s: float
    body_weight_n: float


class Rejected(Struct, frozen=True):
    """A contact that is no step, and why."""

    t_s: float
    reason: str


GaitEvent = Step | Tick | RunBegan | ActivityChange | NewRunner | Rejected


# --- a run -----------------------------------------------------------------------------------


class Conventions(Struct, frozen=True, kw_only=True):
    """What every number of a session rests on; written into each exported file."""

    threshold_n: float | None
    cutoff_hz: float
    rate_hz: float
    impact_method: ImpactMethod | None
    body_weight_n: float | None
    body_weight_source: Literal["standing", "strides", "stated"] | None
    belt_m_s: float | None = None
    slope_deg: float = 0.0
    leg_length_mm: float | None = None
    calibrations: tuple[str, ...] = ()
    """The names of those by which counts became newtons."""


class Means(Struct, frozen=True, kw_only=True):
    """Means of one foot's steps, or of all; ``n`` says of how many."""

    n: int = 0
    contact_ms: float | None = None
    flight_ms: float | None = None
    cadence_spm: float | None = None
    duty_factor: float | None = None
    impact_bw: float | None = None
    valr_bw_s: float | None = None
    valr_sd_bw_s: float | None = None
    vilr_bw_s: float | None = None
    active_peak_bw: float | None = None
    impulse_bw_s: float | None = None
    push_impulse_bw_s: float | None = None
    strike_index_pct: float | None = None
    onset_ms: float | None = None
    reach_ahead_mm: float | None = None
    reach_behind_mm: float | None = None
    swing_balance_pct: float | None = None
    step_width_mm: float | None = None
    vertical_oscillation_mm: float | None = None
    step_length_mm: float | None = None


class Asymmetry(Struct, frozen=True, kw_only=True):
    """Left against right of one metric, from means. Positive is more on the left, for all three."""

    metric: str
    n: int
    left: float
    right: float
    symmetry_index_pct: float
    balance_pct: float
    symmetry_angle_pct: float


class Session(Struct, frozen=True, kw_only=True):
    """One run: opened by running, closed by silence. The only type that holds wall-clock time."""

    session: str
    device: str
    runner: str = "guest"
    alias: str | None = None
    rig: str
    state: Literal["open", "closed", "interrupted"] = "open"
    clock: Literal["synced", "unsynced"] = "synced"
    started_at: str | None = None
    ended_at: str | None = None
    boot: str | None = None
    started_monotonic_s: float = 0.0
    conventions: Conventions
    duration_s: float = 0.0
    running_s: float = 0.0
    distance_m: float | None = None
    steps: int = 0
    rejected: dict[str, int] = {}
    all: Means = Means()
    left: Means = Means()
    right: Means = Means()
    asymmetry: tuple[Asymmetry, ...] = ()
    laps_s: tuple[float, ...] = ()
    """When laps were marked, in seconds since the start."""


class LiveState(Struct, frozen=True, kw_only=True):
    """How the run is going: sent when it changes, at most once a second."""

    session: str | None = None
    state: Literal["ready", "running", "paused", "done"] = "ready"
    activity: Activity = "unknown"
    t_s: float = 0.0
    running_s: float = 0.0
    steps: int = 0
    cadence_spm: float | None = None
    belt_m_s: float | None = None
    """0 when the belt stands; null when nobody knows."""
    distance_m: float | None = None
    left: Means = Means()
    right: Means = Means()
    line_valr_bw_s: float | None = None
    """The runner's own line for softness: the mean of the first minute of this run."""
    balance_pct: float | None = None
    reach_ahead_mm: float | None = None
    reach_behind_mm: float | None = None
    swing_balance_pct: float | None = None
    impact_method: ImpactMethod | None = None
    body_weight_n: float | None = None
    durable_step: int | None = None
    timing_quality: Quality = "none"
    loading_quality: Quality = "none"
    place_quality: Quality = "none"


class SourceHealth(Struct, frozen=True, kw_only=True):
    """How one stream of samples is doing."""

    name: str
    state: Literal["waiting", "live", "stale", "lost", "broken", "ended"]
    nominal_rate_hz: float
    rate_hz: float | None = None
    jitter_ms: float | None = None
    lost: int = 0
    board: str | None = None
    bad_frames: int = 0
    overruns: int = 0
    saturated: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    battery_mv: int | None = None
    last_seen_s: float | None = None
    why: str | None = None


class Health(Struct, frozen=True, kw_only=True):
    """What works and what does not: sent when a state changes."""

    sources: tuple[SourceHealth, ...] = ()
    broker: Literal["connected", "away", "denied", "off"] = "off"
    broker_backlog: int = 0
    disk: Literal["ok", "full", "failing"] = "ok"
    disk_free_mb: int | None = None
    clock: Literal["synced", "unsynced"] = "synced"
    dropped: dict[str, int] = {}
    restarts: dict[str, int] = {}
    notes: tuple[str, ...] = ()


class About(Struct, frozen=True, kw_only=True):
    """Who sends this feed, and by which conventions."""

    device: str
    version: str
    rig: str
    channels: dict[str, tuple[str, ...]]
    rate_hz: dict[str, float]
    conventions: Conventions
    schema: Annotated[str, Meta(description="where the JSON Schemas are served")]


Event = (
    Step
    | Session
    | LiveState
    | Health
    | Tick
    | About
    | Calibration
    | NewRunner
    | Erased
    | Focus
    | Cue
    | Practised
    | Message
    | MessageShown
)
