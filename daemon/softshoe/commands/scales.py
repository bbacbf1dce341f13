"""Which calibrations hold for the boards of a daemon, and what is said where there is none."""

from collections.abc import Sequence
from math import nan

from softshoe.calibrations import Calibration, CellScale
from softshoe.gait.scale import holding
from softshoe.rigs import Rig
from softshoe.store.queries import Runs

UNCALIBRATED = "uncalibrated"


class Scales:
    """What was stored, what the source brings along, what was kept since: the later holds.

    A deck in counts that nothing is known of measures nothing, so that the page is there to
    calibrate it.
    """

    def __init__(self, rig: Rig, runs: Runs, brought_along: Sequence[Calibration]) -> None:
        self.rig = rig
        """Which boards there are may become known later."""
        self._runs = runs
        self._brought_along = brought_along
        self._kept: tuple[Calibration, ...] = ()
        self._held: tuple[Calibration, ...] = ()

    def adopt(self, found: tuple[Calibration, ...]) -> None:
        """Holds from the next look on, before it is on disk."""
        self._kept = (*self._kept, *found)

    def look(self) -> tuple[Calibration, ...]:
        """All that is known of these boards now; a later one goes before an earlier."""
        stored = self._runs.calibrations([stream.scaled_by for stream in self.rig.streams])
        self._held = (*_nothing_measured(self.rig), *stored, *self._brought_along, *self._kept)
        return self._held

    def notes(self) -> tuple[str, ...]:
        """What is to be said about the scales of the last look."""
        deck = self.rig.deck
        if deck is None or UNCALIBRATED not in holding(deck, self._held).names:
            return ()
        return ("the deck is not calibrated and measures nothing: calibrate it",)


def _nothing_measured(rig: Rig) -> tuple[Calibration, ...]:
    """For a deck in counts, a scale by which every sample is one that was not measured."""
    deck = rig.deck
    if deck is None or deck.unit != "counts":
        return ()
    count = len(deck.channels)
    scale = CellScale(zeros_counts=(0.0,) * count, newtons_per_count=(nan,) * count)
    return (Calibration(name=UNCALIBRATED, board=deck.scaled_by, found=scale),)
