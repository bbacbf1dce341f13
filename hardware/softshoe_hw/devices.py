"""Which USB serial devices are plugged in."""

from pathlib import Path

_FOLDERS = ("serial/by-id", "serial/by-path")


def serial_devices(dev: Path = Path("/dev")) -> tuple[str, ...]:
    """Their real names, each once. Twins without a serial number share an id, but not a place."""
    links = [link for folder in _FOLDERS for link in sorted((dev / folder).glob("*"))]
    return tuple(dict.fromkeys(str(link.resolve()) for link in links if link.exists()))
