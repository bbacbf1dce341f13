"""What `softshoe doctor` prints in four cases, for hardware/doctor.md.

python -m tests.daemon.doctor_pictures writes the terminal's text into that page again.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from tests.daemon.board_in_memory import BoardInMemory, NobodyThere, ThreadsClock, at_rest, insole

from softshoe.commands.board_checks import check_boards
from softshoe.commands.checks import (
    check_clock,
    check_database,
    check_folder,
    check_gpio,
    check_source,
)
from softshoe.commands.doctor import line
from softshoe.commands.finding import Finding
from softshoe.config import Config
from softshoe.settings import BoardSettings, SourceSettings

PAGE = Path(__file__).parents[2] / "hardware" / "doctor.md"
_CASES = ("all well", "no board", "no permission", "a noisy channel")
_SOURCE = SourceSettings(
    kind="boards", board=(BoardSettings(role="left"), BoardSettings(role="right"))
)


def pictures() -> dict[str, str]:
    """The terminal's text of each case."""
    return {case: _picture(case) for case in _CASES}


def _picture(case: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        text = click.unstyle("\n".join(line(each) for each in _findings(case, root)))
    text = text.replace(str(root), "")
    return "$ softshoe doctor\n" + re.sub(r"\d+ MB free", "21504 MB free", text)


def _findings(case: str, root: Path) -> Iterator[Finding]:
    store = root / "var" / "lib" / "softshoe"
    store.mkdir(parents=True)
    clock, dev = ThreadsClock(), root / "dev"
    dev.mkdir()
    (dev / "gpiochip0").touch()
    yield Finding("config", "ok", "/etc/softshoe/softshoe.toml")
    yield check_folder(store)
    yield check_database(store / "softshoe.db")
    yield check_clock(clock)
    yield from check_gpio(set(), root)
    yield check_source(Config(source=_SOURCE))
    links = _links(case, clock)
    ports = _plugged(links, dev)
    yield from check_boards(
        _SOURCE,
        clock,
        root,
        open_link=lambda port, baud: ports[port],
        may_use=lambda port: case != "no permission",
        group_of=lambda port: "dialout",
    )


def _links(case: str, clock: ThreadsClock) -> list[BoardInMemory | NobodyThere]:
    if case == "no board":
        return []
    right = at_rest(level=38, c5=11.0) if case == "a noisy channel" else at_rest(level=38)
    return [
        BoardInMemory(insole("left"), at_rest(level=41), clock),
        BoardInMemory(insole("right"), right, clock),
    ]


def _plugged(links: Iterable[BoardInMemory | NobodyThere], dev: Path) -> dict[str, object]:
    by_id = dev / "serial" / "by-id"
    by_id.mkdir(parents=True)
    ports = {}
    for number, link in enumerate(links):
        port = dev / f"ttyUSB{number}"
        port.touch()
        (by_id / f"usb-1a86_USB_Serial-{number}").symlink_to(port)
        ports[str(port)] = link
    return ports


def shown(page: str) -> dict[str, str]:
    """The pictures that a page has below its headings."""
    return dict(re.findall(r"^## \d: ([^\n]+)\n.*?```text\n(.*?)\n```", page, re.M | re.S))


def rewritten(page: str) -> str:
    """The page with the pictures as they are now."""
    now = pictures()
    for case, text in shown(page).items():
        page = page.replace(text, now[case])
    return page


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text()))
