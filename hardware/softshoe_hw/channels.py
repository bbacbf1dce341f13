"""Which columns of a table are a deck's or the insoles' channels, and what stream they make."""

import re

from msgspec import Struct
from msgspec.structs import replace

from softshoe.errors import InputError
from softshoe.rigs import DeckKind, DeckLayout, InsoleLayout, Sensor, Stream, StreamName
from softshoe_hw.csv_table import Table
from softshoe_hw.insole_layout import known_sensor
from softshoe_hw.sidecar import Board, SensorTable

DECK_CHANNELS: dict[DeckKind, tuple[str, ...]] = {
    "four_cell": ("fl_n", "fr_n", "rl_n", "rr_n"),
    "force_cop": ("fz_n", "cop_x_mm", "cop_y_mm"),
    "force": ("fz_n",),
}
_FEET: dict[StreamName, str] = {"insoles": "lr", "left": "l", "right": "r"}
_INSOLE_CHANNEL = re.compile(r"([lr])([1-9][0-9]{0,3})")


class Channels(Struct, frozen=True):
    """A stream and the table's columns it is made of, in the order of its channels."""

    stream: Stream
    columns: tuple[str, ...]


def kinds_in(table: Table) -> tuple[StreamName, ...]:
    """What the names of the columns give away."""
    deck = {name for names in DECK_CHANNELS.values() for name in names}
    kinds: list[StreamName] = []
    if deck & set(table.columns):
        kinds.append("deck")
    if any(_INSOLE_CHANNEL.fullmatch(name) for name in table.columns):
        kinds.append("insoles")
    return tuple(kinds)


def find_channels(table: Table, board: Board, named: tuple[str, ...]) -> Channels:
    """The board's channels: the columns that the user ``named``, or those of the standard names."""
    find = _deck if board.kind == "deck" else _insoles
    found = find(table, board, named)
    return replace(found, stream=replace(found.stream, board=board.id))


def _deck(table: Table, board: Board, named: tuple[str, ...]) -> Channels:
    kind = _deck_kind(table, board, named)
    columns = named or DECK_CHANNELS[kind]
    _require(table, columns)
    half_length_mm, half_width_mm = board.deck.half_length_mm, board.deck.half_width_mm
    if kind == "four_cell" and (half_length_mm is None or half_width_mm is None):
        raise InputError(
            f"{table.path}: four corner cells need half_length_mm and half_width_mm of the deck, "
            "in [deck] of the sidecar or by --half-length-mm and --half-width-mm"
        )
    layout = DeckLayout(kind, half_length_mm, half_width_mm)
    stream = Stream("deck", board.rate_hz, DECK_CHANNELS[kind], board.unit, deck=layout)
    return Channels(stream, columns)


def _deck_kind(table: Table, board: Board, named: tuple[str, ...]) -> DeckKind:
    if named:
        by_count = {len(names): kind for kind, names in DECK_CHANNELS.items()}
        if len(named) not in by_count:
            raise InputError(
                f"{len(named)} deck columns named; give 1 (force), 3 (force, x and y of the "
                "centre of pressure) or 4 (front left, front right, rear left, rear right)"
            )
        return by_count[len(named)]
    if board.deck.layout:
        return board.deck.layout
    for kind, names in DECK_CHANNELS.items():
        if (set(names) - {"fz_n"} or {"fz_n"}) & set(table.columns):
            return kind
    raise InputError(
        f"{table.path}, line 1: no deck column (fz_n, or fz_n, cop_x_mm, cop_y_mm, "
        "or fl_n, fr_n, rl_n, rr_n); name them with --deck-columns"
    )


def _insoles(table: Table, board: Board, named: tuple[str, ...]) -> Channels:
    per_foot = _sensors_per_foot(table, board, named)
    channels = tuple(f"{foot}{n}" for foot in _FEET[board.kind] for n in range(1, per_foot + 1))
    columns = named or channels
    _require(table, columns)
    sensors = tuple(_sensor(table, sensor) for sensor in board.insole.sensors)
    layout = InsoleLayout(per_foot, sensors, board.insole.length_mm)
    stream = Stream(board.kind, board.rate_hz, channels, board.unit, insole=layout)
    return Channels(stream, columns)


def _sensors_per_foot(table: Table, board: Board, named: tuple[str, ...]) -> int:
    feet = len(_FEET[board.kind])
    if len(named) % feet:
        raise InputError(f"{len(named)} insole columns named; as many left as right are needed")
    found = [_INSOLE_CHANNEL.fullmatch(name) for name in table.columns]
    numbers = [int(match[2]) for match in found if match]
    per_foot = len(named) // feet or max(numbers, default=0)
    if not per_foot or per_foot > len(table.columns):
        raise InputError(
            f"{table.path}, line 1: no insole columns (l1, l2, … r1, r2, …); "
            "name them with --insole-columns"
        )
    stated = len(board.insole.sensors)
    if stated and stated < per_foot:
        raise InputError(f"{table.path}: {per_foot} sensors a foot, the sidecar names {stated}")
    return stated or per_foot


def _sensor(table: Table, sensor: SensorTable) -> Sensor:
    known = known_sensor(sensor.name)
    x_pct = sensor.x_pct if sensor.x_pct is not None or not known else known.x_pct
    y_mm = sensor.y_mm if sensor.y_mm is not None or not known else known.y_mm
    zone = sensor.zone or (known.zone if known else None)
    if x_pct is None or y_mm is None or zone is None:
        raise InputError(
            f"{table.path}: the sidecar's sensor {sensor.name[:40]!r} needs x_pct, y_mm and zone "
            "(heel, mid or fore)"
        )
    return Sensor(sensor.name, x_pct, y_mm, zone)


def _require(table: Table, columns: tuple[str, ...]) -> None:
    missing = [name for name in columns if name not in table.columns]
    if missing:
        there = ", ".join(table.columns[:12])
        raise InputError(f"{table.path}, line 1: no column {', '.join(missing)}; there is {there}")
