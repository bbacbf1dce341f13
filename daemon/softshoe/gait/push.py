"""Push-off, as far as vertical force shows it."""

import numpy as np

from softshoe.events import Array
from softshoe.gait.trace import Trace, integral

LATE_FRACTION = 0.65


def push_impulse_bw_s(force: Array, trace: Trace, lowest: float) -> float | None:
    """Impulse above body weight from the body's lowest point to toe-off; ``force`` in BW."""
    if not trace.ic <= lowest < trace.to:
        return None
    return integral(force - 1.0, lowest, trace.to, trace.rate_hz)


def unloading_bw_s(force: Array, trace: Trace) -> float:
    """The fastest fall of force in the last 35 % of contact; ``force`` in BW."""
    return -float(np.gradient(force)[trace.between(LATE_FRACTION, 1.0)].min()) * trace.rate_hz
