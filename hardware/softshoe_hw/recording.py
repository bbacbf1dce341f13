"""Recordings: a CSV with its sidecar, a CSV alone, or a folder that `softshoe record` wrote."""

from pathlib import Path

from msgspec import Struct

from softshoe.calibrations import Calibration
from softshoe.errors import InputError
from softshoe.events import Belt
from softshoe.rigs import Conditions, Rig
from softshoe_hw.boards import boards_in, conditions_of
from softshoe_hw.channels import Channels, find_channels
from softshoe_hw.csv_table import Table, read_table
from softshoe_hw.recording_files import belt_path, recording_name, sidecar_path
from softshoe_hw.recording_options import RecordingOptions
from softshoe_hw.sample_times import INDEX_COLUMN, SEGMENT_COLUMN
from softshoe_hw.sidecar import Board, CalibrationPhase, Marker, Sidecar, read_sidecar
from softshoe_hw.track import Track, track_of


class Recording(Struct, frozen=True, eq=False):
    """Everything that a recording holds, in memory."""

    name: str
    rig: Rig
    conditions: Conditions
    tracks: tuple[Track, ...]
    belts: tuple[Belt, ...] = ()
    markers: tuple[Marker, ...] = ()
    calibration: str | None = None
    """The name of the calibration recording beside it, for a track in counts."""
    phases: tuple[CalibrationPhase, ...] = ()
    scales: tuple[Calibration, ...] = ()
    """What was known of its boards when it was recorded."""
    warnings: tuple[str, ...] = ()

    @property
    def start_s(self) -> float:
        return min(track.segments[0].first_s for track in self.tracks)

    @property
    def end_s(self) -> float:
        return max(track.end_s for track in self.tracks)


def read_recording(path: Path, options: RecordingOptions | None = None) -> Recording:
    """Read all of it. InputError says in one line which file and line is not usable, and why."""
    options = options or RecordingOptions()
    if path.is_dir():
        return _read_folder(path, options)
    if path.suffix == ".toml":
        raise InputError(f"{path}: this is a sidecar; give the .csv or .csv.gz beside it")
    return _read_file(path, options)


def _read_file(path: Path, options: RecordingOptions) -> Recording:
    table = read_table(path)
    has_sidecar = sidecar_path(path).exists()
    sidecar, warnings = read_sidecar(sidecar_path(path)) if has_sidecar else (Sidecar(), ())
    time_column = _time_column(table, options, needed=has_sidecar)
    tracks, used = [], {time_column}
    for board in boards_in(table, sidecar, options):
        channels = _channels(table, board, options)
        tracks.append(track_of(table, channels, time_column, board.fsr))
        used.update(channels.columns)
    warnings = (*warnings, *table.warnings, *_unused(table, used))
    return _recording(path, sidecar, options, tuple(tracks), warnings)


def _read_folder(path: Path, options: RecordingOptions) -> Recording:
    sidecar, warnings = read_sidecar(sidecar_path(path))
    if not sidecar.board:
        raise InputError(f"{sidecar_path(path)}: no [[board]], so no file with samples")
    tracks: list[Track] = []
    for board in sidecar.board:
        table = read_table(path / board.file)
        channels = find_channels(table, board, ())
        tracks.append(track_of(table, channels, options.time_column, board.fsr))
        warnings = (*warnings, *table.warnings)
    return _recording(path, sidecar, options, tuple(tracks), warnings)


def _recording(
    path: Path,
    sidecar: Sidecar,
    options: RecordingOptions,
    tracks: tuple[Track, ...],
    warnings: tuple[str, ...],
) -> Recording:
    return Recording(
        name=recording_name(path),
        rig=Rig(tuple(track.stream for track in tracks)),
        conditions=conditions_of(sidecar, options),
        tracks=tracks,
        belts=_read_belts(belt_path(path)),
        markers=sidecar.marker,
        calibration=sidecar.recording.calibration,
        phases=sidecar.calibration.phases,
        scales=sidecar.calibrated,
        warnings=warnings,
    )


def _channels(table: Table, board: Board, options: RecordingOptions) -> Channels:
    deck, insoles = options.deck_columns, options.insole_columns
    return find_channels(table, board, deck if board.kind == "deck" else insoles)


def _time_column(table: Table, options: RecordingOptions, needed: bool) -> str | None:
    """A file that somebody described has times; one that nobody did may be samples alone."""
    if options.time_column in table.columns:
        return options.time_column
    if needed or options.time_column != RecordingOptions().time_column:
        raise InputError(f"{table.path}, line 1: no column {options.time_column}")
    return None


def _unused(table: Table, used: set[str | None]) -> tuple[str, ...]:
    known = {*used, INDEX_COLUMN, SEGMENT_COLUMN}
    return tuple(
        f"{table.path}: column {name[:40]!r} is not used"
        for name in table.columns
        if name not in known and not name.endswith("_total_n")
    )


def _read_belts(path: Path) -> tuple[Belt, ...]:
    if not path.exists():
        return ()
    table = read_table(path)
    if table.columns != ("t_s", "belt_m_s"):
        raise InputError(f"{path}, line 1: the columns must be t_s and belt_m_s")
    return tuple(Belt(t_s, v if v == v else None) for t_s, v in table.values.tolist())
