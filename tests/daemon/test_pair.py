"""`softshoe pair`: a PIN the first time, a code each time; nobody is let in without a PIN."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from softshoe.cli import front_door, softshoe
from softshoe.clock import SystemClock
from softshoe.commands.daemon import assembled
from softshoe.commands.options import local_config
from softshoe.config import Config
from softshoe.errors import ConfigError
from softshoe.hub import Hub
from softshoe.service import Ending
from softshoe.settings import WebSettings
from softshoe.store.database import prepare
from softshoe.store.tablets import Tablets
from softshoe.store.writer import StoreWriter
from softshoe.systemd import Notifier
from softshoe_hw.simulator.parameters import Parameters
from softshoe_hw.simulator.source import SimulatorSource

PIN = "2468\n2468\n"


def pair(folder: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(softshoe, ["pair", "--data", str(folder), *arguments], input=typed)


def tablets(folder: Path) -> Tablets:
    return Tablets(folder / "softshoe.db", SystemClock())


def code_in(result: Result) -> str:
    assert result.exit_code == 0, result.output
    found = re.search(r"^(\d{6})  type it on the tablet within 10 minutes", result.output, re.M)
    assert found, result.output
    return found[1]


def test_the_pin_is_not_shown_while_it_is_typed(tmp_path: Path) -> None:
    keyboard, terminal = pty.openpty()
    command = "from softshoe.cli import main; main()"
    child = subprocess.Popen(
        [sys.executable, "-c", command, "pair", "--data", str(tmp_path)],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    seen = b""
    for prompt in (b"PIN of this machine, 4 to 8 digits: ", b"Once more: "):
        while not seen.endswith(prompt):
            seen += os.read(keyboard, 1024)
        os.write(keyboard, b"2468\n")
    while b"type it on the tablet" not in seen:
        seen += os.read(keyboard, 1024)
    assert child.wait(10) == 0
    os.close(keyboard)
    assert b"2468" not in re.sub(rb"\d{6}  type", b"", seen)
    assert tablets(tmp_path).is_pin("2468")


def test_the_first_time_it_asks_for_a_pin(tmp_path: Path) -> None:
    result = pair(tmp_path, typed=PIN)
    assert tablets(tmp_path).is_pin("2468")
    token, tablet = tablets(tmp_path).redeem(code_in(result), "ours") or pytest.fail("refused")
    assert tablet.scope == "runner"
    assert tablets(tmp_path).of_token(token) == tablet


def test_later_it_shows_a_code_for_the_scope_that_is_asked(tmp_path: Path) -> None:
    pair(tmp_path, typed=PIN)
    result = pair(tmp_path, "--scope", "coach")
    _, tablet = tablets(tmp_path).redeem(code_in(result), "ours") or pytest.fail("refused")
    assert tablet.scope == "coach"


def test_another_pin_is_set_only_when_asked(tmp_path: Path) -> None:
    pair(tmp_path, typed=PIN)
    pair(tmp_path, "--new-pin", typed="1357\n1357\n")
    assert tablets(tmp_path).is_pin("1357")
    assert not tablets(tmp_path).is_pin("2468")


@pytest.mark.parametrize("pin", ["123", "abcd", "123456789", "12 34"])
def test_a_pin_that_is_none_changes_nothing(tmp_path: Path, pin: str) -> None:
    result = pair(tmp_path, typed=f"{pin}\n{pin}\n")
    assert result.exit_code == 1
    assert "4 to 8 digits" in str(result.exception)
    assert pin not in str(result.exception)
    assert not tablets(tmp_path).has_pin


def test_tablets_are_listed_and_sent_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no tablet is paired" in pair(tmp_path, "--list").output
    code = code_in(pair(tmp_path, typed=PIN))
    token, tablet = tablets(tmp_path).redeem(code, "the one in the hall") or pytest.fail("refused")
    listed = pair(tmp_path, "--list").output
    assert re.search(rf"^{tablet.tablet}  the one in the hall  runner  20", listed, re.M)
    assert pair(tmp_path, "--revoke", tablet.tablet).exit_code == 0
    assert tablets(tmp_path).of_token(token) is None
    assert front_door(["pair", "--data", str(tmp_path), "--revoke", tablet.tablet]) == 1
    said = capsys.readouterr().err
    assert said == (
        f"softshoe: {tablet.tablet}: no tablet has this id; softshoe pair --list shows them\n"
    )


def test_it_works_while_the_daemon_writes(tmp_path: Path) -> None:
    writer = StoreWriter(tmp_path / "softshoe.db", Hub(), SystemClock())
    code_in(pair(tmp_path, typed=PIN))
    writer.close()


def test_a_wrong_scope_names_those_that_are(tmp_path: Path) -> None:
    result = pair(tmp_path, "--scope", "boss")
    assert result.exit_code == 2
    assert "view" in result.output


def test_beyond_the_machine_it_starts_only_with_a_pin(tmp_path: Path) -> None:
    config = local_config(0, 0, tmp_path, {})
    config = Config(
        web=WebSettings(host="0.0.0.0", port=0),
        store=config.store,
        feed=config.feed,
        broker=config.broker,
    )
    source = SimulatorSource(Parameters(), "deck1", 500.0)
    with (
        pytest.raises(ConfigError, match=r"\[web\] host is 0\.0\.0\.0.*softshoe pair"),
        assembled(config, source, SystemClock()),
    ):
        pass
    prepare(tmp_path / "softshoe.db")
    tablets(tmp_path).set_pin("2468")
    with assembled(config, source, SystemClock()) as daemon:
        daemon.service(Notifier({}), patient=True).run(Ending(), seconds=0.1)
