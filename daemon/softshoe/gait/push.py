"""Push-off, as far as vertical force shows it."""

from softshoe.events import Array
from softshoe.gait.trace import Trace, integral, slope

LATE_FRACTION = 0.65


def push_impulse_bw_s(force: Array, trace: Trace, lowest: float) -> float | None:
    """Impulse above body weight from the body's lowest point to toe-off; ``force`` in BW."""
    if not trace.ic <= lowest < trace.to:
        return None
    return integral(force - 1.0, lowest, trace.to, trace.rate_hz)


def unloading_bw_s(force: Array, trace: Trace) -> float:
    """The fastest fall of force in the last 35 % of contact; ``force`` in BW."""
    late = trace.between(LATE_FRACTION, 1.0)
    return -float(slope(force, late.start, late.stop).min()) * trace.rate_hz
