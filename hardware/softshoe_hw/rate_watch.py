"""Whether a board samples as fast as it was told to."""

from softshoe_hw.messages import WRAP, Samples

_EVERY_US = 1_000_000
_TOLERANCE = 0.03


class RateWatch:
    """Holds the index against the board's own clock, and that against the host's."""

    def __init__(self, rate_hz: float) -> None:
        self.measured_hz = rate_hz
        """Of the last whole second."""
        self._rate_hz = rate_hz
        self._from: Samples | None = None

    def begin(self) -> None:
        """Index and clock begin anew. Until they show otherwise the rate is as it was."""
        self._from = None

    def feed(self, samples: Samples) -> None:
        if self._from is None or samples.index < self._from.index:
            self._from = samples
        passed_us = (samples.device_us - self._from.device_us) % WRAP
        if passed_us >= _EVERY_US:
            self.measured_hz = (samples.index - self._from.index) * 1e6 / passed_us
            self._from = samples

    def trouble(self, pace: float | None) -> str | None:
        """What is wrong; ``pace``: seconds of the host in one of the board, if that is known."""
        rate_hz = self.measured_hz / (pace or 1.0)
        if abs(rate_hz / self._rate_hz - 1) <= _TOLERANCE:
            return None
        return (
            f"it gives {rate_hz:.0f} samples a second instead of {self._rate_hz:.0f}: "
            "set rate_hz to one that it can keep"
        )
