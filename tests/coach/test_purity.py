"""The coach is arithmetic: no clock, no file, no thread, no chance."""

import ast
from pathlib import Path

COACH = Path(__file__).parents[2] / "daemon" / "softshoe" / "coach"
KNOWN = {"collections", "itertools", "math", "statistics", "typing", "numpy", "msgspec", "softshoe"}
OURS = ("softshoe.coach", "softshoe.coaching", "softshoe.events")


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_coach_knows_numpy_and_the_types_only() -> None:
    files = sorted(COACH.glob("*.py"))
    assert len(files) > 15
    for path in files:
        names = imported(path)
        assert {name.split(".")[0] for name in names} <= KNOWN, path
        ours = {name for name in names if name.startswith("softshoe")}
        assert all(name.startswith(OURS) for name in ours), path


def test_the_coach_draws_no_lots() -> None:
    assert not [path for path in COACH.glob("*.py") if "random" in path.read_text()]
