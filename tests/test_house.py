"""Rules of the house that a machine can see: rooms, names, doors, and papers that are true."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from softshoe.cli import softshoe
from softshoe.events import Step

HOUSE = Path(__file__).parent.parent
PACKAGES = (
    HOUSE / "daemon" / "softshoe",
    HOUSE / "web" / "softshoe_web",
    HOUSE / "hardware" / "softshoe_hw",
)
SOURCES = sorted(path for package in PACKAGES for path in package.rglob("*.py"))
PAPERS = sorted(
    {*HOUSE.glob("*.md"), *(path for room in HOUSE.glob("[a-z]*") for path in room.glob("*.md"))}
)
DRAWERS = {"util", "utils", "helper", "helpers", "common", "manager", "base", "misc"}
PURE = {
    "statistics",
    "numpy",
    "softshoe",
    "msgspec",
    "math",
    "collections",
    "typing",
    "itertools",
    "functools",
    "dataclasses",
}
LOWEST = (
    "softshoe.gait",
    "softshoe.events",
    "softshoe.rigs",
    "softshoe.calibrations",
    "softshoe.errors",
)
ONE_DOOR = {
    "serial": 1,
    "gpiozero": 1,
    "paho": 1,
    "iotcore": 1,
    "pyarrow": 1,
    "matplotlib": 1,
}


def imported(path: Path) -> set[str]:
    """Top-level packages and modules that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


def test_every_package_begins_empty() -> None:
    for package in PACKAGES:
        for path in package.rglob("__init__.py"):
            assert path.read_text() == "", path
    assert not [
        room for room in ("daemon", "web", "hardware") if (HOUSE / room / "__init__.py").exists()
    ]


def test_no_module_is_a_drawer_for_leftovers() -> None:
    assert not [path for path in SOURCES if DRAWERS & set(path.stem.split("_"))]


def test_files_are_small_rooms() -> None:
    sizes = {path: len(path.read_text().splitlines()) for path in SOURCES}
    assert not {path: lines for path, lines in sizes.items() if lines > 400}


def test_gait_knows_numpy_and_the_types_only() -> None:
    for path in (HOUSE / "daemon" / "softshoe" / "gait").rglob("*.py"):
        assert roots(path) <= PURE, path
        ours = {name for name in imported(path) if name.startswith("softshoe.")}
        assert not {n for n in ours if not n.startswith(LOWEST)}, path


@pytest.mark.parametrize("library", ONE_DOOR)
def test_a_library_of_the_edge_is_imported_in_one_file(library: str) -> None:
    doors = [path for path in SOURCES if library in roots(path)]
    assert len(doors) <= ONE_DOOR[library], doors


def test_sqlite_stays_in_the_store_and_flask_on_the_page() -> None:
    for library, room in {
        "sqlite_utils": "store",
        "flask": "softshoe_web",
    }.items():
        assert not [path for path in SOURCES if library in roots(path) and room not in path.parts]


def test_every_room_has_its_sign() -> None:
    assert [
        room
        for room in ("daemon", "web", "hardware", "systemd", "tests")
        if not (HOUSE / room / "README.md").is_file()
    ] == []


def test_every_path_that_a_paper_names_exists() -> None:
    for paper in PAPERS:
        named = re.findall(
            r"`((?:daemon|web|hardware|systemd|tests|\.ci)/[\w./-]+)`", paper.read_text()
        )
        linked = re.findall(r"\]\(([\w./-]+)\)", paper.read_text())
        missing = [n for n in named if not (HOUSE / n).exists()]
        missing += [n for n in linked if not (paper.parent / n).exists()]
        assert not missing, f"{paper} names what is not there: {missing}"


def commands() -> dict[str, click.Command]:
    context = click.Context(softshoe)
    named = {name: softshoe.get_command(context, name) for name in softshoe.list_commands(context)}
    return {name: command for name, command in named.items() if command}


def test_every_command_is_in_the_readme_and_every_command_in_a_paper_exists() -> None:
    readme = (HOUSE / "README.md").read_text()
    assert re.findall(r"^\| `softshoe ([a-z-]+)", readme, re.M) == list(commands())
    for paper in PAPERS:
        named = set(re.findall(r"`softshoe ([a-z][a-z-]*)", paper.read_text()))
        assert named <= set(commands()), paper


def test_every_option_that_a_paper_shows_exists() -> None:
    known = {
        name: {
            option for param in command.params for option in (*param.opts, *param.secondary_opts)
        }
        for name, command in commands().items()
    }
    for paper in PAPERS:
        for name, rest in re.findall(r"softshoe ([a-z-]+) ([^`\n#|]*)", paper.read_text()):
            shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest))
            assert shown <= known.get(name, shown) | {"--help"}, f"{paper}: softshoe {name}"


def test_dev_help_tells_every_command_that_a_paper_uses() -> None:
    told = subprocess.run(
        [HOUSE / "dev", "help"], capture_output=True, text=True, check=True
    ).stdout
    commands = set(re.findall(r"^\./dev ([a-z]+)", told, re.M))
    assert commands == {"demo", "test", "lint", "bench", "long", "fuzz", "help"}
    for paper in PAPERS:
        assert set(re.findall(r"\./dev ([a-z]+)", paper.read_text())) <= commands, paper


def test_dev_refuses_what_it_does_not_know_in_one_line() -> None:
    ended = subprocess.run([HOUSE / "dev", "dance"], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, "./dev: no such command: dance (./dev help)\n")


def test_starting_the_front_door_loads_nothing_heavy() -> None:
    script = "import sys, softshoe.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"scipy", "matplotlib", "pyarrow", "pandas"} & set(loaded)


def test_every_number_of_a_step_is_defined_in_the_order_of_its_type() -> None:
    text = (HOUSE / "daemon" / "README.md").read_text()
    table = text.split("### Each number")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)`", table, re.M)) == Step.__struct_fields__
