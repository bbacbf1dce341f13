"""When two belt speeds are the same one."""

_SAME_SHARE = 0.02


def same_speed(belt_m_s: float | None, reference_m_s: float | None) -> bool:
    """Within 2 % of the reference; one that nobody knows is like no other that is known."""
    if belt_m_s is None or reference_m_s is None:
        return belt_m_s is reference_m_s
    return abs(belt_m_s - reference_m_s) <= _SAME_SHARE * reference_m_s
