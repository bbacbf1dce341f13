"""What `softshoe doctor` looks at. Each check looks at one thing and changes nothing."""

import os
import platform
import shutil
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from softshoe.clock import Clock
from softshoe.commands.board_checks import check_boards
from softshoe.commands.finding import Finding
from softshoe.config import Config
from softshoe.errors import SoftshoeError
from softshoe.settings import SourceSettings
from softshoe.store.database import reading
from softshoe_hw.panel import PanelSettings
from softshoe_hw.recording import read_recording

_LOW_MB = 500
_CONNECT_S = 2.0


CheckBoards = Callable[[SourceSettings, Clock, Path], Iterator[Finding]]


def check_all(
    config: Config,
    clock: Clock,
    root: Path = Path("/"),
    check_boards: CheckBoards = check_boards,
) -> Iterator[Finding]:
    """Everything that a configuration depends on."""
    yield check_python()
    database = Path(config.store.path)
    yield check_folder(database.parent)
    yield check_database(database)
    yield check_port("page", config.web.host, config.web.port)
    yield from check_broker(config)
    yield check_clock(clock)
    yield from check_gpio(_pins(config), root)
    yield check_source(config)
    yield from check_boards(config.source, clock, root)


def check_python() -> Finding:
    text = f"softshoe {version('softshoe')} on Python {platform.python_version()}"
    if sys.maxsize < 2**32:
        return Finding("version", "warn", f"{text}; a 32-bit system is best effort")
    return Finding("version", "ok", text)


def check_folder(folder: Path) -> Finding:
    """Whether runs can be kept, or their folder made, and how much room there is."""
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not existing.is_dir():
        return Finding("disk", "fail", f"{existing} is not a folder; set another path in [store]")
    if not _is_writable(existing):
        return Finding("disk", "fail", f"{existing} cannot be written; set another in [store]")
    free_mb = shutil.disk_usage(existing).free // 1_000_000
    text = f"{folder}: {free_mb} MB free"
    return Finding("disk", "warn" if free_mb < _LOW_MB else "ok", text)


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def check_database(path: Path) -> Finding:
    if not path.exists():
        return Finding("database", "ok", f"{path}: not made yet")
    try:
        with reading(path) as db:
            (state,) = db.execute("PRAGMA quick_check").fetchone()
    except (SoftshoeError, sqlite3.Error) as error:
        return Finding("database", "fail", f"{error}; it is moved aside at the next start")
    return Finding("database", "ok" if state == "ok" else "fail", f"{path}: {state}")


def check_port(what: str, host: str, port: int) -> Finding:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        text = f"{host} port {port}: {why}; is softshoe running already?"
        return Finding(what, "warn", text)
    return Finding(what, "ok", f"{host} port {port} is free")


def check_broker(config: Config) -> Iterator[Finding]:
    if config.broker.embedded:
        yield check_port("broker", "127.0.0.1", config.broker.port)
        if config.broker.websocket_port:
            yield check_port("broker", "127.0.0.1", config.broker.websocket_port)
    elif config.feed.enabled:
        yield check_reachable(config.feed.host, config.feed.port)
    else:
        yield Finding("broker", "ok", "the feed is off")


def check_reachable(host: str, port: int) -> Finding:
    try:
        socket.create_connection((host, port), _CONNECT_S).close()
    except OSError as error:
        why = error.strerror or str(error)
        return Finding("broker", "fail", f"{host} port {port}: {why}; see [feed] host and port")
    return Finding("broker", "ok", f"{host} port {port} answers")


def check_clock(clock: Clock) -> Finding:
    now = f"{clock.wall():%Y-%m-%d %H:%M} UTC"
    if clock.synced():
        return Finding("clock", "ok", now)
    text = f"{now}, but nothing has set it; runs are dated when it is set (timedatectl status)"
    return Finding("clock", "warn", text)


def _pins(config: Config) -> set[int]:
    return PanelSettings(config.belt, config.lamps, config.buzzer, config.button).pins


def check_gpio(pins: set[int], root: Path) -> Iterator[Finding]:
    """Whether the pins that the configuration names can be used."""
    chips = sorted((root / "dev").glob("gpiochip*"))
    if not chips:
        text = "none here; lamps and buttons are optional"
        wanted = f"none here, so GPIO {', '.join(map(str, sorted(pins)))} stay unused"
        yield Finding("GPIO", "warn" if pins else "ok", wanted if pins else text)
        return
    yield Finding("GPIO", "ok", ", ".join(chip.name for chip in chips))
    if pins and not os.access(chips[0], os.R_OK | os.W_OK):
        text = f"{chips[0]}: no permission; sudo usermod -aG gpio $USER, then log in again"
        yield Finding("GPIO", "warn", text)
    if pins and find_spec("lgpio") is None:
        yield Finding("GPIO", "warn", "no lgpio: sudo apt-get install -y python3-lgpio")


def check_source(config: Config) -> Finding:
    source = config.source
    if source.kind == "boards":
        roles = ", ".join(board.role for board in source.board)
        return Finding("source", "ok", f"sensor boards: {roles}")
    if source.kind == "none":
        return Finding("source", "warn", "none: say which in [source] kind before `softshoe run`")
    if source.kind == "simulator":
        return Finding("source", "ok", f"simulator, {source.rig} at {source.rate_hz:g} Hz")
    try:
        recording = read_recording(Path(source.recording))
    except SoftshoeError as error:
        return Finding("source", "fail", str(error))
    seconds = recording.end_s - recording.start_s
    return Finding("source", "ok", f"{recording.name}: {recording.rig.name}, {seconds:.0f} s")
