"""A curve of force over time, for a picture."""

from msgspec import Struct

from softshoe.events import Array, Side


class Trace(Struct, frozen=True, eq=False):
    """The force of the deck, or of the foot of one ``side``."""

    label: str
    t_s: Array
    force: Array
    side: Side | None = None
