"""What one CSV holds and who ran: from the sidecar, from what the user says, from the columns."""

from softshoe.errors import InputError
from softshoe.rigs import Conditions, StreamName
from softshoe_hw.channels import kinds_in
from softshoe_hw.csv_table import Table
from softshoe_hw.recording_options import RecordingOptions
from softshoe_hw.sidecar import Board, DeckTable, Sidecar


def boards_in(table: Table, sidecar: Sidecar, options: RecordingOptions) -> tuple[Board, ...]:
    """One board of each kind that the file has columns of."""
    stated = sidecar.recording
    rate_hz = stated.rate_hz if options.rate_hz is None else options.rate_hz
    if rate_hz is None:
        raise InputError(
            f"{table.path}: rate_hz is missing; put it into the sidecar's [recording] "
            "or give --rate"
        )
    return tuple(
        Board(
            file=table.path.name,
            kind=kind,
            id=stated.board,
            rate_hz=rate_hz,
            unit=options.unit or stated.unit or "N",
            deck=_deck(sidecar.deck, options),
            insole=sidecar.insole,
            fsr=sidecar.fsr,
        )
        for kind in _kinds(table, sidecar, options)
    )


def conditions_of(sidecar: Sidecar, options: RecordingOptions) -> Conditions:
    """What is stated about the run; the user's word wins over the sidecar's."""
    stated = sidecar.recording
    return Conditions(
        belt_m_s=_first(options.belt_m_s, stated.belt_m_s),
        slope_deg=_first(options.slope_deg, sidecar.treadmill.slope_deg) or 0.0,
        body_mass_kg=_first(options.body_mass_kg, stated.body_mass_kg),
        body_weight_n=_first(options.body_weight_n, stated.body_weight_n),
        height_mm=_first(options.height_mm, sidecar.subject.height_mm),
        activity=options.activity or stated.activity,
    )


def _kinds(table: Table, sidecar: Sidecar, options: RecordingOptions) -> tuple[StreamName, ...]:
    named: dict[StreamName, tuple[str, ...]] = {
        "deck": options.deck_columns,
        "insoles": options.insole_columns,
    }
    kinds = tuple(kind for kind, columns in named.items() if columns)
    if not kinds:
        stated = sidecar.recording.kind
        kinds = (stated,) if stated else kinds_in(table)
    if not kinds:
        there = ", ".join(table.columns[:12])
        raise InputError(
            f"{table.path}, line 1: no column is known ({there}); "
            "say what they are with --deck-columns or --insole-columns"
        )
    return kinds


def _deck(deck: DeckTable, options: RecordingOptions) -> DeckTable:
    return DeckTable(
        layout=deck.layout,
        half_length_mm=_first(options.half_length_mm, deck.half_length_mm),
        half_width_mm=_first(options.half_width_mm, deck.half_width_mm),
    )


def _first(said: float | None, stated: float | None) -> float | None:
    return stated if said is None else said
