"""The store's README says what the code does."""

import re
from pathlib import Path

import pytest

from softshoe import store
from softshoe.store.batch import BOUND, COMMIT_EVERY_S, COMMIT_ROWS
from softshoe.store.blocks import BLOCK_S
from softshoe.store.database import open_for_writing

README = Path(next(iter(store.__path__)), "README.md").read_text()


def test_every_table_is_described_and_every_described_table_exists(path: Path) -> None:
    db = open_for_writing(path)
    assert set(re.findall(r"^\| `(\w+)`", README, re.MULTILINE)) == set(db.table_names())
    keys = dict(re.findall(r"^\| `(\w+)` \|.*\| `(\w+)`", README, re.MULTILINE))
    assert keys == {name: db.table(name).pks[0] for name in db.table_names()}
    db.close()


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("with 64 rows", COMMIT_ROWS == 64),
        ("once a second", COMMIT_EVERY_S == 1.0),
        ("up to 4096 entries", BOUND == 4096),
        ("ten seconds of consecutive steps", BLOCK_S == 10.0),
    ],
)
def test_the_numbers_are_those_of_the_code(words: str, number: bool) -> None:
    assert words in " ".join(README.split())
    assert number
