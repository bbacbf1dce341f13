"""How well calibrating works: gains found, counts of a run, a deck that rings. As Markdown."""

from collections.abc import Iterator

import click
import numpy as np
from tests.bench.report import number, put_section, table
from tests.daemon.calibrating.standing_insole import WEIGHT_N, Insole, as_phases, insole_rig
from tests.daemon.calibrating.test_resonance import drops
from tests.gait.test_resonance import RATE_HZ, a_run, mean_vilr, rung, steps
from tests.recordings.conftest import recordings_folder
from tests.recordings.product import Product
from tests.recordings.test_fsr import STEMS, TOLERANCES
from tests.recordings.trials import Trials

from softshoe.calibrating.procedure import Subject, calibrate
from softshoe.calibrating.resonance import measure_resonance
from softshoe.calibrations import FsrCircuit, FsrScale, Resonance

POWERS = (0.85, 1.0, 1.1, 1.25)
INSOLES = 10
FREQUENCIES_HZ = (45.0, 60.0, 80.0, 100.0)


def gains_text() -> str:
    circuit = FsrCircuit()
    intro = (
        f"**Gains.** For each power {INSOLES} simulated pairs of insoles of 16 sensors, gains "
        f"spread evenly by ±40 %, leaks of up to 10 µS, 3 N of preload, {circuit.bits} bits and "
        f"{circuit.r_m_ohm:.0f} Ω with half a count of noise. Error of the gains in %: bias / "
        "median size / 95th percentile / largest."
    )
    rows = [_gains_row(power, circuit) for power in POWERS]
    return f"{intro}\n\n{table(['true power', 'power found', 'gains (%)', 'passed'], rows)}"


def _gains_row(power: float, circuit: FsrCircuit) -> list[str]:
    subject = Subject(rig=insole_rig(), weight_n=WEIGHT_N, circuit=circuit)
    found, errors, passed = [], [], 0
    for seed in range(INSOLES):
        random = np.random.default_rng(1000 + seed)
        insole = Insole(
            power=power,
            gains_n=300 * random.uniform(0.6, 1.4, 16),
            offsets_ms=random.uniform(0.0, 0.01, 16),
            circuit=circuit,
        )
        (one,) = calibrate(subject, as_phases(insole.standing(), subject.rig), "bench")
        assert isinstance(one.found, FsrScale)
        found.append(one.found.power)
        errors.append(100 * (np.array(one.found.gains_n) / insole.gains_n - 1))
        passed += one.passed
    spread = f"{number(min(found), 2)} to {number(max(found), 2)}"
    return [f"{power}", spread, _figures(np.concatenate(errors)), f"{passed} of {INSOLES}"]


def _figures(error: np.ndarray) -> str:
    size = np.abs(error)
    values = (error.mean(), np.median(size), np.percentile(size, 95), size.max())
    return " / ".join(number(float(value), 2) for value in values)


def counts_text() -> str:
    folder = recordings_folder()
    if not (folder / "golden.csv").is_file():
        raise SystemExit(f"no real recordings in {folder}: set SOFTSHOE_RECORDINGS to their folder")
    product = Product(Trials(folder))
    intro = (
        "**Counts of a run.** Three semi-real trials at 2.5, 3.5 and 4.5 m/s as counts of "
        "resistive sensors (unknown gains, power law, hysteresis, drift, 10 bits) through the "
        "calibration that their sidecars name, against the offline computation on their newtons. "
        "Each step's error: bias / median size / 95th percentile / largest."
    )
    rows = []
    for metric in TOLERANCES:
        error = np.concatenate([product.comparison(stem).error(metric) for stem in STEMS])
        rows.append([f"`{metric}`", str(len(error)), _figures(error)])
    return f"{intro}\n\n{table(['metric', 'steps', 'error'], rows)}"


def resonance_text() -> str:
    intro = (
        "**A deck that rings.** A simulated run at 3.5 m/s on a deck of one mass and spring, "
        "damping 0.05, against the same run on a stiff one: error of the mean `vilr_bw_s` in %, as "
        "it is shown and corrected with what five simulated heel-drops told."
    )
    head = ["true frequency", "found", "damping found", "uncorrected (%)", "corrected (%)"]
    return f"{intro}\n\n{table(head, _resonance_rows())}"


def _resonance_rows() -> Iterator[list[str]]:
    force = a_run()
    truth = mean_vilr(steps(force, None))
    for fn_hz in FREQUENCIES_HZ:
        deck = Resonance(fn_hz=fn_hz, zeta=0.05)
        found = measure_resonance(drops(deck), RATE_HZ).resonance
        shown = rung(force, deck)
        off = [100 * (mean_vilr(steps(shown, known)) / truth - 1) for known in (None, found)]
        yield [
            f"{fn_hz:.0f} Hz",
            f"{number(found.fn_hz, 1)} Hz",
            number(found.zeta, 3),
            *(number(each, 1) for each in off),
        ]


@click.command()
@click.option("--write", is_flag=True, help="Put the tables into daemon/README.md.")
def main(write: bool) -> None:
    """Print how well calibrating works."""
    text = "\n\n".join((gains_text(), counts_text(), resonance_text()))
    click.echo(text)
    if write:
        put_section("calibration", text)


if __name__ == "__main__":
    main()
