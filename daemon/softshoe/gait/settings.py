"""Every limit of the gait room that a user may want to move, with the source of its value."""

from msgspec import Struct


class GaitSettings(Struct, frozen=True, kw_only=True):
    """Defaults are the definitions in daemon/README; a session stores the ones in use."""

    contact_threshold_n: float = 50.0
    """Contact begins and ends where the force crosses this, newtons."""
    rear_below_pct: float = 31.0
    """A strike index below this is a rearfoot landing, % of insole length."""
    rear_travel_mm: float = 75.0
    """On a deck, a centre of pressure that travels further than this landed on the rear foot."""
    empty_deck_n: float | None = None
    """What the empty deck reads, newtons: the stored zero of its calibration, when there is one."""
