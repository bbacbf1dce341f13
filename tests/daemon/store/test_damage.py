"""What the disk has changed is found, named and withheld; the rest is still read."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.daemon.examples import a_session, a_step, publish

from softshoe.errors import StoreError
from softshoe.hub import Hub
from softshoe.store.queries import Damage, Runs
from softshoe.store.writer import StoreWriter


@pytest.fixture
def stored(writer: StoreWriter, hub: Hub, path: Path) -> Path:
    publish(hub, a_session(), *(a_step(number) for number in range(1, 91)))
    writer.take(0.0)
    writer.commit_if_due()
    return path


def change(path: Path, sql: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE steps SET contact_ms = contact_ms + 1e-9 WHERE step = 40",
        "UPDATE steps SET flight_ms = 0.0 WHERE step = 40",
        "UPDATE steps SET valr_bw_s = NULL WHERE step = 40",
        "UPDATE steps SET side = CAST(x'ff' AS TEXT) WHERE step = 40",
        "UPDATE steps SET cop_path = '[' WHERE step = 40",
        "DELETE FROM steps WHERE step = 40",
    ],
)
def test_a_changed_step_is_named_and_its_block_withheld(
    stored: Path, harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    change(stored, harm)
    runs = Runs(stored)
    (damage,) = runs.damage("s1")
    assert damage.first_step <= 40 <= damage.last_step
    assert damage.last_step - damage.first_step < 30, "a block is ten seconds"
    kept = [step.step for step in runs.steps("s1")]
    lost = range(damage.first_step, damage.last_step + 1)
    assert kept == [number for number in range(1, 91) if number not in lost]
    assert str(damage) in caplog.text
    caplog.clear()


def test_the_log_goes_on_after_a_damaged_block(stored: Path) -> None:
    change(stored, "UPDATE steps SET t_s = 0 WHERE step = 1")
    (damage,) = Runs(stored).damage("s1")
    entries = Runs(stored).log_after(1, 10)
    assert [entry.event.step for entry in entries] == list(  # type: ignore[union-attr]
        range(damage.last_step + 1, damage.last_step + 11)
    )


def test_a_damaged_session_is_left_out(stored: Path, caplog: pytest.LogCaptureFixture) -> None:
    change(stored, "UPDATE sessions SET conventions = '{'")
    assert Runs(stored).sessions() == []
    assert "a stored Session is damaged" in caplog.text


def test_every_flipped_bit_of_a_file_is_noticed_or_harmless(stored: Path) -> None:
    """No number is ever read that was not written."""
    change(stored, "PRAGMA wal_checkpoint(TRUNCATE)")
    whole = stored.read_bytes()
    written = {number: a_step(number) for number in range(1, 91)}
    harmed = stored.with_name("harmed.db")
    for offset in range(100, len(whole), 997):
        flipped = bytearray(whole)
        flipped[offset] ^= 0x10
        harmed.write_bytes(flipped)
        try:
            read = Runs(harmed).steps("s1")
        except StoreError:
            continue
        assert all(written[step.step or 0] == step for step in read)


def test_a_file_that_is_no_database_is_moved_aside(
    path: Path, open_writer: Callable[[], StoreWriter], caplog: pytest.LogCaptureFixture
) -> None:
    path.write_bytes(b"not a database at all" * 200)
    open_writer()
    assert path.with_name("softshoe.db.damaged-1").read_bytes().startswith(b"not a database")
    assert Runs(path).sessions() == []
    assert "cannot be read" in caplog.text


def test_damage_is_a_span_of_steps() -> None:
    assert Damage("s1", 3, 9) == Damage(session="s1", first_step=3, last_step=9)
