"""`softshoe watch` against real brokers: a table, lines, JSON and CSV; and what it refuses."""

import csv
import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from tests.daemon.examples import HandClock, a_session, a_step
from tests.daemon.feed.brokers import Listener, Mosquitto, wait_until

from softshoe.cli import front_door
from softshoe.commands.watched import HEADING, Gym, in_order
from softshoe.events import Health, LiveState, Means, SourceHealth
from softshoe.export.rows import COLUMNS
from softshoe.feed.client import Received
from softshoe.feed.contract import HEALTH, LIVE_STEP, RECORD_SESSION, STATE, STATUS, Topic
from softshoe.feed.hearing import Heard, Hearing, read
from softshoe.feed.messages import encode
from softshoe.requests import CueRequest
from softshoe.settings import FeedSettings

AT = "2026-03-01T09:00:00.000Z"
RUNNING = LiveState(
    session="s1",
    state="running",
    activity="run",
    running_s=754.0,
    steps=2000,
    cadence_spm=166.0,
    left=Means(n=25, valr_bw_s=55.2),
    right=Means(n=25, valr_bw_s=65.4),
    line_valr_bw_s=60.0,
    balance_pct=50.3,
)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    started = Mosquitto(tmp_path)
    started.start()
    yield started
    started.kill()


@pytest.fixture
def coach(broker: Mosquitto) -> Iterator[Listener]:
    listener = Listener(broker.port)
    yield listener
    listener.close()


def retain(coach: Listener, device: str, topic: Topic, event: Struct | bytes) -> None:
    payload = event if isinstance(event, bytes) else encode(event, AT)
    coach._client.publish(topic.of(device), payload, 1, retain=True).wait_for_publish(5)


def say(coach: Listener, device: str, topic: Topic, event: Struct) -> None:
    coach._client.publish(topic.of(device), encode(event, AT), 0).wait_for_publish(5)


def watching(port: int, *options: str, out: int = subprocess.PIPE) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from softshoe.cli import main; main()", "watch"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [*command, "--port", str(port), *options], stdout=out, text=True, env=environment
    )


def lines_until(process: subprocess.Popen[str], last: str) -> list[str]:
    """What it writes, to the first line that holds ``last``."""
    found: list[str] = []
    assert process.stdout
    for line in process.stdout:
        found.append(line.rstrip("\n"))
        if last in line:
            break
    process.kill()
    process.communicate()
    return found


def heard(topic: Topic, event: Struct, *, retained: bool = False, device: str = "t7") -> Heard:
    found = read(Received(topic.of(device), encode(event, AT), retained))
    assert found
    return found


# --- what is shown of a treadmill ----------------------------------------------------------------


def shown(gym: Gym) -> dict[str, str]:
    return dict(zip(HEADING, gym.rows()[0], strict=True))


def test_a_row_says_how_a_run_goes_against_the_runners_own_line() -> None:
    gym = Gym(HandClock().monotonic_s)
    gym.take(heard(STATE, RUNNING))
    gym.take(heard(RECORD_SESSION, a_session("s1", state="open", runner="r4", alias="Tomas")))
    row = shown(gym)
    assert (row["treadmill"], row["who"], row["now"], row["time"]) == (
        "t7",
        "Tomas",
        "running",
        "12:34",
    )
    assert (row["left"], row["right"], row["balance"], row["spm"]) == ("-8%", "+9%", "50.3", "166")


def test_an_old_number_is_never_shown_as_if_it_were_now() -> None:
    clock = HandClock()
    gym = Gym(clock.monotonic_s)
    gym.take(heard(STATE, RUNNING, retained=True))
    assert (shown(gym)["now"], shown(gym)["left"]) == ("not live", "–")
    gym.take(heard(STATE, RUNNING))
    assert (shown(gym)["now"], shown(gym)["left"]) == ("running", "-8%")
    clock.wait(3.1)
    assert (shown(gym)["now"], shown(gym)["left"]) == ("not live", "–")


def test_a_run_of_somebody_else_gives_no_name() -> None:
    gym = Gym(HandClock().monotonic_s)
    gym.take(heard(STATE, RUNNING))
    gym.take(heard(RECORD_SESSION, a_session("s0", state="open", runner="r4", alias="Ana")))
    assert shown(gym)["who"] == ""


def test_sensors_that_fail_are_named_and_nothing_reaches_the_terminal_that_it_would_obey() -> None:
    gym = Gym(HandClock().monotonic_s)
    bad = SourceHealth(name="left\x1b[2J", state="lost", nominal_rate_hz=500.0)
    gym.take(heard(HEALTH, Health(sources=(bad,), disk="full")))
    gym.take(heard(STATE, RUNNING))
    gym.take(heard(RECORD_SESSION, a_session("s1", state="open", alias="\x1b]0;x\x07")))
    assert shown(gym)["trouble"] == "left?[2J lost; disk full"
    assert shown(gym)["who"] == "?]0;x?"


def test_treadmills_stand_in_the_order_of_their_numbers() -> None:
    assert sorted(["t10", "t2", "a", "10", "9"], key=in_order) == ["9", "10", "a", "t2", "t10"]


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("softshoe/t1/live/state", b"{"),
        ("softshoe/t1/live/state", b'{"steps": "many"}'),
        ("softshoe/t1/live/state", b"[" * 100_000),
        ("softshoe/t1/live/state", b"\xff"),
        ("softshoe/t1/status", b"perhaps"),
        ("softshoe/T 1/status", b"online"),
        ("softshoe/t1/secret", b"{}"),
        ("softshoe/t1/about", b'{"x": "' + b"x" * 70_000 + b'"}'),
    ],
)
def test_what_is_not_of_the_contract_is_not_heard(topic: str, payload: bytes) -> None:
    assert read(Received(topic, payload, False)) is None


