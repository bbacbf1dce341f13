"""The front door: what goes wrong is one clear line and the right exit code, never a traceback."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.daemon.parts import wait_for

from softshoe.cli import COMMANDS, front_door
from softshoe.store.queries import Runs

SOFTSHOE = [sys.executable, "-c", "from softshoe.cli import main; main()"]
DECK = "t_s,fz_n\n" + "".join(f"{n / 200:.3f},{(n % 70) * 20}\n" for n in range(400))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working folder, with nothing of the user's around it."""
    monkeypatch.chdir(tmp_path)
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    return tmp_path


@pytest.fixture
def port():
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def failing(capsys, *arguments):
    """Exit code and the lines on standard error."""
    code = front_door([str(argument) for argument in arguments])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, said.err.splitlines()


def test_the_version_is_said(capsys):
    assert front_door(["--version"]) == 0
    assert capsys.readouterr().out.startswith("softshoe 0.")


def test_the_version_is_said_without_loading_what_takes_long():
    loaded = "import sys; from softshoe.cli import front_door; front_door(['--version']);"
    check = "print(sorted({'numpy', 'flask', 'paho', 'sqlite_utils'} & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", loaded + check], capture_output=True, text=True, check=True
    )
    assert found.stdout.splitlines()[-1] == "[]"


