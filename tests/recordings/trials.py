"""The real recordings that the tests run on, and what the offline reference says of each."""

import csv
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from tests.recordings.oracle_deck import (
    Reference,
    deck_reference,
    from_corners,
    from_force_and_cop,
)
from tests.recordings.oracle_insole import insole_reference
from tests.recordings.oracle_signal import Array, Indices

RUNNERS = ("001", "012", "013", "019", "024", "028", "03", "09")
SPEEDS = ("25", "35", "45")
TRIALS = tuple(f"RBDS{runner}runT{speed}" for runner in RUNNERS for speed in SPEEDS)
CROSSES_THE_MIDLINE = ("RBDS001runT35", "RBDS001runT45")
GOLDEN = ("RBDS001runT25", "RBDS012runT35", "RBDS028runT45")
FSR_TRIALS = tuple(f"RBDS012runT{s}" for s in SPEEDS)
INSOLE_TRIALS = tuple(f"RBDS{r}runT{s}" for r in ("001", "012", "028") for s in SPEEDS)
DRIFT = "dryft_S001runT25_drift"
SLOPES = tuple(f"alcantara_{number:02d}" for number in range(31))
WALKS = (
    "walk_deck_GaCo01_01",
    "walk_deck_GaCo02_01",
    "walk_gaitpdb_GaCo01_01",
    "walk_gaitpdb_GaCo02_01",
    "walk_gatk_one_foot",
    "walk_moticon_normal",
    "walk_pedar",
)
HALF_LENGTH_MM, HALF_WIDTH_MM = 1000.0, 350.0


@dataclass(frozen=True)
class Trials:
    """A folder of recordings; every reference is computed once."""

    folder: Path
    _references: dict[str, Reference] = field(default_factory=dict)

    def path(self, stem: str) -> Path:
        return self.folder / f"{stem}.csv.gz"

    def values(self, stem: str) -> Array:
        """The channels, without the time column."""
        return np.genfromtxt(self.path(stem), delimiter=",", skip_header=1)[:, 1:]

    def sidecar(self, stem: str) -> dict[str, dict[str, float]]:
        return tomllib.loads((self.folder / f"{stem}.toml").read_text())

    def table(self, name: str) -> dict[str, dict[str, str]]:
        """A table of known values, by the stem of its recording."""
        with (self.folder / name).open() as lines:
            return {row["stem"]: row for row in csv.DictReader(lines)}

    @cached_property
    def golden(self) -> dict[str, dict[str, str]]:
        return self.table("golden.csv")

    @cached_property
    def golden_insole(self) -> dict[str, dict[str, str]]:
        return self.table("golden_insole.csv")

    @cached_property
    def first_sides(self) -> dict[str, dict[str, str]]:
        return self.table("first_side.csv")

    def reference(self, stem: str) -> Reference:
        """What the offline computation says, whatever form the recording has.

        Of counts it knows nothing: of `_fsr` it says what their newtons, `_insole`, are.
        """
        stem = stem.replace("_fsr", "_insole")
        if stem not in self._references:
            self._references[stem] = self._compute(stem)
        return self._references[stem]

    def _compute(self, stem: str) -> Reference:
        values, told = self.values(stem), self.sidecar(stem)
        rate_hz = told["recording"]["rate_hz"]
        if stem.endswith("_insole"):
            return insole_reference(values, rate_hz)
        belt = told["recording"].get("belt_m_s")
        height = told.get("subject", {}).get("height_mm")
        return deck_reference(_moments(values), rate_hz, belt, height)

    def true_sides(self, stem: str, contacts: Indices) -> Array:
        """+1 left, -1 right of contacts by their number, as the markers saw one; they alternate."""
        row = self.first_sides[stem]
        first = 1.0 if row["side"] == "left" else -1.0
        t_s = self.reference(stem).steps["t_s"]
        known = int(np.argmin(np.abs(t_s - float(row["t_ic_s"]))))
        return np.asarray(first * (-1.0) ** (contacts - known))


def _moments(values: Array) -> Array:
    """Force, F·x, F·y of a record of force, of force and place, or of four corners."""
    if values.shape[1] == 4:
        return from_corners(values, HALF_LENGTH_MM, HALF_WIDTH_MM)
    return from_force_and_cop(values) if values.shape[1] == 3 else values
