"""Where the pressure goes on the sole, and how eight sensors share it.

The path of the centre of pressure is the model's own: it begins where the foot lands, rolls to
the middle of the sole by mid-stance and ends under the great toe. The sensors' shares come from
bell-shaped weights round a moving point; for a row of such points the centre that the shares
themselves have is worked out once, and shares are interpolated by that centre. So the centre of
pressure of the sensors is the model's path exactly.
"""

import numpy as np

from softshoe.events import Array
from softshoe_hw.insole_layout import DEFAULT_SENSORS

_SENSOR_X_PCT = np.array([sensor.x_pct for sensor in DEFAULT_SENSORS])
_SENSOR_Y_MM = np.array([sensor.y_mm for sensor in DEFAULT_SENSORS])
_HEEL_INNER, _HEEL_OUTER = 0, 1
"""Side by side: a tilt leaves the centre where it is along the foot."""
_MIDDLE_PCT, _END_PCT = 61.0, 80.0
_ROLL_FROM, _ROLL_FOR = 0.06, 0.40
_PUSH_FROM, _PUSH_FOR = 0.45, 0.55
_GAIT_LINE_X_PCT = (10.0, 40.0, 60.0, 72.0, 90.0)
_GAIT_LINE_Y_MM = (4.0, 8.0, 4.0, -8.0, -18.0)
_BELL_X_PCT, _BELL_Y_MM = 17.0, 24.0


def pressure_x_pct(landing_pct: float, contact_share: Array) -> Array:
    """Centre of pressure, % of the insole's length from the heel; 0 is landing, 1 is leaving."""
    rolled = _smoothstep((contact_share - _ROLL_FROM) / _ROLL_FOR)
    pushed = _smoothstep((contact_share - _PUSH_FROM) / _PUSH_FOR)
    to_middle, to_end = _MIDDLE_PCT - landing_pct, _END_PCT - _MIDDLE_PCT
    path: Array = landing_pct + to_middle * rolled + to_end * pushed
    return path


class Shares:
    """How the sensors of a foot share its force, for a centre of pressure."""

    def __init__(self) -> None:
        points = np.linspace(-40.0, 140.0, 361)
        dx = (_SENSOR_X_PCT - points[:, None]) / _BELL_X_PCT
        dy = (_SENSOR_Y_MM - _gait_line_y_mm(points)[:, None]) / _BELL_Y_MM
        weights = np.exp(-0.5 * (dx**2 + dy**2))
        self._shares = weights / weights.sum(axis=1, keepdims=True)
        self._x_pct = self._shares @ _SENSOR_X_PCT

    def at(self, x_pct: Array, tilt: float) -> Array:
        """(rows, 8) shares whose sum is 1 and whose centre is ``x_pct``.

        ``tilt``, from -1 to 1, presses one side of the heel for the other, outwards +.
        """
        shares = np.stack(
            [np.interp(x_pct, self._x_pct, share) for share in self._shares.T], axis=1
        )
        moved = tilt * shares[:, [_HEEL_INNER, _HEEL_OUTER]].min(axis=1)
        shares[:, _HEEL_INNER] -= moved
        shares[:, _HEEL_OUTER] += moved
        return shares

    def y_mm(self, x_pct: Array, tilt: float) -> Array:
        """The same centre's place across the foot, lateral +."""
        y_mm: Array = self.at(x_pct, tilt) @ _SENSOR_Y_MM
        return y_mm


def _gait_line_y_mm(x_pct: Array) -> Array:
    """From the outer heel along the outer edge to the great toe."""
    y_mm: Array = np.interp(x_pct, _GAIT_LINE_X_PCT, _GAIT_LINE_Y_MM)
    return y_mm


def _smoothstep(share: Array) -> Array:
    u = np.clip(share, 0.0, 1.0)
    step: Array = u * u * (3.0 - 2.0 * u)
    return step
