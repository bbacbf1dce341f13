"""Codes let one tablet in, for ten minutes; a token is worth something until it is revoked."""

from pathlib import Path

import pytest
from tests.daemon.examples import HandClock

from softshoe.errors import StoreError
from softshoe.store.database import prepare
from softshoe.store.tablets import CODE_S, Tablets


@pytest.fixture
def tablets(path: Path, clock: HandClock) -> Tablets:
    prepare(path)
    return Tablets(path, clock)


def test_there_is_no_pin_before_one_was_set(path: Path, clock: HandClock) -> None:
    tablets = Tablets(path, clock)
    assert not tablets.has_pin
    prepare(path)
    assert not tablets.has_pin
    assert not tablets.is_pin("1234")
    tablets.set_pin("1234")
    assert tablets.has_pin
    assert tablets.is_pin("1234")
    tablets.set_pin("99999999")
    assert not tablets.is_pin("1234")


def test_a_code_is_worth_one_token(tablets: Tablets) -> None:
    code = tablets.new_code("coach")
    token, tablet = tablets.redeem(code, "the coach's") or pytest.fail("not let in")
    assert tablets.redeem(code, "again") is None
    assert tablets.of_token(token) == tablet
    assert (tablet.scope, tablet.name) == ("coach", "the coach's")
    assert tablet.paired_at == "2026-03-01T09:00:00.000Z"
    assert tablets.of_token(token + "x") is None


def test_a_wrong_code_leaves_the_right_one(tablets: Tablets) -> None:
    code = tablets.new_code("view")
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert tablets.redeem(wrong, "t") is None
    assert tablets.redeem(code, "t")


def test_a_code_is_old_after_ten_minutes_or_a_restart_of_the_machine(
    tablets: Tablets, clock: HandClock, path: Path
) -> None:
    code = tablets.new_code("view")
    clock.wait(CODE_S + 1)
    assert tablets.redeem(code, "t") is None
    code = tablets.new_code("view")
    clock.boot = lambda: "boot-2"  # type: ignore[method-assign]
    assert tablets.redeem(code, "t") is None


def test_a_new_code_replaces_the_one_before(tablets: Tablets) -> None:
    first, second = tablets.new_code("admin"), tablets.new_code("view")
    assert first == second or tablets.redeem(first, "t") is None
    assert tablets.redeem(second, "t")


def test_a_revoked_token_is_worth_nothing(tablets: Tablets) -> None:
    pairs = [tablets.redeem(tablets.new_code("runner"), name) for name in ("one", "two")]
    (first, one), (second, two) = [pair for pair in pairs if pair]
    assert tablets.all() == [one, two]
    assert tablets.revoke(one.tablet)
    assert not tablets.revoke(one.tablet)
    assert tablets.of_token(first) is None
    assert tablets.of_token(second) == two


def test_no_secret_lies_in_the_file(tablets: Tablets, path: Path) -> None:
    tablets.set_pin("73517351")
    code = tablets.new_code("runner")
    token, _ = tablets.redeem(tablets.new_code("runner"), "t") or pytest.fail("not let in")
    held = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert [secret for secret in ("73517351", code, token) if secret.encode() in held] == []


def test_a_file_that_is_not_there_is_named(path: Path, clock: HandClock) -> None:
    with pytest.raises(StoreError, match=str(path)):
        Tablets(path, clock).set_pin("1234")
