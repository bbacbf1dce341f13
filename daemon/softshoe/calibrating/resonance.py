"""How a deck rings: frequency and damping, from heel-drops.

After each blow the deck's own oscillation remains while the slow force of the body goes on. A sum
of decaying waves is fitted to that by the matrix pencil (Hua & Sarkar 1990), and the strongest of
those that a deck can have is taken; of all drops, the median.
"""

import math

import numpy as np
from msgspec import Struct

from softshoe.calibrations import Check, Resonance
from softshoe.errors import InputError
from softshoe.events import Array
from softshoe.gait.resonance import HARMLESS_FROM_HZ, REFUSED_BELOW_HZ

BAND_HZ = (20.0, 250.0)
ZETA = (0.002, 0.5)
RING_S = 0.15
AFTER_S = 0.010
APART_S = 0.7
BLOW_SHARE = 0.5
FEWEST_DROPS = 3
WAVES = 8
SPREAD_PCT = 10.0


class Ringing(Struct, frozen=True, eq=False):
    """What the drops agree on, and how far each frequency lies from it."""

    resonance: Resonance
    frequencies_hz: tuple[float, ...]

    @property
    def spread_pct(self) -> float:
        return 100.0 * float(np.std(self.frequencies_hz)) / self.resonance.fn_hz


def measure_resonance(force: Array, rate_hz: float) -> Ringing:
    """From the sum of a deck's cells, in any unit. InputError for too few clear drops."""
    found = [wave for blow in find_blows(force, rate_hz) if (wave := _ring(force, blow, rate_hz))]
    if len(found) < FEWEST_DROPS:
        raise InputError(
            f"{len(found)} clear heel-drops, {FEWEST_DROPS} are needed: rise on the toes, drop on "
            "the heels, stand still for a second, and again"
        )
    fn_hz, zeta = (float(np.median(column)) for column in zip(*found, strict=True))
    return Ringing(Resonance(fn_hz=fn_hz, zeta=zeta), tuple(fn for fn, _ in found))


def find_blows(force: Array, rate_hz: float) -> list[int]:
    """Indices of the fastest rises: one a drop."""
    rise = np.diff(force)
    apart = round(APART_S * rate_hz)
    level = BLOW_SHARE * float(np.nanmax(rise))
    blows: list[int] = []
    for index in np.flatnonzero(rise >= level).tolist():
        if not blows or index - blows[-1] > apart:
            blows.append(index)
    return blows


def _ring(force: Array, blow: int, rate_hz: float) -> tuple[float, float] | None:
    """(frequency, damping) of the deck after one blow, None where nothing rings."""
    peak = blow + int(np.argmax(force[blow : blow + round(0.05 * rate_hz)]))
    start = peak + round(AFTER_S * rate_hz)
    ringing = force[start : start + round(RING_S * rate_hz)]
    if len(ringing) < round(RING_S * rate_hz) or not np.isfinite(ringing).all():
        return None
    poles, amplitudes = decaying_waves(ringing, WAVES)
    waves = [
        (abs(amplitude), _frequency_and_damping(pole, rate_hz))
        for pole, amplitude in zip(poles, amplitudes, strict=True)
    ]
    possible = [
        (strength, wave)
        for strength, wave in waves
        if BAND_HZ[0] <= wave[0] <= BAND_HZ[1] and ZETA[0] <= wave[1] <= ZETA[1]
    ]
    return max(possible)[1] if possible else None


def decaying_waves(samples: Array, count: int) -> tuple[Array, Array]:
    """Complex poles z and amplitudes a: samples[n] is about the real sum of a · z^n."""
    columns = len(samples) // 3
    shifted = np.lib.stride_tricks.sliding_window_view(samples, columns + 1)
    _, _, rows = np.linalg.svd(shifted, full_matrices=False)
    space = rows[:count].T
    poles = np.linalg.eigvals(np.linalg.pinv(space[:-1]) @ space[1:])
    powers = poles[None, :] ** np.arange(len(samples))[:, None]
    amplitudes = np.linalg.lstsq(powers, samples.astype(complex), rcond=None)[0]
    return poles, amplitudes


def _frequency_and_damping(pole: complex, rate_hz: float) -> tuple[float, float]:
    """Undamped frequency (Hz) and damping ratio of a pole; of a real one the frequency is 0."""
    if pole.imag <= 0.0 or pole == 0.0:
        return 0.0, 0.0
    rate = np.log(pole) * rate_hz
    natural = abs(rate)
    return float(natural / (2.0 * math.pi)), float(-rate.real / natural)


def resonance_checks(ringing: Ringing) -> tuple[Check, ...]:
    """Whether the drops agree, and what the deck is good for."""
    agree = ringing.spread_pct <= SPREAD_PCT
    resonance = ringing.resonance
    stiff = resonance.fn_hz >= REFUSED_BELOW_HZ
    found = f"{resonance.fn_hz:.0f} Hz, damping {resonance.zeta:.3f}"
    if resonance.fn_hz >= HARMLESS_FROM_HZ:
        found += ", harmless"
    return (
        Check(
            item="heel-drops",
            passed=agree,
            found=f"{len(ringing.frequencies_hz)} drops, {ringing.spread_pct:.0f} % apart",
            advice="" if agree else "drop on both heels at once in the same place; then repeat",
        ),
        Check(
            item="deck rings",
            passed=stiff,
            found=found,
            advice=""
            if stiff
            else "too soft for loading rates: stiffen the frame, fix it to a heavy base; "
            "contact times stay good",
        ),
    )
