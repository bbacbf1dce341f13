"""What one board says, understood, and what there is to say to it. Time comes with each call.

HELLO? once a second until it says who it is; START until it samples; and both again when it falls
silent. A HELLO out of turn means that it was switched on again.
"""

from collections.abc import Iterator
from math import inf

from softshoe.errors import SourceLost
from softshoe.events import SampleBlock
from softshoe.rigs import Stream
from softshoe_hw.frames import END, LARGEST, Frame, decode, encode
from softshoe_hw.link_quality import LinkQuality
from softshoe_hw.messages import VERSION, AskHello, Hello, Pulse, Samples, Start, Status, Stop
from softshoe_hw.sampling import Sampling
from softshoe_hw.talk import RollerPulse

_AGAIN_S = 1.0
_SETTLES_S = 0.3


class Board:
    """The host's side of the talk with one board."""

    def __init__(self) -> None:
        self.hello: Hello | None = None
        self.status = Status()
        self.quality = LinkQuality()
        self.sampling: Sampling | None = None
        self.refused: str | None = None
        """Why the last frame that came whole was not understood."""
        self._remainder = b""
        self._sequence = 0
        self._wish: AskHello | Start | None = AskHello()
        self.heard_s = -inf
        self._said_s = self._asked_s = self._started_s = -inf
        self._pulses: int | None = None

    @property
    def trouble(self) -> str | None:
        """What makes it useless, whatever else it says."""
        if self.hello and self.hello.v != VERSION:
            return f"it speaks version {self.hello.v} of the protocol: this one knows {VERSION}"
        return self.sampling.trouble if self.sampling else None

    def start(self, stream: Stream, first_segment: int, now_s: float) -> None:
        """It has its place: let it sample."""
        assert self.hello is not None
        self.sampling = Sampling(stream, self.hello.bits, first_segment)
        self.heard_s = now_s
        self._wish_to_start()

    def receive(self, data: bytes, now_s: float) -> Iterator[SampleBlock | RollerPulse]:
        """What these bytes hold. Raises SourceLost when another board answers than did before."""
        decoded = decode(data, self._remainder)
        self._remainder = decoded.remainder
        no_end = len(self._remainder) > LARGEST
        bad = decoded.damaged + len(decoded.refused) + no_end
        self.quality.feed(len(decoded.frames), bad, now_s)
        self.refused = decoded.refused[-1] if decoded.refused else self.refused
        for frame in decoded.frames:
            yield from self._hear(frame, now_s)

    def say(self, now_s: float) -> bytes:
        """What is to be sent now."""
        if self._wish is None and self.sampling and now_s - self.heard_s > _AGAIN_S:
            self._wish = AskHello()
        if self._wish is None or now_s - self._said_s < _AGAIN_S:
            return b""
        self._said_s = now_s
        if isinstance(self._wish, AskHello):
            self._asked_s = now_s
        if self.sampling and isinstance(self._wish, Start):
            self._started_s = now_s
            self.sampling.begin()
        self._sequence += 1
        return END + encode(self._wish, self._sequence)

    def last_words(self) -> bytes:
        """Nobody listens any more."""
        return END + encode(Stop(), self._sequence + 1)

    def _hear(self, frame: Frame, now_s: float) -> Iterator[SampleBlock | RollerPulse]:
        match frame.message:
            case Samples() as samples if self.sampling:
                self.heard_s = now_s
                if self._said_s > -inf:
                    self._wish = None
                yield from self.sampling.feed(samples, now_s)
            case Hello() as hello:
                self._meet(hello, now_s)
            case Status() as status:
                self.status = status
            case Pulse() as pulse if self.sampling:
                yield from self._turn(pulse, self.sampling)
            case _:
                pass  # the host's own words, or what comes before its place is known

    def _meet(self, hello: Hello, now_s: float) -> None:
        if self.hello and hello != self.hello:
            raise SourceLost(f"{hello.id} answers where {self.hello.id} was")
        self.hello = hello
        was_only_late = self._wish is None and now_s - self._asked_s <= _AGAIN_S
        if self.sampling is None or was_only_late:
            self._wish = None
        elif now_s - self._started_s > _SETTLES_S:
            self._wish_to_start()

    def _wish_to_start(self) -> None:
        assert self.sampling is not None
        self._wish = Start(round(self.sampling.stream.rate_hz))
        self._said_s = -inf

    def _turn(self, pulse: Pulse, sampling: Sampling) -> Iterator[RollerPulse]:
        pulses = 1 if self._pulses is None else pulse.count - self._pulses
        self._pulses = pulse.count
        if pulses > 0:
            yield RollerPulse(sampling.clock.host_s(pulse.device_us), pulses)
