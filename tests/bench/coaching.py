"""How often the coach calls a change one: by chance, and when it is true. As Markdown."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from math import sqrt
from pathlib import Path

import click
import numpy as np
from tests.bench.report import number, put_section, table
from tests.coach.answering_runner import NEIGHBOURS, AnsweringRunner, Person
from tests.recordings.conftest import recordings_folder
from tests.recordings.product import Product
from tests.recordings.trials import TRIALS, Trials

from softshoe.analysis import Analysis
from softshoe.coach.noise import judge, run_noise
from softshoe.coach.signals import SIGNALS, Signal
from softshoe.coach.trend import trend
from softshoe.coaching import Change, Measure
from softshoe.events import Array

README = Path(__file__).parents[2] / "daemon" / "softshoe" / "coach" / "README.md"
STEPS_A_MINUTE = 171
RUNS = 5000
STEP_SD_PCT = (8.0, 12.0, 16.0, 20.0)
CHANGES_PCT = (0.0, 10.0, 15.0, 20.0)
PEOPLE = 100
PROGRAMMES = (
    (0.0, 10.0, 12),
    (0.0, 20.0, 12),
    (20.0, 10.0, 12),
    (30.0, 10.0, 12),
    (30.0, 20.0, 12),
    (30.0, 10.0, 24),
)
"""How much softer a runner can land, the spread of steps and days (%), and the number of runs."""
WARM_UP_S = 60.0

_ONE_RUN = (
    f"**One run.** {RUNS} simulated runs a cell. The figure is the share (%) that is called "
    "better: in the first column falsely, in the others truly."
)
_REAL = (
    "**Real running**, where nobody was coached: the second half of each trial of some 30 s "
    "against its first."
)
_MANY_RUNS = "**Many runs.** How many of the simulated runners were told so at least once."


def noisy_minutes(minutes: int, sd: float, random: np.random.Generator) -> Array:
    """Step noise around 1: a row each run, each step a little like the one before."""
    draws = random.standard_normal((STEPS_A_MINUTE * minutes, RUNS))
    fresh = sqrt(1 - NEIGHBOURS**2)
    for before, row in pairwise(draws):
        row *= fresh
        row += NEIGHBOURS * before
    return 1 + sd * draws.T


def verdicts(
    change_pct: float, sd_pct: float, drift_pct: float, minutes: int, seed: int = 1
) -> Iterable[Change]:
    """The word for each of many runs whose windows truly land so much softer than the baseline."""
    random = np.random.default_rng(seed)
    signal = SIGNALS["soft"][0]
    drift = 1 + drift_pct / 100 * random.standard_normal(RUNS)
    before = noisy_minutes(1, sd_pct / 100, random)
    after = noisy_minutes(minutes, sd_pct / 100, random)
    after *= (drift * (1 - change_pct / 100))[:, np.newaxis]
    for was, now in zip(measures(before), measures(after), strict=True):
        yield judge(signal, now.mean - was.mean, run_noise(signal, was, now))


def measures(values: Array) -> Iterable[Measure]:
    means, sds = values.mean(axis=1).tolist(), values.std(axis=1, ddof=1).tolist()
    return (Measure(mean, sd, values.shape[1]) for mean, sd in zip(means, sds, strict=True))


def better_pct(words: Iterable[Change]) -> float:
    return 100 * float(np.mean([word == "better" for word in words]))


def one_run_table(minutes: int) -> str:
    rows = []
    for sd_pct in STEP_SD_PCT:
        for drift_pct in (2.0, 3.0):
            cells = [
                number(better_pct(verdicts(change, sd_pct, drift_pct, minutes)), 2)
                for change in CHANGES_PCT
            ]
            rows.append([f"{sd_pct:.0f} %, {drift_pct:.0f} %", *cells])
    heads = [f"truly {change:.0f} % softer" for change in CHANGES_PCT]
    return table([f"steps, drift (SD); {minutes} min", *heads], rows)


def programme_row(can_pct: float, sd_pct: float, runs: int) -> list[str]:
    """A hundred runners, one focus run after another: what they were told, and what they became."""
    told, learned, yours, at_last, habit = 0, 0, 0, [], []
    for seed in range(PEOPLE):
        person = Person(can_pct=can_pct, step_sd_pct=sd_pct, day_sd_pct=sd_pct)
        runner = AnsweringRunner(person, seed)
        found = runner.programme("soft", runs, WARM_UP_S)
        trends = [trend("soft", found[: n + 1]) for n in range(len(found))]
        told += any(result.improved == "better" for result in found)
        learned += any(one.learned == "better" for one in trends)
        yours += any(one.yours for one in trends)
        at_last.append(found[-1].on_target_s / found[-1].counted_s)
        habit.append(runner.learned_pct)
    return [
        f"can land {can_pct:.0f} % softer, spread {sd_pct:.0f} %, {runs} runs",
        *map(str, (told, learned, yours)),
        number(100 * float(np.mean(at_last)), 0),
        number(float(np.mean(habit)), 0),
    ]


def programme_table() -> str:
    rows = [programme_row(*programme) for programme in PROGRAMMES]
    heads = ("told better in a run", "learned", "yours", "on target at last, %", "habit softer, %")
    return table([f"{PEOPLE} runners each", *heads], rows)


def real_table(folder: Path) -> str:
    """Nobody was coached in the real trials: their second halves against their first."""
    product = Product(Trials(folder))
    rows = []
    for signal in (SIGNALS["soft"][0], *SIGNALS["close"], SIGNALS["push"][0]):
        words = Counter(_halves(signal, product.analysis(f"{trial}_4cell")) for trial in TRIALS)
        rows.append([f"`{signal.metric}`", *(words[word] for word in ("better", "same", "worse"))])
    return table(["24 trials", "better", "same", "worse"], rows)


def _halves(signal: Signal, analysis: Analysis) -> Change:
    values = [value for step in analysis.steps if (value := signal.of(step)) is not None]
    halves = np.array_split(np.array(values), 2)
    was, now = (measure for half in halves for measure in measures(half[np.newaxis]))
    return judge(signal, now.mean - was.mean, run_noise(signal, was, now))


def text() -> str:
    folder = recordings_folder()
    if not (folder / "golden.csv").is_file():
        raise SystemExit(f"no real recordings in {folder}: set SOFTSHOE_RECORDINGS to their folder")
    parts = (
        _ONE_RUN,
        one_run_table(1),
        one_run_table(5),
        _REAL,
        real_table(folder),
        _MANY_RUNS,
        programme_table(),
    )
    return "\n\n".join(parts)


@click.command()
@click.option("--write", is_flag=True, help="Put the tables into daemon/softshoe/coach/README.md.")
def main(write: bool) -> None:
    """Print how often the coach praises noise, and how often it finds what is true."""
    printed = text()
    click.echo(printed)
    if write:
        put_section("coaching", printed, README)


if __name__ == "__main__":
    main()
