"""How long a coach's cue takes to a screen's stream, and its answer back: `./dev bench cue`.

A real mosquitto, the feed and the page on loopback, while a live step goes out every 350 ms. The
screen is an unpaired one, which says by its nonce that it has shown the cue.
"""

import argparse
import http.client
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from tests.daemon.examples import a_step
from tests.daemon.feed.brokers import Daemon, Listener, Mosquitto, wait_until
from tests.web.stage import staged

from softshoe.settings import FeedSettings

PROMISED_MS = 250.0


class Screen(threading.Thread):
    """Reads the live stream, and answers each message at once."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.shown_s: dict[str, float] = {}
        self.ready = threading.Event()
        self._port = port

    def run(self) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        link.request("GET", "/api/v1/live/stream")
        for name, data in _events(link.getresponse()):
            self.ready.set()
            if name == b"message":
                notice = json.loads(data)["event"]
                self.shown_s[notice["id"]] = time.monotonic()
                self._confirm(notice)

    def _confirm(self, notice: dict[str, str]) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
        headers = {
            "Content-Type": "application/json",
            "Origin": f"http://127.0.0.1:{self._port}",
        }
        body = json.dumps({"nonce": notice["nonce"]})
        link.request("POST", f"/api/v1/message/{notice['id']}/shown", body, headers)
        assert link.getresponse().status == http.client.NO_CONTENT
        link.close()


def _events(answer: http.client.HTTPResponse) -> Iterator[tuple[bytes, bytes]]:
    name = b""
    for line in iter(answer.readline, b""):
        field, _, value = line.strip().partition(b": ")
        if field == b"event":
            name = value
        elif field == b"data":
            yield name, value


def measure(cues: int) -> tuple[list[float], list[float]]:
    """Milliseconds from the coach's publish to the stream, and to the answer."""
    with TemporaryDirectory() as folder, staged() as stage:
        broker = Mosquitto(Path(folder))
        broker.start()
        coach = Listener(broker.port)
        daemon = Daemon(Path(folder, "softshoe.db"), FeedSettings(port=broker.port), hub=stage.hub)
        screen = Screen(stage.port)
        screen.start()
        daemon.wait_connected()
        assert screen.ready.wait(10)
        try:
            sent_s = [_send(coach, daemon, number) for number in range(cues)]
            wait_until(lambda: len(coach.of("answer")) == cues, "every answer")
        finally:
            coach.close()
            daemon.close()
            broker.kill()
    answers = {each.json()["id"]: each for each in coach.of("answer")}
    assert {each.json()["result"] for each in answers.values()} == {"shown"}
    names = [f"c{number}" for number in range(cues)]
    there = [screen.shown_s[name] - at for name, at in zip(names, sent_s, strict=True)]
    back = [answers[name].at_s - at for name, at in zip(names, sent_s, strict=True)]
    return [1000 * each for each in there], [1000 * each for each in back]


def _send(coach: Listener, daemon: Daemon, number: int) -> float:
    """At no fixed moment between the steps; one a second, as the feed allows."""
    for _ in range(3):
        time.sleep(0.351)
        daemon.publish(a_step(number + 1, moment="live"))
    time.sleep((number % 7) * 0.05)
    at_s = time.monotonic()
    coach.send("cue", {"id": f"c{number}", "text": "Light feet", "for_s": 8})
    return at_s


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench cue", description=__doc__)
    parser.add_argument("--cues", type=int, default=100)
    there, back = measure(parser.parse_args().cues)
    print(f"{len(there)} cues               p50      p99      largest (ms)")
    for name, found in (("to the stream", there), ("answered", back)):
        p50, p99 = np.percentile(found, [50, 99])
        print(f"{name:16}  {p50:10.0f} {p99:8.0f} {max(found):12.0f}")
    print(f"promised: to the stream within {PROMISED_MS:.0f} ms (p99)")


if __name__ == "__main__":
    main()
