"""What a deck that rings does to loading, and how the ringing is undone.

A deck on its springs shows z of a force F with F = z + (2 zeta / wn) z' + z'' / wn^2, wn = 2 pi fn.
"""

import numpy as np
from numpy.typing import NDArray

from softshoe.calibrations import Resonance
from softshoe.events import Array

REFUSED_BELOW_HZ = 40.0
"""A deck that rings within the band of an impact cannot show a loading rate."""
HARMLESS_FROM_HZ = 120.0


def must_be_undone(resonance: Resonance | None) -> bool:
    return resonance is not None and REFUSED_BELOW_HZ <= resonance.fn_hz < HARMLESS_FROM_HZ


def refuses_loading(resonance: Resonance | None) -> bool:
    return resonance is not None and resonance.fn_hz < REFUSED_BELOW_HZ


def undoing(resonance: Resonance, frequencies_hz: Array) -> NDArray[np.complex128]:
    """By what the spectrum of z is multiplied to give that of F."""
    ratio = frequencies_hz / resonance.fn_hz
    return 1.0 - ratio**2 + 2j * resonance.zeta * ratio
