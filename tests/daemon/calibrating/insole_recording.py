"""Counts of insoles as a recording: the samples, and the sidecar that says what they are."""

from pathlib import Path

import numpy as np
from tests.daemon.calibrating.standing_insole import CIRCUIT, RATE_HZ, WEIGHT_N

from softshoe.events import Array
from softshoe_hw.insole_layout import DEFAULT_SENSORS

HEADING = ",".join(["t_s", *(f"{foot}{n}" for foot in "lr" for n in range(1, 9))])


def write_recording(
    path: Path,
    counts: Array,
    phases: dict[str, tuple[float, float]] | None = None,
    *,
    weight_n: float | None = WEIGHT_N,
    calibration: str | None = None,
    unit: str = "counts",
) -> Path:
    """(rows, 16) at 500 Hz, with a sidecar in which every unusual thing is said."""
    t_s = np.arange(len(counts)) / RATE_HZ
    np.savetxt(
        path, np.column_stack((t_s, counts)), "%.6g", delimiter=",", header=HEADING, comments=""
    )
    lines = ["[recording]", 'kind = "insoles"', f"rate_hz = {RATE_HZ}", f'unit = "{unit}"']
    lines += [f"body_weight_n = {weight_n}"] if weight_n else []
    lines += [f'calibration = "{calibration}"'] if calibration else []
    for sensor in DEFAULT_SENSORS:
        lines += ["[[insole.sensors]]", f'name = "{sensor.name}"', f"x_pct = {sensor.x_pct}"]
        lines += [f"y_mm = {sensor.y_mm}"]
    lines += ["[fsr]", f"vref_v = {CIRCUIT.vref_v}", f"bits = {CIRCUIT.bits}"]
    lines += [f"r_m_ohm = {CIRCUIT.r_m_ohm}"]
    for name, (start_s, end_s) in (phases or {}).items():
        lines += [
            "[[calibration.phases]]",
            f'name = "{name}"',
            f"start_s = {start_s}",
            f"end_s = {end_s}",
        ]
    path.with_suffix(".toml").write_text("\n".join(lines) + "\n")
    return path


def write_standing(path: Path, standing: dict[str, Array], **said: float | None) -> Path:
    """One phase after the other."""
    phases, start_s = {}, 0.0
    for name, counts in standing.items():
        phases[name] = (start_s, start_s + len(counts) / RATE_HZ)
        start_s = phases[name][1]
    return write_recording(path, np.concatenate(list(standing.values())), phases, **said)