def test_help_names_every_command(capsys):
    assert front_door(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"\n  {command} " in said for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    assert front_door([command, "--help"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nonsense"], 2, "Error: No such command 'nonsense'."),
        (["demo", "--rig", "deck9"], 2, "Error: Invalid value for '--rig'"),
        (["demo", "--speed", "0"], 2, "Error: Invalid value for '--speed'"),
        (["run"], 78, "softshoe: no configuration found in softshoe.toml, "),
        (["run", "--config", "none.toml"], 78, "softshoe: none.toml: No such file"),
        (["run", "--config", "empty.toml"], 78, "softshoe: [source] kind is not set"),
        (["run", "--config", "wrong.toml"], 78, "softshoe: wrong.toml:2: unknown key kin; did"),
        (["run", "--config", "lost.toml"], 1, "softshoe: none.csv: "),
        (["replay", "none.csv"], 1, "softshoe: none.csv: "),
        (["replay", "text.csv"], 1, "softshoe: text.csv"),
        (["sessions", "--config", "wrong.toml"], 78, "softshoe: wrong.toml:2: unknown key"),
        (["sessions", "--data", "garbage"], 1, "softshoe: garbage/softshoe.db: "),
    ],
)
def test_wrong_input(folder, capsys, arguments, code, said):
    Path("empty.toml").touch()
    Path("wrong.toml").write_text('[source]\nkin = "simulator"\n')
    Path("lost.toml").write_text('[source]\nkind = "recording"\nrecording = "none.csv"\n')
    Path("text.csv").write_text("t_s,fz_n\n0.0,one\n0.1,two\n")
    Path("garbage").mkdir()
    Path("garbage/softshoe.db").write_bytes(b"no database" * 100)
    found, lines = failing(capsys, *arguments)
    assert found == code
    assert lines[-1].startswith(said)
    assert len(lines) == 1 or lines[0].startswith("Usage:")


def test_a_page_port_in_use(folder, capsys, port):
    code, lines = failing(capsys, "demo", "--port", port, "--mqtt-port", 0, "--seconds", 1)
    assert (code, len(lines)) == (1, 1)
    assert f"port {port}" in lines[0]
    assert "in use" in lines[0]


def test_a_broker_port_in_use(folder, capsys, port):
    code, lines = failing(capsys, "demo", "--port", 0, "--mqtt-port", port, "--seconds", 1)
    assert (code, len(lines)) == (1, 1)
    assert f"port {port} is in use" in lines[0]


def test_a_folder_that_cannot_be_made(folder, capsys):
    Path("file").touch()
    quick = ["--port", 0, "--mqtt-port", 0, "--seconds", 1]
    code, lines = failing(capsys, "demo", "--data", "file/inside", *quick)
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("softshoe: file/inside")


def test_a_reader_that_leaves_early_is_no_fault(folder):
    Path("deck.csv").write_text(DECK)
    shell = subprocess.run(
        ["bash", "-c", 'set -o pipefail; "$@" | true', "-", *SOFTSHOE, "doctor", "--json"],
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in shell.stderr


def test_an_error_of_the_system_names_the_file(folder, capsys):
    def demo(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "/dev/treadmill")

    import softshoe.commands.doctor as module

    original, module.doctor.callback = module.doctor.callback, demo
    try:
        code, lines = failing(capsys, "doctor")
    finally:
        module.doctor.callback = original
    assert (code, lines) == (1, ["softshoe: /dev/treadmill: Permission denied"])


# --- whole runs in a process of their own ----------------------------------------------------


def started(*arguments):
    command = [*SOFTSHOE, *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    lines = [process.stdout.readline().strip() for _ in range(2)]
    assert all(lines), process.communicate()[1]
    return process, lines


def wait_for_steps(database):
    """Until the run that is under way has steps on disk."""
    runs = Runs(Path(database))
    wait_for(lambda: (found := runs.sessions()) and runs.steps(found[0].session), "stored steps")


@pytest.mark.parametrize("signal_name", ["SIGINT", "SIGTERM"])
def test_a_demo_that_is_stopped_leaves_a_closed_session(folder, capsys, signal_name):
    quick = ["--rate", 200, "--rig", "deck1", "--speed", 8, "--port", 0, "--mqtt-port", 0]
    process, (page, runs) = started("demo", *quick, "--data", "runs", "--no-browser")
    assert page.startswith("page    http://127.0.0.1:")
    assert runs.endswith("runs/softshoe.db")
    wait_for_steps("runs/softshoe.db")
    process.send_signal(getattr(signal, signal_name))
    assert process.wait(5) == 0
    assert process.communicate()[1] == ""
    assert front_door(["sessions", "--data", "runs"]) == 0
    heading, *rows = capsys.readouterr().out.splitlines()
    assert heading.split()[:4] == ["session", "started", "rig", "state"]
    assert [row.split()[-7] for row in rows] == ["closed"]


def test_a_recording_is_replayed_to_its_end(folder, capsys):
    Path("deck.csv").write_text(DECK)
    quick = ["--speed", 50, "--port", 0, "--mqtt-port", 0, "--to-the-end", "--rate", 200]
    process, _ = started("replay", "deck.csv", *quick, "--deck-columns", "fz_n", "--unit", "N")
    assert process.wait(20) == 0
    process.communicate()
    assert front_door(["sessions", "--json"]) == 0
    assert capsys.readouterr().out.startswith("[")


def test_the_daemon_runs_as_its_configuration_says(folder, capsys):
    Path("softshoe.toml").write_text(
        "[source]\nkind = 'simulator'\nspeed = 8\nrate_hz = 200\nrig = 'deck1'\n"
        "[store]\npath = 'kept.db'\n[broker]\nembedded = false\n[feed]\nenabled = false\n"
        "[web]\nport = 0\n"
    )
    process, (page, runs) = started("run")
    assert page.startswith("page    http://127.0.0.1:")
    assert runs == "runs    kept.db"
    wait_for_steps("kept.db")
    process.terminate()
    assert process.wait(5) == 0
    process.communicate()
    assert front_door(["sessions"]) == 0
    assert "closed" in capsys.readouterr().out


def test_a_second_daemon_on_the_same_runs_names_the_first(folder, capsys):
    demo = ["demo", "--port", 0, "--mqtt-port", 0, "--rate", 100, "--rig", "deck1"]
    process, _ = started(*demo)
    try:
        code, lines = failing(capsys, *demo, "--seconds", 1)
    finally:
        process.terminate()
        process.communicate()
    assert (code, len(lines)) == (1, 1)
    assert str(process.pid) in lines[0]


def test_no_runs_yet(folder, capsys):
    code, lines = failing(capsys, "sessions")
    assert (code, lines) == (0, [f"no runs in {os.environ['XDG_STATE_HOME']}/softshoe/softshoe.db"])
