"""How far the product is from the offline reference on the treadmill trials, as a table.

Run ``python -m tests.recordings.table`` from the root of the checkout.
"""

from collections.abc import Sequence

import numpy as np
from tests.bench.report import number, table
from tests.recordings.comparison import Comparison
from tests.recordings.conftest import recordings_folder
from tests.recordings.oracle_signal import Array
from tests.recordings.product import Product
from tests.recordings.trials import TRIALS, Trials

ABSOLUTE = (
    "contact_ms",
    "flight_ms",
    "cadence_spm",
    "impact_time_ms",
    "vertical_oscillation_mm",
    "step_width_mm",
    "reach_ahead_mm",
    "reach_behind_mm",
    "cop_travel_mm",
    "strike_index_pct",
)
RELATIVE = (
    "impact_peak_bw",
    "impact13_bw",
    "valr_bw_s",
    "valr13_bw_s",
    "vilr_bw_s",
    "active_peak_bw",
    "impulse_bw_s",
    "push_impulse_bw_s",
    "unloading_bw_s",
    "leg_stiffness_kn_m",
)
FORMS = {"force + CoP": "", "four cells": "_4cell"}


def accuracy_table(trials: Trials, stems: Sequence[str] = TRIALS) -> str:
    """Markdown: bias / median / 95th percentile of the error, over all steps of either form."""
    product = Product(trials)
    seen = [[product.comparison(stem + form) for stem in stems] for form in FORMS.values()]
    counts = [str(sum(len(comparison.mine) for comparison in form)) for form in seen]
    rows = [_row(metric, seen) for metric in (*ABSOLUTE, *RELATIVE)]
    return table(["treadmill", *FORMS], [["steps", *counts], *rows])


def _row(metric: str, seen: Sequence[Sequence[Comparison]]) -> list[str]:
    unit = " (%)" if metric in RELATIVE else ""
    return [f"`{metric}`{unit}", *(_cell(_errors(metric, form)) for form in seen)]


def _errors(metric: str, form: Sequence[Comparison]) -> Array:
    relative = metric in RELATIVE
    return np.concatenate([s.error_pct(metric) if relative else s.error(metric) for s in form])


def _cell(errors: Array) -> str:
    size = np.abs(errors)
    figures = (errors.mean(), np.median(size), np.percentile(size, 95))
    return " / ".join(number(float(figure), 2) for figure in figures)


if __name__ == "__main__":
    print(accuracy_table(Trials(recordings_folder())))
