"""The TOML beside a recording: what it holds, who ran, and what its channels mean.

Other people write sidecars too, so a key that is not known is reported and nothing more; a value
that makes no sense is an error that names the key.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta, Struct

from softshoe.calibrations import Calibration
from softshoe.errors import InputError
from softshoe.rigs import DeckKind, StreamName, Unit, Zone

Rate = Annotated[float, Meta(gt=0, le=20_000)]
Speed = Annotated[float, Meta(ge=0, le=20)]
Length = Annotated[float, Meta(gt=0, le=10_000)]
Mass = Annotated[float, Meta(ge=5, le=500)]
Weight = Annotated[float, Meta(ge=50, le=5000)]
Height = Annotated[float, Meta(ge=300, le=2800)]
Slope = Annotated[float, Meta(ge=-45, le=45)]
Seconds = Annotated[float, Meta(ge=-1e12, le=1e12)]


class RecordingTable(Struct, frozen=True, kw_only=True):
    kind: StreamName | None = None
    board: str | None = None
    rate_hz: Rate | None = None
    unit: Unit | None = None
    activity: str | None = None
    belt_m_s: Speed | None = None
    body_mass_kg: Mass | None = None
    body_weight_n: Weight | None = None
    calibration: str | None = None
    source: str | None = None
    notes: str | None = None


class DeckTable(Struct, frozen=True, kw_only=True):
    layout: DeckKind | None = None
    half_length_mm: Length | None = None
    half_width_mm: Length | None = None


class SensorTable(Struct, frozen=True, kw_only=True):
    name: str
    x_pct: Annotated[float, Meta(ge=0, le=100)] | None = None
    y_mm: Annotated[float, Meta(ge=-200, le=200)] | None = None
    zone: Zone | None = None


class InsoleTable(Struct, frozen=True, kw_only=True):
    length_mm: Length | None = None
    sensors: tuple[SensorTable, ...] = ()


class Fsr(Struct, frozen=True, kw_only=True):
    """How counts of a resistive sensor came to be: for the calibration, which converts them."""

    vref_v: Annotated[float, Meta(gt=0, le=50)]
    bits: Annotated[int, Meta(ge=1, le=32)]
    r_m_ohm: Annotated[float, Meta(gt=0)]
    circuit: Literal["divider", "transimpedance"] = "divider"
    divider: str | None = None


class CalibrationPhase(Struct, frozen=True, kw_only=True):
    """What was done from when to when in a calibration recording."""

    name: str
    start_s: Seconds
    end_s: Seconds


class CalibrationTable(Struct, frozen=True, kw_only=True):
    phases: tuple[CalibrationPhase, ...] = ()


class SubjectTable(Struct, frozen=True, kw_only=True):
    height_mm: Height | None = None
    sex: str | None = None


class TreadmillTable(Struct, frozen=True, kw_only=True):
    slope_deg: Slope = 0.0


class Board(Struct, frozen=True, kw_only=True):
    """One board of a recorded folder: its file, and what is in it."""

    file: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]+\.csv(\.gz)?$")]
    kind: StreamName
    id: str | None = None
    rate_hz: Rate
    unit: Unit = "N"
    deck: DeckTable = DeckTable()
    insole: InsoleTable = InsoleTable()
    fsr: Fsr | None = None


class Marker(Struct, frozen=True):
    """A moment that somebody marked while recording."""

    number: int
    t_s: Seconds


class Sidecar(Struct, frozen=True, kw_only=True):
    recording: RecordingTable = RecordingTable()
    deck: DeckTable = DeckTable()
    insole: InsoleTable = InsoleTable()
    fsr: Fsr | None = None
    calibration: CalibrationTable = CalibrationTable()
    subject: SubjectTable = SubjectTable()
    treadmill: TreadmillTable = TreadmillTable()
    board: tuple[Board, ...] = ()
    calibrated: tuple[Calibration, ...] = ()
    """What was known of the boards when they were recorded."""
    marker: tuple[Marker, ...] = ()


def read_sidecar(path: Path) -> tuple[Sidecar, tuple[str, ...]]:
    """The sidecar, and a warning for each key that is not known. InputError if it is not usable."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        sidecar = msgspec.convert(content, Sidecar)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{path}: not a TOML file: {error}") from None
    except msgspec.ValidationError as error:
        why = str(error).replace("`$.", "`").replace(" | null", "")
        raise InputError(f"{path}: {why}") from None
    unknown = _unknown_keys(content, Sidecar, "")
    return sidecar, tuple(f"{path}: key {key!r} is not known and was ignored" for key in unknown)


def _unknown_keys(content: dict[str, Any], table: type[Struct], prefix: str) -> list[str]:
    """Dotted names of the keys of ``content`` that ``table`` has no field for."""
    types = {field.name: field.type for field in msgspec.structs.fields(table)}
    unknown = []
    for key, value in content.items():
        if key not in types:
            unknown.append(prefix + key)
        elif inner := _struct_in(types[key]):
            tables = value if isinstance(value, list) else [value]
            for one in tables:
                unknown += _unknown_keys(one, inner, f"{prefix}{key}.")
    return sorted(set(unknown))


def _struct_in(annotation: Any) -> type[Struct] | None:
    """The Struct that a field's type is, or holds: ``Fsr | None``, ``tuple[Board, ...]``.

    None of several: which of them it is, and so its keys, a tag says.
    """
    parts = (annotation, *get_args(annotation))
    structs = [part for part in parts if isinstance(part, type) and issubclass(part, Struct)]
    return structs[0] if len(structs) == 1 else None
