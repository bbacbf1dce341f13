"""What a user may say about a recording; it wins over the sidecar."""

from msgspec import Struct

from softshoe.rigs import Unit


class RecordingOptions(Struct, frozen=True, kw_only=True):
    """For files without a sidecar: the rate, which columns are what, and who ran how fast."""

    rate_hz: float | None = None
    time_column: str = "t_s"
    deck_columns: tuple[str, ...] = ()
    """One column is force, three are force and centre of pressure (x, y), four are corner cells."""
    insole_columns: tuple[str, ...] = ()
    """The left foot's columns, then as many of the right foot."""
    unit: Unit | None = None
    half_length_mm: float | None = None
    half_width_mm: float | None = None
    activity: str | None = None
    belt_m_s: float | None = None
    slope_deg: float | None = None
    body_mass_kg: float | None = None
    body_weight_n: float | None = None
    height_mm: float | None = None
