"""Where a frame of samples belongs: after the last one, after a loss, nowhere, or to a new start.

Index and device time tell it together. Both go on, both go back a little when a frame is told again
or was overtaken, and they part, or go back far, when the board began anew.
"""

from msgspec import Struct

from softshoe_hw.messages import WRAP, Samples

_SLACK_S = 0.03
_SLACK = 0.05  # of the time between: clocks differ
_LATEST_S = 1.0


class Place(Struct, frozen=True):
    """The number of a frame's first row in its segment."""

    segment: int
    index: int


class Continuity:
    """Places one frame after the other."""

    def __init__(self, rate_hz: float) -> None:
        self.segment = -1
        self.repeated = 0
        """Frames that had been there before, or came too late."""
        self._rate_hz = rate_hz
        self._next: tuple[int, int, int] | None = None
        """Number, index on the wire and device time of the last frame's end."""

    def begin(self) -> None:
        """The board was told to start: whatever comes next is a new segment."""
        self._next = None

    def place(self, samples: Samples) -> Place | None:
        """None for a frame that is not wanted any more."""
        number = self._number(samples)
        if number is None:
            self.segment += 1
            number = samples.index
        elif self._next and number < self._next[0]:
            self.repeated += 1
            return None
        self._expect_after(samples, number)
        return Place(self.segment, number)

    def _number(self, samples: Samples) -> int | None:
        """Its number in this segment; None when it is not of this segment."""
        if self._next is None:
            return None
        number, index, device_us = self._next
        rows = _signed(samples.index - index)
        passed_s = rows / self._rate_hz
        off_s = abs(_signed(samples.device_us - device_us) * 1e-6 - passed_s)
        fits = passed_s > -_LATEST_S and off_s <= _SLACK_S + _SLACK * abs(passed_s)
        return number + rows if fits else None

    def _expect_after(self, samples: Samples, number: int) -> None:
        rows = len(samples.values)
        end_us = samples.device_us + round(rows * 1e6 / self._rate_hz)
        self._next = (number + rows, samples.index + rows, end_us)


def _signed(difference: int) -> int:
    """The shorter way between two numbers that wrap."""
    return (difference + WRAP // 2) % WRAP - WRAP // 2
