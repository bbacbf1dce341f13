"""Markdown tables, and the places in a README that hold measured figures."""

import platform
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

README = Path(__file__).parents[2] / "daemon" / "README.md"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first column is text, the others are set to the right."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def number(value: float, digits: int) -> str:
    """A number with so many decimals, a real minus sign, and no negative zero."""
    text = f"{value:.{digits}f}"
    return f"{0:.{digits}f}" if float(text) == 0 else text.replace("-", "−")


def machine() -> str:
    """What the figures were measured on."""
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    name = " ".join(model[1].split()) if model else platform.machine()
    return f"one core of {name}, Python {platform.python_version()}"


def put_section(name: str, text: str, path: Path = README) -> None:
    """Replace what stands between the README's two comments of that name."""
    marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
    before = path.read_text()
    after, found = marked.subn(lambda match: f"{match[1]}\n{text}\n\n{match[2]}", before)
    if found != 1:
        raise SystemExit(f"{path}: has no section <!-- {name} -->")
    path.write_text(after)
