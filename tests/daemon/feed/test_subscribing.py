"""What subscribe.md says to type works when it is typed."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.daemon.examples import a_session, a_step
from tests.daemon.feed.brokers import Daemon, Listener, Mosquitto, wait_until

from softshoe.config import load
from softshoe.requests import Message
from softshoe.settings import FeedSettings

DAEMON = Path(__file__).parents[3] / "daemon"
PAGE = (DAEMON / "subscribe.md").read_text()
BROKERS = (DAEMON / "brokers" / "README.md").read_text()

Start = Callable[[FeedSettings], Daemon]


def blocks(language: str, text: str = PAGE) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def typed(line: str, port: int) -> list[str]:
    """The command of a line, with this broker's port."""
    words = shlex.split(line.replace("1883", str(port)))
    if shutil.which(words[0]) is None:
        pytest.skip(f"{words[0]} is not installed: apt install mosquitto-clients")
    return words


def stored(daemon: Daemon) -> None:
    daemon.publish(a_session(), *(a_step(number) for number in range(1, 6)))
    wait_until(lambda: daemon.writer.durable_step == ("s1", 5), "five steps on disk")
    wait_until(lambda: daemon.feed.backlog == 0, "all acknowledged")


def test_the_lines_for_mosquitto_sub_bring_what_they_say(
    mosquitto: Mosquitto, start_daemon: Start
) -> None:
    mosquitto.start()
    lines = blocks("sh")[0].splitlines()
    asked = [
        subprocess.Popen([*typed(line, mosquitto.port), "-C", "1"], stdout=subprocess.PIPE)
        for line in lines
    ]
    daemon = start_daemon(FeedSettings(port=mosquitto.port))
    daemon.wait_connected()

    def told() -> bool:
        daemon.publish(a_step(7, moment="live"), a_step(7))
        return all(each.poll() is not None for each in asked)

    wait_until(told, "a line from each")
    status, live, recorded = (each.communicate()[0] for each in asked)
    assert status == b"softshoe/treadmill/status online\n"
    assert json.loads(live)["moment"] == "live"
    assert json.loads(recorded)["moment"] == "final"


def test_the_program_keeps_every_step_and_asks_for_those_it_missed(
    mosquitto: Mosquitto, listen: Callable[..., Listener], start_daemon: Start, tmp_path: Path
) -> None:
    mosquitto.start()
    daemon = start_daemon(FeedSettings(port=mosquitto.port))
    daemon.wait_connected()
    stored(daemon)
    (program,) = blocks("python")
    (tmp_path / "coach.py").write_text(program)
    command = [sys.executable, "coach.py", "127.0.0.1", str(mosquitto.port), "treadmill"]
    said = tmp_path / "said"
    listener = listen(mosquitto.port)

    def heard() -> list[int]:
        """The steps that the program told, in the order in which it first did."""
        return list(dict.fromkeys(map(int, re.findall(r"step (\d+):", said.read_text()))))

    def heard_one() -> bool:
        listener.send("record/request", {"id": "r", "session": "s1", "from": 5, "to": 5})
        return bool(heard())

    with said.open("w") as out, subprocess.Popen(command, cwd=tmp_path, stdout=out) as coach:
        wait_until(heard_one, "a step")
        wait_until(lambda: len(heard()) == 5, "those that it missed")
        coach.kill()
    assert heard() == [5, 1, 2, 3, 4]


def test_the_line_for_a_cue_reaches_the_page(
    mosquitto: Mosquitto, listen: Callable[..., Listener], start_daemon: Start
) -> None:
    mosquitto.start()
    daemon = start_daemon(FeedSettings(port=mosquitto.port))
    messages = daemon.hub.subscribe("page", (Message,), 8)
    daemon.wait_connected()
    subprocess.run(typed(blocks("sh")[2], mosquitto.port), check=True)
    (published,) = messages.take(5.0)
    assert published.event == Message(id="c1", text="Light feet", for_s=8.0)


def test_the_flow_is_json() -> None:
    (flow,) = blocks("json")
    assert [node["type"] for node in json.loads(flow)] == ["mqtt-broker", "mqtt in", "debug"]


def test_the_settings_that_the_papers_show_are_settings(tmp_path: Path) -> None:
    found = blocks("toml", BROKERS)
    assert len(found) == 2
    for number, block in enumerate(found):
        path = tmp_path / f"{number}.toml"
        path.write_text(block)
        assert not load(path).broker.embedded
