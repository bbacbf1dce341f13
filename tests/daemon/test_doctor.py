"""What the doctor finds, on machines where something is missing."""

import json
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from softshoe.cli import front_door
from softshoe.commands import checks
from softshoe.config import Config
from softshoe.settings import BrokerSettings, FeedSettings, SourceSettings
from softshoe.store.database import open_for_writing


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_folder_that_is_not_there_yet_can_be_made(tmp_path):
    found = checks.check_folder(tmp_path / "new" / "deeper")
    assert found.level == "ok"
    assert "MB free" in found.text


def test_a_folder_below_a_file_cannot(tmp_path):
    (tmp_path / "file").touch()
    assert checks.check_folder(tmp_path / "file" / "inside").level == "fail"


def test_a_database_is_opened_and_checked(tmp_path):
    path = tmp_path / "softshoe.db"
    assert "not made yet" in checks.check_database(path).text
    open_for_writing(path).close()
    assert checks.check_database(path).text == f"{path}: ok"
    path.write_bytes(b"garbage" * 1000)
    assert checks.check_database(path).level == "fail"


def test_ports(taken):
    assert checks.check_port("page", "127.0.0.1", 0).level == "ok"
    found = checks.check_port("page", "127.0.0.1", taken)
    assert (found.level, str(taken) in found.text) == ("warn", True)


def test_a_broker_elsewhere_must_answer(taken):
    def found(port):
        feed = FeedSettings(port=port)
        (one,) = checks.check_broker(Config(broker=BrokerSettings(embedded=False), feed=feed))
        return one.level

    assert found(taken) == "ok"
    assert found(1) == "fail"


def test_a_clock_that_nothing_has_set():
    class Unset:
        def wall(self):
            return datetime(2026, 11, 5, tzinfo=UTC)

        def synced(self):
            return False

    found = checks.check_clock(Unset())
    assert found.level == "warn"
    assert found.text.startswith("2026-11-05 00:00 UTC, but nothing has set it")


def test_gpio_chips_are_named(tmp_path):
    assert "none here" in next(checks.check_gpio(set(), tmp_path)).text
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "gpiochip0").touch()
    assert [one.text for one in checks.check_gpio(set(), tmp_path)] == ["gpiochip0"]


def test_a_recording_that_is_the_source_is_read(tmp_path):
    path = tmp_path / "none.csv"
    source = SourceSettings(kind="recording", recording=str(path))
    found = checks.check_source(Config(source=source))
    assert (found.level, str(path) in found.text) == ("fail", True)


def test_a_failing_check_is_the_exit_code(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("softshoe.toml").write_text("[source]\nkind = 'recording'\nrecording = 'none.csv'\n")
    assert front_door(["doctor", "--json"]) == 1
    findings = {each["what"]: each["level"] for each in json.loads(capsys.readouterr().out)}
    assert findings["config"] == findings["version"] == "ok"
    assert findings["source"] == "fail"


def test_a_configuration_that_cannot_be_used_is_all_there_is_to_say(tmp_path, capsys):
    path = tmp_path / "softshoe.toml"
    path.write_text("[devise]\n")
    assert front_door(["doctor", "--config", str(path)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("fail  config")
    assert "did you mean device?" in said
