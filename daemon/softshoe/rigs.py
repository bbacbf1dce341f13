"""What a rig is: its streams of samples, how their channels lie, and what is stated of a run."""

from typing import Literal

from msgspec import Struct

StreamName = Literal["deck", "insoles", "left", "right"]
Unit = Literal["N", "counts", "kPa", "N/cm2"]
Zone = Literal["heel", "mid", "fore"]
DeckKind = Literal["force", "force_cop", "four_cell"]


class Sensor(Struct, frozen=True):
    """One pressure sensor of an insole. Both feet share a layout; y is lateral +, mm."""

    name: str
    x_pct: float
    y_mm: float
    zone: Zone


class DeckLayout(Struct, frozen=True):
    """How a deck's channels give force and place: one force, force and its place, or corners."""

    kind: DeckKind
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