# --- the command ---------------------------------------------------------------------------------


def test_json_is_every_message_as_it_came(broker: Mosquitto, coach: Listener) -> None:
    retain(coach, "t1", STATUS, b"online")
    retain(coach, "t2", STATE, RUNNING)
    retain(coach, "t2", RECORD_SESSION, b"no JSON")
    process = watching(broker.port, "--json")
    assert process.stdout
    first = [json.loads(process.stdout.readline()) for _ in range(2)]
    say(coach, "t2", LIVE_STEP, a_step(5, moment="live"))
    last = json.loads(lines_until(process, "live/step")[-1])
    assert {line["device"]: line["message"] for line in first}["t1"] == "online"
    assert {line["device"]: line["message"] for line in first}["t2"]["steps"] == 2000
    assert (first[0]["retained"], last["retained"]) == (True, False)
    assert (last["message"]["step"], last["message"]["at"]) == (5, AT)


def test_csv_is_every_step_of_the_chosen_treadmill(broker: Mosquitto, coach: Listener) -> None:
    process = watching(broker.port, "--csv", "--device", "t2")
    heading = next(csv.reader(process.stdout or []))
    assert heading == ["device", "at", *COLUMNS]

    def tell_until_heard() -> None:  # it is heard from the moment it has subscribed
        for number in range(1, 400):
            say(coach, "t1", LIVE_STEP, a_step(number, moment="live"))
            say(coach, "t2", LIVE_STEP, a_step(number, moment="live"))
            if process.poll() is not None:
                return

    telling = threading.Thread(target=tell_until_heard)
    telling.start()
    (line,) = lines_until(process, "t2")
    telling.join()
    row = dict(zip(heading, next(csv.reader([line])), strict=True))
    assert (row["device"], row["at"], row["moment"]) == ("t2", AT, "live")
    assert float(row["valr_bw_s"]) == 50.1
    assert json.loads(row["cop_path"]) == [[31.25, -4.5], [60.0, 0.125]]
    assert row["belt_m_s"] == ""


def test_a_pipe_gets_a_line_for_each_change(broker: Mosquitto, coach: Listener) -> None:
    retain(coach, "t1", STATUS, b"offline")
    process = watching(broker.port)
    assert lines_until(process, "t1") == ["t1  now offline"]


def test_a_terminal_gets_a_table_that_fits(broker: Mosquitto, coach: Listener) -> None:
    for number in range(1, 41):
        retain(coach, f"t{number}", STATUS, b"online")
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as screen:
        process = watching(broker.port, "--seconds", "1.5", out=theirs)
        os.close(theirs)
        written = bytearray()
        while chunk := _read(screen.fileno()):
            written += chunk
        assert process.wait() == 0
    last = written.decode().rsplit("\x1b[H", 1)[1]
    lines = [line.replace("\x1b[K", "") for line in last.split("\x1b[J")[0].splitlines()]
    assert lines[0].startswith("40 treadmills at 127.0.0.1")
    assert lines[2].startswith("treadmill")
    assert lines[3].split()[:2] == ["t1", "free"]
    assert lines[-1].startswith("and ")
    assert len(lines) < 24


def _read(screen: int) -> bytes:
    try:
        return os.read(screen, 65_536)
    except OSError:  # the other end is closed
        return b""


def test_a_broker_that_goes_away_is_waited_for(broker: Mosquitto, coach: Listener) -> None:
    hearing = Hearing(FeedSettings(port=broker.port), HandClock().monotonic_s, (STATUS,))
    wait_until(lambda: hearing.hear(0.01) == [] and hearing.state == "connected", "a connection")
    assert hearing.why is None
    broker.kill()
    wait_until(lambda: hearing.hear(0.01) == [] and hearing.state == "away", "its end")
    assert f"127.0.0.1:{broker.port} is away" in (hearing.why or "")
    assert not hearing.say("t1", CueRequest(id="c1", text="Light feet"))
    hearing.close()


def test_listening_takes_no_devices_place(broker: Mosquitto, coach: Listener) -> None:
    """Neither its client id nor its last will: nobody is said to be offline afterwards."""
    for five in ("5", "3.1.1"):
        hearing = Hearing(
            FeedSettings(port=broker.port, protocol=five), HandClock().monotonic_s, (STATUS,)
        )
        wait_until(lambda: hearing.hear(0.01) == [] and hearing.state == "connected", five)  # noqa: B023
        hearing.close()
    coach.publish("softshoe/t9/status", b"online")
    wait_until(lambda: coach.messages, "the message that comes last")
    assert [message.topic for message in coach.messages] == ["softshoe/t9/status"]


@pytest.mark.parametrize(
    ("options", "said", "code"),
    [
        (["--port", "1"], "softshoe: the broker at 127.0.0.1:1 is away: ", 1),
        (["--ca-file", __file__], f"softshoe: --ca-file: {__file__}: not the PEM file", 1),
        (["--device", "T 1"], "'T 1' is no name of a device", 2),
        (["--json", "--csv"], "choose --json or --csv, not both", 2),
        (["--password-file", "nowhere"], "'nowhere' does not exist", 2),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    options: list[str], said: str, code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert front_door(["watch", *options]) == code
    out, err = capfd.readouterr()
    assert (said in err.splitlines()[-1], out) == (True, ""), err


def test_a_wrong_password_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "passwords").write_text("")
    broker = Mosquitto(tmp_path, f"password_file {tmp_path}/passwords\n")
    broker.start()
    try:
        assert front_door(["watch", "--port", str(broker.port), "--user", "anna"]) == 1
    finally:
        broker.kill()
    assert " is denied: " in capfd.readouterr().err
