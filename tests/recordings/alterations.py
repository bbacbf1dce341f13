"""What can go wrong in mid-run, done to a real recording; rows are samples, columns channels."""

import numpy as np
from tests.recordings.oracle_deck import Reference
from tests.recordings.oracle_signal import Array


def row_at(reference: Reference, step: int, rate_hz: float, *, into_ms: float) -> int:
    """The row so many milliseconds after a step's initial contact."""
    return round(float(reference.steps["t_s"][step] + into_ms / 1000) * rate_hz)


def unloaded(values: Array, reference: Reference, step: int, rate_hz: float, rows: int) -> Array:
    """So many rows of the flight after a step, played forwards and backwards by turns."""
    contact, flight = (reference.steps[name][step] for name in ("contact_ms", "flight_ms"))
    first = row_at(reference, step, rate_hz, into_ms=contact + 0.25 * flight)
    last = row_at(reference, step, rate_hz, into_ms=contact + 0.75 * flight)
    there_and_back = np.concatenate([values[first:last], values[first:last][::-1]])
    return np.resize(there_and_back, (rows, values.shape[1]))


def without_contact(values: Array, reference: Reference, step: int, rate_hz: float) -> Array:
    """The runner's foot never came down at this step."""
    first = row_at(reference, step, rate_hz, into_ms=-15)
    last = row_at(reference, step, rate_hz, into_ms=reference.steps["contact_ms"][step] + 15)
    altered = values.copy()
    altered[first:last] = unloaded(values, reference, step, rate_hz, last - first)
    return altered


def with_pause(
    values: Array, reference: Reference, step: int, rate_hz: float, pause_s: float
) -> Array:
    """The runner stands beside the belt for a while, in the flight after a step."""
    contact, flight = (reference.steps[name][step] for name in ("contact_ms", "flight_ms"))
    at = row_at(reference, step, rate_hz, into_ms=contact + 0.5 * flight)
    pause = unloaded(values, reference, step, rate_hz, round(pause_s * rate_hz))
    return np.concatenate([values[:at], pause, values[at:]])


def with_offset(values: Array, row: int, newtons: float) -> Array:
    """The zero of all cells together jumps by so much."""
    altered = values.copy()
    altered[row:] += newtons / values.shape[1]
    return altered
