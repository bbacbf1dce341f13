"""How far the product is from the offline reference on the treadmill trials, as a table.

Run ``python -m tests.recordings.table`` from the root of the checkout.
"""

from collections.abc import Sequence

import numpy as np
from tests.bench.report import number, table
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
HEADER = ("per step", "form", "steps", "bias", "median error", "95th percentile")
FORMS = {"force + CoP": "", "four cells": "_4cell"}


def accuracy_table(trials: Trials, stems: Sequence[str] = TRIALS) -> str:
    """Markdown: the errors of all steps of all trials, from either form of them."""
    product = Product(trials)
    rows = [
        _row(metric, label, _errors(product, metric, [stem + form for stem in stems]))
        for metric in (*ABSOLUTE, *RELATIVE)
        for label, form in FORMS.items()
    ]
    return table(HEADER, rows)


def _errors(product: Product, metric: str, stems: Sequence[str]) -> Array:
    seen = [product.comparison(stem) for stem in stems]
    relative = metric in RELATIVE
    return np.concatenate([s.error_pct(metric) if relative else s.error(metric) for s in seen])


def _row(metric: str, form: str, errors: Array) -> list[str]:
    size = np.abs(errors)
    unit = " %" if metric in RELATIVE else ""
    figures = [errors.mean(), np.median(size), np.percentile(size, 95)] if len(errors) else []
    cells = [number(float(figure), 2) + unit for figure in figures] or ["–"] * 3
    return [f"`{metric}`", form, str(len(errors)), *cells]


if __name__ == "__main__":
    print(accuracy_table(Trials(recordings_folder())))
