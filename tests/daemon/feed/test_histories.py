"""Twenty runs among faults, each by its number; `./dev long` plays two hundred."""

from typing import get_args

import pytest
from tests.daemon.feed.histories import Kind, history, play_all

SOME = range(20)
MANY = range(20, 200)


def broken(seeds: range) -> list[str]:
    return [str(verdict) for verdict in play_all(list(seeds)) if verdict.complaints]


@pytest.mark.usefixtures("mosquitto")
def test_a_coach_holds_every_stored_step_whatever_happened_meanwhile() -> None:
    assert not broken(SOME)


@pytest.mark.long
@pytest.mark.usefixtures("mosquitto")
def test_a_coach_holds_every_stored_step_in_many_histories() -> None:
    assert not broken(MANY)


def test_the_same_seed_is_the_same_history_and_every_fault_has_its_turn() -> None:
    assert [history(seed) for seed in SOME] == [history(seed) for seed in SOME]
    seen = {fault.kind for seed in SOME for fault in history(seed)}
    assert seen == set(get_args(Kind))
