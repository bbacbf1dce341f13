from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.daemon.examples import HandClock

from softshoe.hub import Hub
from softshoe.store.writer import StoreWriter


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "softshoe.db"


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def open_writer(path: Path, hub: Hub, clock: HandClock) -> Iterator[Callable[[], StoreWriter]]:
    """Open the store; close what the test left open."""
    writers: list[StoreWriter] = []

    def opened() -> StoreWriter:
        writers.append(StoreWriter(path, hub, clock))
        return writers[-1]

    yield opened
    for writer in writers:
        writer.close()


@pytest.fixture
def writer(open_writer: Callable[[], StoreWriter]) -> StoreWriter:
    return open_writer()
