"""What a board's stream is: from the configuration, and from what the board says of itself."""

from softshoe.rigs import DeckKind, DeckLayout, InsoleLayout, Rig, Stream, StreamName
from softshoe.settings import BoardSettings
from softshoe_hw.channels import DECK_CHANNELS
from softshoe_hw.insole_layout import DEFAULT_SENSORS
from softshoe_hw.messages import Hello

ROLES: tuple[StreamName, ...] = ("deck", "insoles", "left", "right")
_CORNERS = ("fl", "fr", "rl", "rr")
_CSV_BITS = 24


def role_of(hello: Hello) -> StreamName | None:
    """What it is by the names of its channels: l1…, r1…, both, fl fr rl rr, or fz."""
    count = len(hello.channels)
    known = {role: channel_names(role, count) for role in ROLES}
    return next((role for role, names in known.items() if names == hello.channels), None)


def channel_names(role: StreamName, count: int) -> tuple[str, ...]:
    """As boards name them. Of insoles the left foot's come first."""
    if role == "deck":
        return _CORNERS if count == len(_CORNERS) else ("fz",) * count
    feet = {"left": "l", "right": "r", "insoles": "lr"}[role]
    return tuple(f"{foot}{n}" for foot in feet for n in range(1, count // len(feet) + 1))


def stream_of(board: BoardSettings, hello: Hello | None) -> Stream:
    """Where the board has not answered yet its usual channels are expected."""
    count = len(hello.channels) if hello else board.channels or _usual_count(board.role)
    name = (hello.id if hello else board.id) or None
    if board.role == "deck":
        kind: DeckKind = "four_cell" if count == len(_CORNERS) else "force"
        layout = DeckLayout(kind, board.half_length_mm, board.half_width_mm)
        return _stream(board, DECK_CHANNELS[kind], name, deck=layout)
    per_foot = count // 2 if board.role == "insoles" else count
    sensors = DEFAULT_SENSORS if per_foot == len(DEFAULT_SENSORS) else ()
    insole = InsoleLayout(per_foot, sensors, board.length_mm)
    return _stream(board, channel_names(board.role, count), name, insole=insole)


def _stream(
    board: BoardSettings,
    channels: tuple[str, ...],
    name: str | None,
    deck: DeckLayout | None = None,
    insole: InsoleLayout | None = None,
) -> Stream:
    return Stream(
        name=board.role,
        rate_hz=float(board.rate_hz),
        channels=channels,
        unit="counts",
        deck=deck,
        insole=insole,
        board=name,
        counted=board.format == "frames",
    )


def hello_of(board: BoardSettings) -> Hello:
    """What a board that cannot speak would say."""
    count = board.channels or _usual_count(board.role)
    return Hello(
        board="csv",
        id=board.id or f"csv-{board.role}",
        rate_hz=board.rate_hz,
        bits=board.bits or _CSV_BITS,
        channels=channel_names(board.role, count),
    )


def rig_of(streams: tuple[Stream, ...]) -> Rig:
    return Rig(tuple(sorted(streams, key=lambda stream: ROLES.index(stream.name))))


def _usual_count(role: StreamName) -> int:
    return {"deck": 4, "insoles": 16, "left": 8, "right": 8}[role]
