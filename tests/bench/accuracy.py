"""How accurate softshoe is: against the simulator's truth, and on real running. As Markdown."""

import click
import numpy as np
from tests.bench.report import number, put_section, table
from tests.bench.simulated import METRICS, PEOPLE, errors, is_relative, pairs
from tests.recordings.conftest import recordings_folder
from tests.recordings.table import accuracy_table
from tests.recordings.trials import Trials

from softshoe_hw.simulator.parameters import RigName

RUN_S = 60.0
RIGS: tuple[RigName, ...] = ("deck1", "deck4", "insoles")
RATES_HZ = (1000.0, 500.0, 200.0)


def simulated_table(rig: RigName) -> str:
    """Bias, median and 95th percentile of every metric's error at each sampling rate."""
    found = {rate_hz: pairs(rig, rate_hz, RUN_S) for rate_hz in RATES_HZ}
    rows = []
    for metric in METRICS:
        cells = [_cell(metric, errors(found[rate_hz], metric)) for rate_hz in RATES_HZ]
        if any(cells):
            unit = " (%)" if is_relative(metric) else ""
            rows.append([f"`{metric}`{unit}", *(cell or "–" for cell in cells)])
    counts = [str(len(found[rate_hz])) for rate_hz in RATES_HZ]
    return table([rig, *(f"{rate:.0f} Hz" for rate in RATES_HZ)], [["steps", *counts], *rows])


def _cell(metric: str, error: np.ndarray) -> str:
    if not len(error):
        return ""
    size = np.abs(error)
    digits = 4 if metric == "duty_factor" else 2
    values = (error.mean(), np.median(size), np.percentile(size, 95))
    return " / ".join(number(float(value), digits) for value in values)


def simulated_text() -> str:
    intro = (
        f"**Against the simulator's truth.** {len(PEOPLE)} simulated runners of {RUN_S:.0f} s "
        "each, with noise, drift and variation; sides and weight as measured. Each cell is the "
        "error's bias / the median of its size / the 95th percentile of its size over steps, in "
        "the metric's own unit, or in % where it says so. Values of different impact methods are "
        "not compared. Insoles are simulated in newtons."
    )
    return "\n\n".join([intro, *map(simulated_table, RIGS)])


def real_text() -> str:
    folder = recordings_folder()
    if not (folder / "golden.csv").is_file():
        raise SystemExit(f"no real recordings in {folder}: set SOFTSHOE_RECORDINGS to their folder")
    intro = (
        "**On real running.** 24 treadmill trials of eight people at 2.5, 3.5 and 4.5 m/s, 300 Hz, "
        "against an offline computation that shares no code with softshoe (`tests/recordings/`). "
        "The same three figures of each step's error."
    )
    return f"{intro}\n\n{accuracy_table(Trials(folder))}"


@click.command()
@click.option("--write", is_flag=True, help="Put the tables into daemon/README.md.")
def main(write: bool) -> None:
    """Print how accurate softshoe is."""
    text = f"{simulated_text()}\n\n{real_text()}"
    click.echo(text)
    if write:
        put_section("accuracy", text)


if __name__ == "__main__":
    main()
