"""What a calibration of insoles has shown about each sensor and about the standing itself."""

from collections.abc import Callable, Iterator

import numpy as np

from softshoe.calibrating.feet import BOTH_FEET, LEFT_FOOT, RIGHT_FOOT, Feet
from softshoe.calibrating.insole_fit import POWERS, InsoleFit
from softshoe.calibrating.wiring import exchanged
from softshoe.calibrations import Check
from softshoe.events import Array

DEAD_SHARE = 0.05
PRESSED_SHARE = 0.30
NOISY_SHARE = 0.05
SATURATED_SHARE = 0.001
GAINS = (0.25, 4.0)
RESIDUAL_PCT = 5.0
BOTH_FEET_PCT = 5.0
STANDING = (LEFT_FOOT, RIGHT_FOOT)

Rule = Callable[[int], str]


def insole_checks(feet: Feet, fit: InsoleFit, weight_n: float) -> tuple[Check, ...]:
    """Pass or fail, sensor by sensor, then the whole."""
    faults = Faults(feet, fit)
    sensors = (
        Check(
            item=name,
            passed=not (advice := faults.of(number)),
            found=f"{fit.gains_n[number]:.0f} N at 1 mS",
            advice=advice,
        )
        for number, name in enumerate(feet.names)
    )
    return (*sensors, *_whole(fit, weight_n))


class Faults:
    """Finds the first thing that is wrong with a sensor, in words that say what to do."""

    def __init__(self, feet: Feet, fit: InsoleFit) -> None:
        self._feet = feet
        self._fit = fit
        self._rises = {name: _rise(feet.stood[name], feet.zeros) for name in STANDING}
        self._own = np.concatenate(
            [self._rises[name][feet.of_foot(foot)] for foot, name in enumerate(STANDING)]
        )
        self._usual = float(np.median(self._own))
        self._exchanged = self._find_exchanged()

    def of(self, number: int) -> str:
        """Empty when nothing is wrong."""
        rules: tuple[Rule, ...] = (
            self._saturated,
            self._other_foot,
            self._dead,
            self._pressed,
            self._noisy,
            self._wired_wrongly,
            self._odd_gain,
        )
        return next((words for rule in rules if (words := rule(number))), "")

    def _saturated(self, number: int) -> str:
        if self._feet.saturated[number] <= SATURATED_SHARE:
            return ""
        return "reads full scale: look for a short circuit, or take a smaller measuring resistor"

    def _other_foot(self, number: int) -> str:
        other = self._rises[STANDING[1 - self._foot(number)]][number]
        if other <= max(self._own[number], DEAD_SHARE * self._usual):
            return ""
        return "answers to the other foot: its wire, or the whole insole, is on the wrong side"

    def _dead(self, number: int) -> str:
        if self._own[number] >= DEAD_SHARE * self._usual:
            return ""
        if self._feet.zeros[number] >= DEAD_SHARE * self._usual:
            return "stuck: shows the same under every load; look for a short or a crushed sensor"
        return "dead: shows nothing under load; look at its wire and plug, then repeat"

    def _pressed(self, number: int) -> str:
        if self._feet.zeros[number] <= PRESSED_SHARE * self._own[number]:
            return ""
        return "is pressed without load: loosen the shoe, flatten the insole, then repeat"

    def _noisy(self, number: int) -> str:
        if self._feet.noise[number] <= NOISY_SHARE * self._own[number]:
            return ""
        return "is noisy without load: hold the foot still in the air; look at its wire"

    def _wired_wrongly(self, number: int) -> str:
        other = self._exchanged.get(number)
        if other is None:
            return ""
        return f"moves as if it lay in the place of {self._feet.names[other]}: exchange their wires"

    def _odd_gain(self, number: int) -> str:
        relative = float(self._fit.gains_n[number] / np.median(self._fit.gains_n))
        if GAINS[0] <= relative <= GAINS[1]:
            return ""
        return "is unlike the others: look whether it lies flat; replace it if it stays so"

    def _foot(self, number: int) -> int:
        return number // self._feet.per_foot

    def _find_exchanged(self) -> dict[int, int]:
        """Pairs of sensors, both ways round."""
        pairs: dict[int, int] = {}
        for foot, name in enumerate(STANDING):
            forces = self._fit.forces_n[name][:, self._feet.of_foot(foot)]
            pair = exchanged(forces, self._feet.sensors)
            if pair:
                first, second = (foot * self._feet.per_foot + each for each in pair)
                pairs |= {first: second, second: first}
        return pairs


def _rise(rows: Array, zeros: Array) -> Array:
    """How far the conductance of each sensor rises in a phase (its 95th percentile), mS."""
    rise: Array = np.nan_to_num(np.nanpercentile(rows, 95.0, axis=0) - zeros)
    return rise


def _whole(fit: InsoleFit, weight_n: float) -> Iterator[Check]:
    yield Check(
        item="standing",
        passed=fit.residual_pct <= RESIDUAL_PCT,
        found=f"{fit.residual_pct:.1f} % off",
        advice=""
        if fit.residual_pct <= RESIDUAL_PCT
        else "stand on one foot without holding on, roll slowly, hop on neither; then repeat",
    )
    both_pct = 100.0 * float(fit.forces_n[BOTH_FEET].sum(axis=1).mean()) / weight_n
    agrees = abs(both_pct - 100.0) <= BOTH_FEET_PCT
    yield Check(
        item="both feet",
        passed=agrees,
        found=f"{both_pct:.0f} % of weight",
        advice="" if agrees else "stand on both insoles with all of the weight; then repeat",
    )
    inside = bool(POWERS[0] < fit.power < POWERS[-1])
    yield Check(
        item="power law",
        passed=inside,
        found=f"{fit.power:.2f}",
        advice="" if inside else "one foot and both do not fit together: repeat, shoes laced alike",
    )
