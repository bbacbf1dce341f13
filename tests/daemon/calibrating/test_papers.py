"""What daemon/README.md says of calibrating is what the code does."""

import re
from pathlib import Path

from softshoe.calibrating import deck, insole_checks, insole_fit, resonance, running
from softshoe.calibrating.plan import Task, plan_for
from softshoe.gait import resonance as undone
from softshoe.rigs import DeckLayout, InsoleLayout, Rig, Stream

README = (Path(__file__).parents[3] / "daemon" / "README.md").read_text()
SECTION = README.split("\n## Calibrating\n")[1].split("\n## ")[0]
WORDS = " ".join(SECTION.split())


def every_task() -> dict[str, Task]:
    """Of one cell, of four, of insoles, with heel-drops and a run."""
    insoles = Stream("insoles", 500.0, ("l1", "r1"), "counts", insole=InsoleLayout(1))
    tasks: dict[str, Task] = {}
    for layout, channels in ((DeckLayout("force"), 1), (DeckLayout("four_cell", 800.0, 300.0), 4)):
        names = tuple(f"c{number}" for number in range(channels))
        rig = Rig((Stream("deck", 1000.0, names, "counts", deck=layout), insoles))
        tasks |= {task.name: task for task in plan_for(rig, heel_drops=True, run=True)}
    return tasks


def told_seconds() -> dict[str, float]:
    """By the table of tasks; a row may name several, or the first and the last."""
    told = {}
    for cell, seconds in re.findall(r"^\| (`.+?) \|.*\| (\d+) s(?: each)? \|$", SECTION, re.M):
        told |= {name: float(seconds) for name in re.findall(r"`(\w+)`", cell)}
    return told


def test_every_task_is_told_with_its_time() -> None:
    tasks = {name: task.seconds for name, task in every_task().items()}
    between = {"front_right", "rear_left"}
    assert told_seconds() == {name: s for name, s in tasks.items() if name not in between}


def test_the_limits_of_every_check_are_told() -> None:
    for words in (
        f"over {100 * insole_checks.SATURATED_SHARE:.1f} % of the samples",
        f"at least {100 * insole_checks.DEAD_SHARE:.0f} % of the usual rise",
        f"less than {100 * insole_checks.PRESSED_SHARE:.0f} % of its rise without load",
        f"without load ({100 * insole_checks.NOISY_SHARE:.0f} % of its rise)",
        f"within {insole_checks.GAINS[0]:g} to {insole_checks.GAINS[1]:g} times the median",
        f"within {deck.GAINS[0]:g} to {deck.GAINS[1]:g} times the median",
        f"less than {deck.NOISE_N:g} N when empty",
        f"at most {insole_checks.RESIDUAL_PCT:g} % (insoles), {deck.RESIDUAL_PCT:g} % (deck)",
        f"within {insole_checks.BOTH_FEET_PCT:g} % of the weight",
        f"within {deck.MIDDLE_PCT:g} % of the weight there",
        f"agree within {resonance.SPREAD_PCT:g} %",
        f"{running.STEPS} steps; the mean force is within {running.WEIGHT_PCT:g} % of the weight",
        f"within {running.SIDES_PCT:g} % of each other",
        f"at {undone.REFUSED_BELOW_HZ:g} Hz or faster",
        f"From {undone.HARMLESS_FROM_HZ:g} Hz on nothing is done",
        f"between {resonance.BAND_HZ[0]:g} and {resonance.BAND_HZ[1]:g} Hz",
        f"({insole_fit.POWERS[0]:.2f} to {insole_fit.POWERS[-1]:.2f})",
        f"{deck.MARK:g} of the way from the middle",
    ):
        assert words in WORDS, words
    assert resonance.FEWEST_DROPS == 3
    assert "at least three are clear" in WORDS
