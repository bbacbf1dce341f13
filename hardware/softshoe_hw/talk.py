"""What a listener asks of a board, be it one that speaks frames or one that prints lines."""

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from softshoe.events import SampleBlock
from softshoe.rigs import Stream
from softshoe_hw.link_quality import LinkQuality
from softshoe_hw.messages import Hello, Status
from softshoe_hw.sampling import Sampling


class RollerPulse(Struct, frozen=True):
    """The belt's roller went round at ``t_s`` of the host's clock; so many times since the last."""

    t_s: float
    pulses: int


class Talk(Protocol):
    """The host's side of the talk with one board. Time comes with each call."""

    @property
    def hello(self) -> Hello | None:
        """Who it is, once that is known."""
        ...

    @property
    def status(self) -> Status: ...

    @property
    def quality(self) -> LinkQuality: ...

    @property
    def sampling(self) -> Sampling | None:
        """Its samples, once it has its place."""
        ...

    @property
    def heard_s(self) -> float:
        """When its last samples came, or when it got its place."""
        ...

    @property
    def trouble(self) -> str | None:
        """What makes it useless, whatever else it says."""
        ...

    def start(self, stream: Stream, first_segment: int, now_s: float) -> None:
        """It has its place: let it sample."""
        ...

    def receive(self, data: bytes, now_s: float) -> Iterator[SampleBlock | RollerPulse]:
        """What these bytes hold; to be taken to the end."""
        ...

    def say(self, now_s: float) -> bytes:
        """What is to be sent now."""
        ...

    def last_words(self) -> bytes:
        """What is to be sent when nobody listens any more."""
        ...
