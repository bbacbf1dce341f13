"""From the arrival of a sample to who looks at the page or listens over MQTT: the whole daemon.

The simulator's truth says which sample is the toe-off (or the impact peak) of which step, a source
that takes notes says when that sample came in, and two listeners say when the step came out.
"""

import http.client
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct, json
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from tests.bench.ports import free_port
from tests.bench.report import number, table

from softshoe.clock import SystemClock
from softshoe.commands.daemon import assembled
from softshoe.commands.options import local_config
from softshoe.events import Belt, Moment, SampleBlock, Step
from softshoe.rigs import Conditions, Rig
from softshoe.service import Ending
from softshoe.systemd import Notifier
from softshoe_hw.simulator.parameters import Parameters, RigName
from softshoe_hw.simulator.source import SimulatorSource
from softshoe_hw.simulator.truth import true_steps

RUN_S = 60.0
RATE_HZ = 1000.0
RIG: RigName = "deck4+insoles"
SETTLED_S = 2.0
"""Until its first step is told, a session's times are counted from the step that showed it."""


class Heard(Struct, frozen=True):
    """A step as a listener got it, and when."""

    monotonic_s: float
    step: Step


class NotedSource:
    """The simulated runner, with a note of when each block was handed over."""

    def __init__(self) -> None:
        self.parameters = Parameters()
        self._source = SimulatorSource(self.parameters, RIG, RATE_HZ)
        self.truth = tuple(true_steps(self.parameters, RIG, RUN_S))
        self.ends_s: list[float] = []
        self.given_s: list[float] = []

    @property
    def name(self) -> str:
        return self._source.name

    @property
    def rig(self) -> Rig:
        return self._source.rig

    @property
    def conditions(self) -> Conditions:
        return self._source.conditions

    def blocks(self) -> Iterator[SampleBlock | Belt]:
        for item in self._source.blocks():
            if isinstance(item, SampleBlock) and item.stream == "insoles":
                self.ends_s.append(item.first_s + len(item.values) / RATE_HZ)
                self.given_s.append(time.monotonic())
            yield item

    def close(self) -> None:
        self._source.close()

    def arrived_s(self, t_s: float) -> float:
        """When the sample taken at ``t_s`` was handed over."""
        return self.given_s[int(np.searchsorted(self.ends_s, t_s, side="right"))]


class MqttListener:
    """An ordinary MQTT client of the embedded broker."""

    def __init__(self, port: int) -> None:
        self.heard: list[Heard] = []
        self._client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv311)
        self._client.on_message = self._on_message
        self._client.connect("127.0.0.1", port)
        self._client.subscribe("softshoe/+/live/#")
        self._client.loop_start()

    def _on_message(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        if message.topic.endswith(("/live/step", "/live/landing")):
            step = json.decode(message.payload, type=Step)
            self.heard.append(Heard(time.monotonic(), step))

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


class PageListener:
    """A browser's side of the live stream."""

    def __init__(self, port: int) -> None:
        self.heard: list[Heard] = []
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._connection.request("GET", "/api/v1/live/stream")
        self._lines = self._connection.getresponse()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        name = b""
        for line in self._lines:
            if line.startswith(b"event: "):
                name = line[7:].strip()
            elif line.startswith(b"data: ") and name == b"step":
                sent = json.decode(line[6:])
                self.heard.append(
                    Heard(time.monotonic(), json.decode(json.encode(sent["event"]), type=Step))
                )

    def close(self) -> None:
        self._thread.join()
        self._connection.close()


def latency_table() -> str:
    """Markdown: median and 99th percentile of the milliseconds between."""
    source = NotedSource()
    with tempfile.TemporaryDirectory() as folder:
        by_mqtt, by_page = _run(source, Path(folder))
    rows = [
        _row("toe-off to `live/step`, MQTT subscriber", source, by_mqtt, "live"),
        _row("toe-off to `live/step`, page's stream", source, by_page, "live"),
        _row("impact peak to `live/landing`, MQTT subscriber", source, by_mqtt, "landing"),
        _row("impact peak to `live/landing`, page's stream", source, by_page, "landing"),
    ]
    return table(["from the sample's arrival", "steps", "p50 (ms)", "p99 (ms)"], rows)


def _run(source: NotedSource, folder: Path) -> tuple[list[Heard], list[Heard]]:
    mqtt_port = free_port()
    config = local_config(0, mqtt_port, folder, {})
    with assembled(config, source, SystemClock()) as daemon:
        service = daemon.service(Notifier({}), patient=True)
        running = threading.Thread(target=service.run, args=(Ending(),), kwargs={"seconds": RUN_S})
        running.start()
        mqtt = MqttListener(mqtt_port)
        page = PageListener(int(daemon.url.rstrip("/").rpartition(":")[2]))
        running.join()
        mqtt.close()
        page.close()
    return mqtt.heard, page.heard


def _row(what: str, source: NotedSource, heard: Sequence[Heard], moment: Moment) -> list[str]:
    late_ms = [
        1000 * (each.monotonic_s - source.arrived_s(_happened_s(each.step, source.truth)))
        for each in heard
        if each.step.moment == moment and each.step.t_s > SETTLED_S
    ]
    p50, p99 = np.percentile(late_ms, [50, 99])
    return [what, str(len(late_ms)), number(float(p50), 1), number(float(p99), 1)]


def _happened_s(step: Step, truth: Sequence[Step]) -> float:
    """When what the step tells of truly was: its impact peak, or its toe-off."""
    true = min(truth, key=lambda each: abs(each.t_s - truth[0].t_s - step.t_s))
    after_ms = true.impact_time_ms if step.moment == "landing" else true.contact_ms
    assert after_ms is not None
    return true.t_s + after_ms / 1000
