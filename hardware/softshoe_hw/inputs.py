"""What else happens at the machine, merged into the samples of any source."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from msgspec.structs import replace

from softshoe.clock import Clock
from softshoe.events import Belt, BoardReport, Command, SampleBlock, SourceItem
from softshoe.rigs import Conditions, Rig
from softshoe.roles import Source


class Input(Protocol):
    """Something on a pin: it notices by itself and is asked now and then."""

    def take(self, now_s: float) -> Iterable[Belt | Command]:
        """What happened since it was last asked, in seconds of the machine's own clock."""
        ...


class AttendedSource:
    """A Source with inputs: their events come between its blocks, in its own time."""

    def __init__(self, source: Source, inputs: Sequence[Input], clock: Clock) -> None:
        self._source = source
        self._inputs = inputs
        self._clock = clock

    @property
    def name(self) -> str:
        return self._source.name

    @property
    def rig(self) -> Rig:
        return self._source.rig

    @property
    def conditions(self) -> Conditions:
        return self._source.conditions

    def blocks(self) -> Iterator[SourceItem | BoardReport]:
        for item in self._source.blocks():
            yield from self._heard(item.first_s if isinstance(item, SampleBlock) else item.t_s)
            yield item

    def close(self) -> None:
        self._source.close()

    def _heard(self, source_s: float) -> Iterator[Belt | Command]:
        """What the inputs noticed; ``source_s`` is what the source's clock shows now."""
        now_s = self._clock.monotonic_s()
        for each in self._inputs:
            for event in each.take(now_s):
                yield replace(event, t_s=event.t_s - now_s + source_s)
