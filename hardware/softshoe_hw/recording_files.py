"""Which files a recording consists of, for who reads them and who writes them."""

from pathlib import Path

FOLDER_SIDECAR = "recording.toml"


def recording_name(path: Path) -> str:
    """``NAME`` of NAME.csv, NAME.csv.gz or a folder NAME."""
    return path.name.removesuffix(".gz").removesuffix(".csv")


def is_single_file(path: Path) -> bool:
    return path.name.endswith((".csv", ".csv.gz"))


def sidecar_path(path: Path) -> Path:
    return _beside(path, FOLDER_SIDECAR, ".toml")


def belt_path(path: Path) -> Path:
    """The belt's speed, whenever it changed."""
    return _beside(path, "belt.csv", ".belt.csv")


def truth_path(path: Path) -> Path:
    """What a simulated recording's steps truly are, by the definitions of the metrics."""
    return _beside(path, "truth.csv", ".truth.csv")


def bare_truth_path(path: Path) -> Path:
    """The same without the filter that belongs to the definitions."""
    return _beside(path, "truth_bare.csv", ".truth_bare.csv")


def _beside(path: Path, in_folder: str, suffix: str) -> Path:
    """In a recorded folder, or beside a single CSV. A path that is no CSV means a folder."""
    if is_single_file(path):
        return path.with_name(recording_name(path) + suffix)
    return path / in_folder
