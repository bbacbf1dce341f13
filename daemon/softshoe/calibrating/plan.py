"""What a person is told to do, in order, to calibrate a rig."""

from msgspec import Struct

from softshoe.calibrating.deck import EMPTY, MIDDLE, places_of
from softshoe.calibrating.feet import BOTH_FEET, LEFT_FOOT, RIGHT_FOOT, UNLOADED, insole_streams
from softshoe.calibrating.procedure import HEEL_DROPS
from softshoe.calibrating.running import RUN
from softshoe.errors import InputError
from softshoe.rigs import Rig


class Task(Struct, frozen=True):
    """One phase: what to do, how long to get ready for it, and how long it is measured."""

    name: str
    instruction: str
    ready_s: float
    seconds: float


_ROLL = (
    "Stand on your {} foot alone, the other in the air, without holding on. Roll slowly from heel "
    "to toe and from side to side, so that every part of the sole is loaded."
)
_INSOLES = (
    Task(
        UNLOADED,
        "Sit down with both shoes on and laced, both feet in the air. Keep them still.",
        15.0,
        5.0,
    ),
    Task(LEFT_FOOT, _ROLL.format("left"), 10.0, 15.0),
    Task(RIGHT_FOOT, _ROLL.format("right"), 10.0, 15.0),
    Task(BOTH_FEET, "Stand on both feet and shift your weight slowly to and fro.", 8.0, 10.0),
)
_DECK = {
    EMPTY: "Step off the deck, and stop the belt.",
    "loaded": "Stand still in the middle of the deck.",
    "front_left": "Stand still on the mark at the front left.",
    "front_right": "Stand still on the mark at the front right.",
    "rear_left": "Stand still on the mark at the rear left.",
    "rear_right": "Stand still on the mark at the rear right.",
    MIDDLE: "Stand still in the middle of the deck.",
}
_DROPS = Task(
    HEEL_DROPS,
    "Stand in the middle. Rise on your toes, drop on both heels, and stand still; five times, two "
    "seconds apart.",
    10.0,
    14.0,
)
_RUN = Task(
    RUN,
    "Start the belt and run as you usually do, in your usual shoes, at an easy pace.",
    30.0,
    15.0,
)


def plan_for(rig: Rig, *, heel_drops: bool, run: bool) -> tuple[Task, ...]:
    """The tasks of whatever in a rig gives counts, and those that were asked for."""
    tasks: list[Task] = []
    deck = rig.deck
    if deck and deck.unit == "counts":
        places = places_of(deck)
        ends = (EMPTY, *places, *((MIDDLE,) if len(places) > 1 else ()))
        tasks += [Task(name, _DECK[name], 10.0, 5.0) for name in ends]
    if insole_streams(rig):
        tasks += _INSOLES
    if deck and heel_drops:
        tasks.append(_DROPS)
    if not tasks:
        raise InputError(f"{rig.name} gives newtons already: nothing to calibrate")
    return (*tasks, *((_RUN,) if run else ()))
