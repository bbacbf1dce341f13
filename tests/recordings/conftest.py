"""Where the real recordings are: SOFTSHOE_RECORDINGS, or a folder beside the checkout."""

import os
from pathlib import Path

import pytest
from tests.recordings.product import Product
from tests.recordings.trials import Trials


def recordings_folder() -> Path:
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    return Path(os.environ.get("SOFTSHOE_RECORDINGS", beside))


@pytest.fixture(scope="session")
def trials() -> Trials:
    folder = recordings_folder()
    if not (folder / "golden.csv").is_file():
        pytest.skip(f"no real recordings in {folder}: set SOFTSHOE_RECORDINGS to their folder")
    return Trials(folder)


@pytest.fixture(scope="session")
def product(trials: Trials) -> Product:
    return Product(trials)
