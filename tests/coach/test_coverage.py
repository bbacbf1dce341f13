"""The other tests of this folder go through every branch of the coach."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
HOUSE = HERE.parents[1]
COACH = HOUSE / "daemon" / "softshoe" / "coach"
SLOW = ("test_coverage", "test_programme")
OTHERS = sorted(path for path in HERE.glob("test_*.py") if path.stem not in SLOW)


def coverage(*words: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "coverage", *map(str, words)]
    return subprocess.run(line, cwd=HOUSE, capture_output=True, text=True, check=False)


def test_every_branch_of_the_coach_is_tested(tmp_path: Path) -> None:
    data = f"--data-file={tmp_path / 'coverage'}"
    pytest = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist")
    ran = coverage("run", "--branch", f"--source={COACH}", data, *pytest, *OTHERS)
    assert ran.returncode == 0, ran.stdout
    told = coverage("report", data, "--show-missing", "--skip-covered", "--fail-under=100")
    assert told.returncode == 0, told.stdout
