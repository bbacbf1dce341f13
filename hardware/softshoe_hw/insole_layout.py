"""The default insole: eight sensors a foot, known by name."""

from softshoe.rigs import Sensor

DEFAULT_SENSORS = (
    Sensor("heel_med", 12.0, -20.0, "heel"),
    Sensor("heel_lat", 12.0, 20.0, "heel"),
    Sensor("mid_lat", 38.0, 25.0, "mid"),
    Sensor("arch", 42.0, -22.0, "mid"),
    Sensor("mt5", 60.0, 30.0, "fore"),
    Sensor("mt3", 66.0, 0.0, "fore"),
    Sensor("mt1", 68.0, -28.0, "fore"),
    Sensor("hallux", 88.0, -18.0, "fore"),
)


def known_sensor(name: str) -> Sensor | None:
    """The default layout's sensor of that name."""
    return next((sensor for sensor in DEFAULT_SENSORS if sensor.name == name), None)
