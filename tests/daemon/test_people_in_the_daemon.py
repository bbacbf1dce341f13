"""A whole daemon, its page and its broker: somebody joins, runs, and is erased to the last byte."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import json
from tests.daemon.feed.brokers import Listener, free_port
from tests.daemon.parts import wait_for

from softshoe.clock import SystemClock
from softshoe.commands.daemon import Daemon, assembled
from softshoe.config import Config
from softshoe.events import Session
from softshoe.people import Runner
from softshoe.service import Ending
from softshoe.settings import BrokerSettings, StoreSettings, WebSettings
from softshoe.store.queries import Runs
from softshoe.systemd import Notifier
from softshoe_hw.simulator.parameters import Parameters
from softshoe_hw.simulator.source import SimulatorSource

NAME = "Canary-Name"
SPEED = 8.0


class Treadmill:
    """One with a simulated runner who never stops, and a listener at its broker."""

    def __init__(self, daemon: Daemon, folder: Path, mqtt_port: int) -> None:
        self.folder = folder
        self.runs = Runs(folder / "softshoe.db")
        self.people = daemon._web._door.people
        self.port = daemon._web.port
        self.mqtt_port = mqtt_port

    def ask(self, method: str, path: str, body: object = None) -> Any:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
            raw = None if body is None else json.encode(body)
            link.request(method, f"/api/v1/{path}", raw, headers)
            answer = link.getresponse()
            assert answer.status < 300, (path, answer.read())
            return json.decode(answer.read() or b"null")
        finally:
            link.close()

    @property
    def canary(self) -> Runner:
        return next(each for each in self.people.runners.all() if each.name == NAME)

    def sessions_of(self, runner: str) -> list[Session]:
        return self.runs.sessions(of=[runner])

    def holds(self, *words: bytes) -> list[Path]:
        files = [path for path in self.folder.iterdir() if path.is_file()]
        return [path for path in files if any(word in path.read_bytes() for word in words)]


@contextmanager
def treadmill(folder: Path) -> Iterator[Treadmill]:
    mqtt_port = free_port()
    config = Config(
        web=WebSettings(port=0),
        broker=BrokerSettings(port=mqtt_port, websocket_port=0),
        store=StoreSettings(path=str(folder / "softshoe.db")),
    )
    source, ending = SimulatorSource(Parameters(), "deck1", 500.0, speed=SPEED), Ending()
    with assembled(config, source, SystemClock()) as daemon:
        service = daemon.service(Notifier({}), patient=True)
        thread = threading.Thread(target=service.run, args=(ending,))
        thread.start()
        try:
            yield Treadmill(daemon, folder, mqtt_port)
        finally:
            ending.ask()
            thread.join(5)
            assert not thread.is_alive()


def test_somebody_joins_runs_and_is_erased(tmp_path: Path) -> None:
    with treadmill(tmp_path) as mill:
        listener = Listener(mill.mqtt_port)
        wait_for(lambda: mill.sessions_of("guest"), "a guest runs")
        mill.ask("POST", "runners", {"name": NAME, "pin": "73517351"})
        mill.ask("PATCH", "runners/me", {"alias": "canary-alias"})
        key = mill.canary.runner
        wait_for(lambda: mill.sessions_of(key), "the run is theirs")
        (session,) = mill.sessions_of(key)
        mill.ask("PATCH", f"sessions/{session.session}", {"note": "canary-note " * 50})
        wait_for(lambda: len(mill.runs.steps(session.session)) > 20, "steps are stored")
        told = f'"runner":"{key}","alias":"canary-alias"'.encode()
        wait_for(lambda: any(told in m.payload for m in listener.messages), "the feed says whose")

        assert mill.holds(b"canary-note")
        mill.ask("DELETE", "runners/me")
        gone = (NAME.encode(), key.encode(), b"canary", session.session.encode())
        wait_for(lambda: not mill.holds(*gone), "no file holds a byte of them")
        wait_for(lambda: mill.sessions_of("guest"), "whoever runs on is a guest")

        newcomer = Listener(mill.mqtt_port)
        newcomer.wait_for("record/session")
        retained = b"".join(m.payload for m in newcomer.messages if m.retained)
        assert key.encode() not in retained
        assert b"canary" not in retained
        heard = b"".join(m.payload for m in listener.messages)
        assert NAME.encode() not in heard
        assert b"canary-note" not in heard
        listener.close()
        newcomer.close()
    assert mill.holds(*gone, b"73517351") == []


def test_a_run_is_ended_and_begun_from_a_screen(tmp_path: Path) -> None:
    with treadmill(tmp_path) as mill:
        wait_for(lambda: mill.sessions_of("guest"), "a guest runs")
        mill.ask("POST", "run", {"do": "lap"})
        wait_for(lambda: mill.sessions_of("guest")[0].laps_s, "a lap is stored")
        mill.ask("POST", "run", {"do": "stop"})
        wait_for(lambda: mill.ask("GET", "live")["state"]["state"] == "done", "it is shown as done")
        mill.ask("POST", "run", {"do": "start"})
        wait_for(lambda: len(mill.sessions_of("guest")) == 2, "the next run")
        assert [each.state for each in mill.sessions_of("guest")] == ["open", "closed"]
