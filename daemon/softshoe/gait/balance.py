"""Left against right, from means, never the mean of differences. Positive is more on the left."""

import math


def symmetry_index_pct(left: float, right: float) -> float:
    """Difference over the mean of both (Robinson 1987)."""
    return 100.0 * (left - right) / (0.5 * (left + right))


def balance_pct(left: float, right: float) -> float:
    """The left's share of the sum: 50 is even."""
    return 100.0 * left / (left + right)


def symmetry_angle_pct(left: float, right: float) -> float:
    """Angle from the line of equality (Zifchock 2008, our sign), for loading rates."""
    return 100.0 * (45.0 - math.degrees(math.atan(right / left))) / 90.0
