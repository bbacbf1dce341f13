"""Every type that travels: the one source of field names, units and JSON Schemas.

Times are seconds of the source's own clock unless a name says otherwise; only a Session holds
wall-clock time. SI units unless the name carries another. ``None`` means "this rig cannot know";
NaN occurs only inside arrays, as a missing sample. All types are frozen; arrays are read-only by
convention of the house.
"""

from typing import Annotated, Literal

import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray

Array = NDArray[np.float64]
StreamName = Literal["deck", "insoles", "left", "right"]
Side = Literal["left", "right", "unknown"]
Foot = Literal["a", "b"]
Quality = Literal["good", "low", "none"]
Moment = Literal["landing", "live", "final"]
ImpactMethod = Literal["peak", "stance13"]
Unit = Literal["N", "counts", "kPa", "N/cm2"]
Zone = Literal["heel", "mid", "fore"]
Activity = Literal["run", "walk", "unknown"]

# --- what a rig is ---------------------------------------------------------------------------


class Sensor(Struct, frozen=True):
    """One pressure sensor of an insole. Both feet share a layout; y is lateral +, mm."""

    name: str
    x_pct: float
    y_mm: float
    zone: Zone


class DeckLayout(Struct, frozen=True):
    """How a deck's channels give force and place: one force, force and its place, or corners."""

    kind: Literal["force", "force_cop", "four_cell"]
    half_length_mm: float | None = None
    half_width_mm: float | None = None


class InsoleLayout(Struct, frozen=True):
    """Sensors of one foot, in channel order. Empty when the maker's layout is not known."""

    channels_per_foot: int
    sensors: tuple[Sensor, ...] = ()
    length_mm: float | None = None


class Stream(Struct, frozen=True):
    """One regularly sampled matrix: a deck, both insoles (left channels, then right), or one.

    Insoles with a board each are two streams, ``left`` and ``right``, each with its own clock.
    """

    name: StreamName
    rate_hz: float
    channels: tuple[str, ...]
    unit: Unit = "N"
    deck: DeckLayout | None = None
    insole: InsoleLayout | None = None
    board: str | None = None
    """The id of the board that samples it: its calibration is found by this."""
    counted: bool = True
    """Whether the board numbers its samples; if not, nobody can see what is lost."""

    @property
    def scaled_by(self) -> str:
        """Whose calibration holds for it: the board's, or the stream's own where none is known."""
        return self.board or self.name


class Rig(Struct, frozen=True):
    """What the sensors are: a deck, insoles, or both."""

    streams: tuple[Stream, ...]

    @property
    def deck(self) -> Stream | None:
        return next((stream for stream in self.streams if stream.deck), None)

    @property
    def insoles(self) -> Stream | None:
        """Both insoles' stream, or the first foot's: their layout is the same."""
        return next((stream for stream in self.streams if stream.insole), None)

    @property
    def name(self) -> str:
        """``deck1``, ``deck4``, ``insoles``, ``deck4+insoles`` or ``deck1+insoles``."""
        parts = []
        if self.deck and self.deck.deck:
            parts.append("deck1" if self.deck.deck.kind == "force" else "deck4")
        if self.insoles:
            parts.append("insoles")
        return "+".join(parts)


class Conditions(Struct, frozen=True):
    """What is stated, not measured, about a run: from a sidecar or the configuration."""

    belt_m_s: float | None = None
    slope_deg: float = 0.0
    body_mass_kg: float | None = None
    body_weight_n: float | None = None
    height_mm: float | None = None
    activity: str | None = None


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


class Tick(Struct, frozen=True):
    """Time went on to ``t_s`` of the source's clock, whether or not samples came."""

    t_s: float


class Command(Struct, frozen=True):
    """Somebody at the machine wants something: the run ended or begun, or a lap marked."""

    t_s: float
    do: Literal["toggle", "lap"]


SourceItem = SampleBlock | Belt | Tick | Command
"""What a source gives to be measured."""


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


# --- what calibrating a board has found ------------------------------------------------------


class FsrCircuit(Struct, frozen=True, kw_only=True):
    """How resistive sensors become counts: the sensor lies between ``vref_v`` and the converter.

    ``divider``: ``r_m_ohm`` from the converter's input to ground, so more load gives more counts.
    ``transimpedance``: ``r_m_ohm`` is an amplifier's feedback, so counts grow with conductance.
    """

    circuit: Literal["divider", "transimpedance"] = "divider"
    vref_v: Annotated[float, Meta(gt=0, le=50)] = 5.0
    bits: Annotated[int, Meta(ge=1, le=32)] = 10
    r_m_ohm: Annotated[float, Meta(gt=0)] = 2200.0


class FsrScale(Struct, frozen=True, kw_only=True, tag_field="kind", tag="fsr"):
    """Counts of resistive sensors to newtons: gain_n · (G^power - zero_ms^power), G in mS.

    One zero (conductance without load) and one gain (newtons at 1 mS) for each channel.
    """

    circuit: FsrCircuit
    power: float
    zeros_ms: tuple[float, ...]
    gains_n: tuple[float, ...]


class CellScale(Struct, frozen=True, kw_only=True, tag_field="kind", tag="cells"):
    """Counts of load cells to newtons, channel by channel: (counts - zero) · newtons_per_count."""

    bits: Annotated[int, Meta(ge=1, le=32)] = 24
    """Of a signed converter; at its ends a reading is saturated."""
    zeros_counts: tuple[float, ...]
    newtons_per_count: tuple[float, ...]


class Resonance(Struct, frozen=True, kw_only=True, tag_field="kind", tag="resonance"):
    """How a deck rings when it is struck."""

    fn_hz: Annotated[float, Meta(gt=0)]
    zeta: Annotated[float, Meta(ge=0, lt=1)]


class Check(Struct, frozen=True, kw_only=True):
    """One thing that was looked at while calibrating; ``advice`` says what to do when it failed."""

    item: str
    passed: bool
    found: str
    advice: str = ""


Found = FsrScale | CellScale | Resonance


class Calibration(Struct, frozen=True, kw_only=True):
    """What was found by calibrating a board. The newest of a board and kind holds."""

    name: str
    """By this a session names it."""
    board: str
    """A board's id, or the stream's name where a board has none."""
    at: str | None = None
    found: Found
    weight_n: float | None = None
    """The known weight that it rests on."""
    residual_pct: float | None = None
    """How far the calibrated sum lay from that weight: RMS, percent of it."""
    checks: tuple[Check, ...] = ()

    @property
    def kind(self) -> str:
        """``fsr``, ``cells`` or ``resonance``."""
        return str(self.found.__struct_config__.tag)

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)


Event = Step | Session | LiveState | Health | Tick | About | Calibration
