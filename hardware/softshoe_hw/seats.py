"""Which board fills which place of the rig: by its port, by its id, or by what it says it is.

Two that want the same place are both refused until one of them goes: who guesses swaps the feet.
Called from several threads.
"""

import threading
from collections.abc import Iterable

from msgspec.structs import replace

from softshoe.errors import SourceBroken
from softshoe.rigs import Rig, Stream
from softshoe.settings import BoardSettings
from softshoe_hw.board_streams import rig_of, role_of, stream_of
from softshoe_hw.messages import Hello
from softshoe_hw.talk import Talk

_FORGOTTEN_S = 1.0


class Seat:
    """One place: what is configured, who fills it, and its stream once the rig is fixed."""

    def __init__(self, board: BoardSettings) -> None:
        self.board = board
        self.stream: Stream | None = None
        self.talks: dict[str, Talk] = {}
        """By port. More than one: nobody knows which is meant."""
        self.gone: str | None = None
        """Why the last board is not there any more."""
        self._next_segment = 0

    @property
    def next_segment(self) -> int:
        """A number that no samples of this place have had."""
        samplings = (talk.sampling for talk in list(self.talks.values()))
        return max([self._next_segment, *(each.next_segment for each in samplings if each)])

    def seat(self, talks: dict[str, Talk]) -> None:
        """These, and nobody else, from now on. Their dictionary is never changed again."""
        self._next_segment = self.next_segment
        self.talks = talks
        if self.stream and self.talk and self.talk.hello:
            self.stream = replace(self.stream, board=self.talk.hello.id)

    @property
    def talk(self) -> Talk | None:
        """The only one."""
        talks = list(self.talks.values())
        return talks[0] if len(talks) == 1 else None

    @property
    def question(self) -> str | None:
        """What somebody has to decide."""
        talks = self.talks
        if len(talks) < 2:
            return None
        named = " and ".join(f"{_id(talk)} at {port}" for port, talk in talks.items())
        return (
            f"two boards say that they are {self.board.role}: {named}; which is right? "
            "Change the side of one, or give each its port in [[source.board]]"
        )

    def is_for(self, port: str, hello: Hello) -> bool:
        if self.board.port:
            return self.board.port == port
        if self.board.id:
            return self.board.id == hello.id
        return self.board.role == role_of(hello)


class Seats:
    """All places of a rig."""

    def __init__(self, boards: Iterable[BoardSettings]) -> None:
        by_need = sorted(boards, key=lambda board: (not board.port, not board.id))
        self.all = tuple(Seat(board) for board in by_need)
        self._lock = threading.Lock()

    @property
    def filled(self) -> bool:
        return all(seat.talks for seat in self.all)

    def fix(self) -> None:
        """The rig from now on: by what the boards that are here say, else as configured."""
        with self._lock:
            for seat in self.all:
                talks = list(seat.talks.values())
                seat.stream = stream_of(seat.board, talks[0].hello if talks else None)

    @property
    def rig(self) -> Rig | None:
        """Once it is fixed; of its boards only the names may change, as they come and go."""
        streams = tuple(seat.stream for seat in self.all if seat.stream)
        return rig_of(streams) if streams else None

    def claim(self, port: str, talk: Talk, now_s: float) -> Seat:
        """The place of a board that has said who it is. SourceBroken when there is none."""
        assert talk.hello is not None
        with self._lock:
            seat = self._seat_for(port, talk.hello)
            _refuse_other_channels(seat, talk.hello)
            others = {
                other: it
                for other, it in seat.talks.items()
                if _id(it) != talk.hello.id or _is_heard(it, now_s)
            }
            seat.seat({**others, port: talk})
            seat.gone = None
            return seat

    def leave(self, port: str, talk: Talk, why: str) -> None:
        """It is not there any more."""
        with self._lock:
            for seat in self.all:
                if seat.talks.get(port) is talk:
                    seat.seat({at: it for at, it in seat.talks.items() if it is not talk})
                    seat.gone = why

    def _seat_for(self, port: str, hello: Hello) -> Seat:
        for seat in self.all:
            if seat.is_for(port, hello):
                return seat
        raise SourceBroken(
            f"{hello.id} at {port} ({role_of(hello) or 'neither a deck nor insoles'}) has no place "
            "in [[source.board]]"
        )


def _refuse_other_channels(seat: Seat, hello: Hello) -> None:
    if seat.stream and len(seat.stream.channels) != len(hello.channels):
        count = len(hello.channels)
        raise SourceBroken(
            f"{hello.id} has {count} channels where {len(seat.stream.channels)} were expected: "
            f"set channels = {count} in its [[source.board]] and start again"
        )


def _is_heard(talk: Talk, now_s: float) -> bool:
    """Not one whose port is dead: the same board may be elsewhere by now."""
    return talk.sampling is None or now_s - talk.heard_s < _FORGOTTEN_S


def _id(talk: Talk) -> str:
    return talk.hello.id if talk.hello else "a board"
