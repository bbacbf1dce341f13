"""What `softshoe doctor` says about sensor boards, each trouble with the command that helps."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from softshoe.clock import Clock
from softshoe.commands.finding import Finding
from softshoe.rigs import StreamName
from softshoe.settings import BoardSettings, SourceSettings
from softshoe_hw.devices import serial_devices
from softshoe_hw.serial_link import SerialLink
from softshoe_hw.visit import OpenLink, Seen, Visit, visit

_LISTEN_S = 5.0
_BAUD = 1_000_000
_RULES = ("etc/udev/rules.d/99-softshoe.rules", "usr/lib/udev/rules.d/99-softshoe.rules")

MayUse = Callable[[str], bool]


def may_use(port: str) -> bool:
    """Whether this user may read and write a device; of a network address nobody knows before."""
    return not port.startswith("/") or os.access(port, os.R_OK | os.W_OK)


def group_of(port: str) -> str:
    """Whose members may use it."""
    return Path(port).group()


def check_boards(
    source: SourceSettings,
    clock: Clock,
    root: Path = Path("/"),
    open_link: OpenLink = SerialLink,
    may_use: MayUse = may_use,
    group_of: Callable[[str], str] = group_of,
) -> Iterator[Finding]:
    """Every board that is plugged in or named, and every place that none fills."""
    ports = _ports(source, root)
    forbidden = [port for port in ports if Path(port).exists() and not may_use(port)]
    for port in forbidden:
        yield _forbidden(port, group_of(port))
    if ports:
        yield from check_modem_manager(root)
    usable = {port: baud for port, baud in ports.items() if port not in forbidden}
    visits = _visit_all(usable, partial(visit, open_link=open_link, clock=clock))
    for each in visits:
        yield from findings(each)
    yield from map(_of_lines, sorted(_csv_ports(source)))
    if not forbidden:
        nothing_plugged = not (ports or _csv_ports(source))
        yield from check_places(source, visits, nothing_plugged=nothing_plugged)


def _ports(source: SourceSettings, root: Path) -> dict[str, int]:
    """Ports and their baud rates: those of the configuration first."""
    named = {board.port: board.baud for board in source.board if _speaks_frames_on_port(board)}
    plugged = [port for port in serial_devices(root / "dev") if port not in _csv_ports(source)]
    return named | {port: named.get(port, _BAUD) for port in plugged}


def _speaks_frames_on_port(board: BoardSettings) -> bool:
    return bool(board.port) and board.format == "frames"


def _csv_ports(source: SourceSettings) -> set[str]:
    """Boards that cannot answer."""
    return {board.port for board in source.board if board.format == "csv"}


def _of_lines(port: str) -> Finding:
    if port.startswith("/") and not Path(port).exists():
        return Finding("board", "fail", f"{port}: it is not there; see [[source.board]] port")
    return Finding("board", "ok", f"{port}: prints lines, so it cannot be asked who it is")


def _visit_all(ports: dict[str, int], look: Callable[..., Visit]) -> list[Visit]:
    """All at the same time: each takes some seconds."""
    if not ports:
        return []
    with ThreadPoolExecutor(len(ports)) as pool:
        running = [pool.submit(look, port, baud, seconds=_LISTEN_S) for port, baud in ports.items()]
        return [each.result() for each in running]


def _forbidden(port: str, group: str) -> Finding:
    command = f"sudo usermod -aG {group} $USER"
    return Finding("board", "fail", f"{port}: no permission; {command}, then log in again")


def check_modem_manager(root: Path) -> Iterator[Finding]:
    """It talks to every new serial port for 20 s unless a rule forbids it."""
    if any((root / rules).exists() for rules in _RULES) or not _runs("ModemManager", root):
        return
    text = "ModemManager disturbs boards; sudo systemctl disable --now ModemManager"
    yield Finding("board", "warn", text)


def _runs(program: str, root: Path) -> bool:
    for comm in (root / "proc").glob("[0-9]*/comm"):
        try:
            if comm.read_text().strip() == program:
                return True
        except OSError:
            continue  # it has just ended
    return False


# --- what a visit showed ---------------------------------------------------------------------


def findings(found: Visit) -> Iterator[Finding]:
    """What there is to say about a port."""
    if found.seen is None:
        yield Finding("board", "warn", f"{found.port}: {found.why}")
        return
    hello = found.seen.hello
    who = f"{hello.id}: {found.seen.stream.name}, {hello.board} {hello.fw} on {found.port}"
    if found.why:
        yield Finding("board", "fail", f"{who}; {found.why}")
    else:
        yield Finding("board", "ok", who)
        yield _of_samples(found.seen)
        yield from _of_channels(found.seen)


def _of_samples(seen: Seen) -> Finding:
    health = seen.health
    text = (
        f"{seen.hello.id}: {_number(health.rate_hz)} of {health.nominal_rate_hz:g} samples/s, "
        f"jitter {_number(health.jitter_ms)} ms, {health.lost or 'none'} lost"
    )
    trouble = _trouble(seen)
    return Finding("board", "warn" if trouble else "ok", f"{text}; {trouble}" if trouble else text)


def _trouble(seen: Seen) -> str | None:
    if seen.overruns:
        return f"it was too slow for {seen.overruns}: set a lower rate_hz"
    if seen.bad_frames:
        return f"{seen.bad_frames} bad frames: take a shorter cable, away from the motor's"
    return "close what keeps this machine busy" if seen.health.lost else None


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _of_channels(seen: Seen) -> Iterator[Finding]:
    noise = ", ".join(f"{one.name} {one.noise_counts:.1f}" for one in seen.channels)
    yield Finding("board", "ok", f"{seen.hello.id}: noise in counts {noise}")
    for one in seen.channels:
        name = f"{seen.hello.id}: {one.name}"
        if one.is_saturated:
            text = "is at the end of its range: look for a short, or for too large a resistor"
            yield Finding("board", "fail", f"{name} {text}")
        elif one.is_stuck:
            text = f"stands still at {one.mean_counts:.0f}: press it; if it stays, its wire is off"
            yield Finding("board", "warn", f"{name} {text}")
        elif one.is_noisy:
            text = "is noisy: look at its solder joints, and keep its wire off the motor's"
            yield Finding("board", "warn", f"{name} {text}")


# --- who is missing --------------------------------------------------------------------------


def check_places(
    source: SourceSettings, visits: Iterable[Visit], *, nothing_plugged: bool
) -> Iterator[Finding]:
    """Whether the boards that the configuration wants are there, each once."""
    wanted = source.board if source.kind == "boards" else ()
    if nothing_plugged and wanted:
        text = "nothing is plugged in; some cables only charge: lsusb shows what is there"
        yield Finding("board", "fail", text)
    elif nothing_plugged:
        yield Finding("board", "ok", "none is plugged in")
    here = [(seen.stream.name, seen.hello.id) for each in visits if (seen := each.seen)]
    yield from _twins(here)
    for board in wanted:
        if board.format == "frames" and not any(_fills(board, *each) for each in here):
            who = f"{board.role} ({board.id})" if board.id else board.role
            yield Finding("board", "fail", f"{who}: no board answers; `softshoe run` waits for it")


def _twins(here: list[tuple[StreamName, str]]) -> Iterator[Finding]:
    for role, count in Counter(role for role, _ in here).items():
        if count > 1:
            text = f"{' and '.join(name for each, name in here if each == role)} both say {role}"
            if role == "left":
                text += ": close the jumper on D4 of the right foot's board"
            yield Finding("board", "fail", text)


def _fills(board: BoardSettings, role: StreamName, name: str) -> bool:
    return board.role == role and board.id in ("", name)
