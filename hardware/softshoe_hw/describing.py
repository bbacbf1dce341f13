"""What the sidecar of a new recording says about it."""

from msgspec import Struct
from msgspec.structs import replace

from softshoe.calibrations import Calibration
from softshoe.rigs import Conditions, Stream
from softshoe_hw.sidecar import (
    Board,
    CalibrationPhase,
    CalibrationTable,
    DeckTable,
    Fsr,
    InsoleTable,
    RecordingTable,
    SensorTable,
    Sidecar,
    SubjectTable,
    TreadmillTable,
)


class Counts(Struct, frozen=True, kw_only=True):
    """How the counts of some boards are to be understood; nothing for boards in newtons."""

    fsr: Fsr | None = None
    calibration: str | None = None
    phases: tuple[CalibrationPhase, ...] = ()
    scales: tuple[Calibration, ...] = ()


def folder_sidecar(
    source: str, streams: dict[str, Stream], conditions: Conditions, counts: Counts
) -> Sidecar:
    """Names each file with its stream."""
    boards = tuple(_board(file, stream, counts) for file, stream in streams.items())
    return replace(_about(source, conditions, counts), board=boards)


def file_sidecar(source: str, stream: Stream, conditions: Conditions, counts: Counts) -> Sidecar:
    """For a CSV with one stream."""
    about, board = _about(source, conditions, counts), _board("", stream, counts)
    stated = replace(
        about.recording,
        kind=board.kind,
        board=board.id,
        rate_hz=board.rate_hz,
        unit=board.unit,
    )
    return replace(about, recording=stated, deck=board.deck, insole=board.insole, fsr=board.fsr)


def _about(source: str, conditions: Conditions, counts: Counts) -> Sidecar:
    return Sidecar(
        recording=RecordingTable(
            activity=conditions.activity,
            belt_m_s=conditions.belt_m_s,
            body_mass_kg=conditions.body_mass_kg,
            body_weight_n=conditions.body_weight_n,
            calibration=counts.calibration,
            source=source,
        ),
        subject=SubjectTable(height_mm=conditions.height_mm),
        treadmill=TreadmillTable(slope_deg=conditions.slope_deg),
        calibration=CalibrationTable(phases=counts.phases),
        calibrated=tuple(replace(scale, checks=()) for scale in counts.scales),
    )


def _board(file: str, stream: Stream, counts: Counts) -> Board:
    return Board(
        file=file,
        kind=stream.name,
        id=stream.board,
        rate_hz=stream.rate_hz,
        unit=stream.unit,
        deck=_deck(stream),
        insole=_insole(stream),
        fsr=counts.fsr if stream.unit == "counts" else None,
    )


def _deck(stream: Stream) -> DeckTable:
    if stream.deck is None:
        return DeckTable()
    deck = stream.deck
    return DeckTable(
        layout=deck.kind, half_length_mm=deck.half_length_mm, half_width_mm=deck.half_width_mm
    )


def _insole(stream: Stream) -> InsoleTable:
    if stream.insole is None:
        return InsoleTable()
    sensors = tuple(
        SensorTable(name=one.name, x_pct=one.x_pct, y_mm=one.y_mm, zone=one.zone)
        for one in stream.insole.sensors
    )
    return InsoleTable(length_mm=stream.insole.length_mm, sensors=sensors)
