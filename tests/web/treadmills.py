"""Light treadmills at a real broker, all in one process: they say how runs go, and answer cues."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from tests.daemon.feed.brokers import Mosquitto, free_port, listens, wait_until

from softshoe.events import Health, LiveState, Means, SourceHealth
from softshoe.feed.contract import (
    ABOUT,
    ANSWER,
    FOCUS,
    HEALTH,
    LANDING,
    RECORD_SESSION,
    STATE,
    STATUS,
    Topic,
)
from softshoe.feed.messages import encode
from softshoe.requests import Answer

from .runner import focusing, footfall
from .stage import ABOUT as ABOUT_EVENT
from .stage import HEALTH as WELL
from .stage import session

AT = "2026-03-01T09:00:00.000Z"
LINE = 60.0
LOST = Health(sources=(SourceHealth(name="left insole", state="lost", nominal_rate_hz=500.0),))


class WebSocketBroker(Mosquitto):
    """Debian's broker with a listener for browsers."""

    def __init__(self, directory: Path, more: str = "allow_anonymous true\n") -> None:
        self.websocket = free_port()
        listener = f"listener {self.websocket} 127.0.0.1\nprotocol websockets\n"
        super().__init__(directory, more + listener)

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.websocket}"


@contextmanager
def websocket_broker(
    directory: Path, more: str = "allow_anonymous true\n"
) -> Iterator[WebSocketBroker]:
    broker = WebSocketBroker(directory, more)
    broker.start()
    try:
        wait_until(lambda: listens(broker.websocket), "the listener for browsers")
        yield broker
    finally:
        broker.kill()


class Treadmills:
    """Speaks for every device; a cue to one of `answers` is answered so, any other is shown."""

    def __init__(self, port: int, user: str = "", password: str = "") -> None:
        self.cues: list[tuple[str, dict[str, object]]] = []
        self.answers: dict[str, Answer | None] = {}
        self._client = Client(CallbackAPIVersion.VERSION2)
        if user:
            self._client.username_pw_set(user, password)
        self._client.on_message = lambda _client, _data, message: self._take(message)
        self._client.on_connect = lambda client, *_: client.subscribe("softshoe/+/cue", 1)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        wait_until(self._client.is_connected, "the treadmills")

    def _take(self, message: MQTTMessage) -> None:
        device = message.topic.split("/")[1]
        cue = json.loads(message.payload)
        self.cues.append((device, cue))
        answer = self.answers.get(device, Answer(id="", result="shown"))
        if answer is not None:
            self.say(device, ANSWER, Answer(id=cue["id"], result=answer.result, why=answer.why))

    def say(self, device: str, topic: Topic, event: Struct | bytes) -> None:
        payload = event if isinstance(event, bytes) else encode(event, AT)
        self._client.publish(topic.of(device), payload, topic.qos, topic.retain)

    def raw(self, name: str, payload: bytes) -> None:
        self._client.publish(name, payload, 1, retain=True).wait_for_publish(5)

    def come(self, device: str, alias: str | None = None, skill: str | None = "soft") -> None:
        """On, with a run that has begun."""
        self.say(device, STATUS, b"online")
        self.say(device, ABOUT, ABOUT_EVENT)
        self.say(device, HEALTH, WELL)
        runner = "guest" if alias is None else "r4nd0m"
        run = session(f"run-{device}", state="open", alias=alias, runner=runner, device=device)
        self.say(device, RECORD_SESSION, run)
        if skill:
            focus = replace(focusing("iiiiooiiiiii" * 3), skill=skill)
            self.say(device, FOCUS, focus)

    def run(self, device: str, left_pct: float, right_pct: float, **changes: object) -> None:
        self.say(device, STATE, state(device, left_pct, right_pct, **changes))

    def steps(self, device: str, count: int = 12) -> None:
        for number in range(1, count + 1):
            for step in footfall(number, hard=number % 6 == 0):
                if step.moment == "landing":
                    self.say(device, LANDING, step)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


def state(device: str, left_pct: float, right_pct: float, **changes: object) -> LiveState:
    fields: dict[str, object] = {
        "session": f"run-{device}",
        "state": "running",
        "activity": "run",
        "running_s": 300.0,
        "steps": 800,
        "cadence_spm": 166.0,
        "left": Means(n=25, valr_bw_s=LINE * (1 + left_pct / 100), valr_sd_bw_s=3.0),
        "right": Means(n=25, valr_bw_s=LINE * (1 + right_pct / 100), valr_sd_bw_s=3.0),
        "line_valr_bw_s": LINE,
        "balance_pct": 50.3,
        "loading_quality": "good",
    }
    return LiveState(**{**fields, **changes})  # type: ignore[arg-type]


@contextmanager
def treadmills(broker: Mosquitto) -> Iterator[Treadmills]:
    speaking = Treadmills(broker.port)
    try:
        yield speaking
    finally:
        speaking.close()


GYM = {
    "treadmill-1": ("Ana", "soft", (-10, -7)),
    "treadmill-2": (None, "close", (-5, -12)),
    "treadmill-4": ("Bo", "soft", (-15, -14)),
    "treadmill-5": ("Ines", "push", (-8, -3)),
    "treadmill-7": ("Tomas", "soft", (-8, 9)),
    "treadmill-8": ("Mei", "straight", (-7, -10)),
    "treadmill-10": (None, "tall", (-3, -8)),
    "treadmill-12": ("Noor", "soft", (-18, -15)),
}


def come_all(here: Treadmills) -> None:
    """The twelve of the drawing: eight run, one walks, one fell silent, two are free."""
    for device, (alias, skill, _) in GYM.items():
        here.come(device, alias, skill)
    for device in ("treadmill-3", "treadmill-11"):
        here.come(device, skill=None)
        here.say(device, STATE, LiveState())
    here.come("treadmill-6", skill=None)
    here.come("treadmill-9", "Yuki", skill=None)
    here.run("treadmill-9", -5, -5)


def run_all(here: Treadmills) -> None:
    """One second of theirs."""
    for device, (_, _, (left_pct, right_pct)) in GYM.items():
        here.run(device, left_pct, right_pct)
    here.run("treadmill-6", 0, 0, activity="walk", cadence_spm=112.0, line_valr_bw_s=None)
