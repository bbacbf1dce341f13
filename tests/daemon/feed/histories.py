"""Runs among faults that a seed chooses; afterwards a coach must hold every stored step.

`./dev bench broker --seed 7` plays one again and tells it; `--count 200` plays
many. Time is ten times as fast: a second below is a simulated one.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args

from msgspec import Struct
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from tests.daemon.examples import a_session, a_step
from tests.daemon.feed.brokers import Daemon, Listener, Mosquitto
from tests.daemon.feed.gym import dated_certificate, keys
from tests.daemon.feed.proxy import Proxy

from softshoe.feed.contract import FRESH_S
from softshoe.settings import FeedSettings

SPEED = 10.0
RUN_S = 40.0
STEP_S = 0.35
HEALED_WITHIN_S = 300.0
AT_ONCE = 5
QUEUE = 40
BUSY_S = 1.0  # a busy machine may hold a thread for 100 ms between looking and writing
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
EVERYBODY = "topic readwrite #\n"
NOBODY_WRITES = "topic read #\n"

Kind = Literal[
    "kill",
    "kill and forget",
    "freeze",
    "cut",
    "silence",
    "deny",
    "take over",
    "coach away",
    "clock of 1970",
]


class Fault(Struct, frozen=True):
    """What happens at ``at_s`` of the run, and for how long."""

    kind: Kind
    at_s: float
    for_s: float


def history(seed: int) -> list[Fault]:
    """The faults of a seed, one after the other."""
    chance = random.Random(seed)
    faults, now_s = [], 2.0
    while now_s < RUN_S - 4 and len(faults) < 4:
        kind = chance.choice(get_args(Kind))
        fault = Fault(kind, round(now_s, 1), round(chance.uniform(1.0, 12.0), 1))
        faults.append(fault)
        now_s = fault.at_s + fault.for_s + chance.uniform(0.5, 8.0)
    return faults


class FastClock:
    """Conforms to softshoe.clock.Clock, and goes ten times as fast as the machine's."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def monotonic_s(self) -> float:
        return (time.monotonic() - self._started) * SPEED

    def wall(self) -> datetime:
        return START + timedelta(seconds=self.monotonic_s())

    def synced(self) -> bool:
        return True

    def boot(self) -> str:
        return "boot-1"

    def wait_until(self, moment_s: float) -> None:
        time.sleep(max(0.0, moment_s - self.monotonic_s()) / SPEED)


class World:
    """A broker with a memory behind a network, a device, and a coach with a durable session."""

    def __init__(self, folder: Path, *, tls: bool) -> None:
        self._folder = folder
        self._tls = tls
        self._acl = folder / "acl"
        self._acl.write_text(EVERYBODY)
        self.clock = FastClock()
        self.broker = Mosquitto(folder, self._rules())
        self.broker.start()
        self.proxy = Proxy(self.broker.port)
        self.coach = Listener(self.broker.port, durable=True, secured=self._secured())
        settings = FeedSettings(
            port=self.proxy.port, keepalive_s=2, ca_file=self._ca(), home_assistant=False
        )
        self.daemon = Daemon(folder / "softshoe.db", settings, self.clock)

    def _rules(self) -> str:
        rules = [
            "allow_anonymous true",
            f"acl_file {self._acl}",
            f"persistence true\npersistence_location {self._folder}/",
            "autosave_interval 1",
            f"max_queued_messages {QUEUE}",
        ]
        if self._tls:
            keys(self._folder / "keys", "broker", "127.0.0.1")
            where = self._folder / "keys"
            rules += [f"certfile {where}/broker.crt", f"keyfile {where}/broker.key"]
        return "\n".join(rules) + "\n"

    def _ca(self) -> str:
        return str(self._folder / "keys" / "ca.crt") if self._tls else ""

    def _secured(self) -> FeedSettings | None:
        return FeedSettings(ca_file=self._ca()) if self._tls else None

    def allow(self, rules: str) -> None:
        self._acl.write_text(rules)
        assert self.broker.process
        self.broker.process.send_signal(signal.SIGHUP)

    def forget(self) -> None:
        (self._folder / "mosquitto.db").unlink(missing_ok=True)

    def date(self, start: str, end: str) -> None:
        """Another certificate for the broker, which has to be started again for it."""
        dated_certificate(self._folder / "keys", start, end)

    def steal_the_name(self) -> None:
        """Somebody else connects with the device's client id."""
        thief = Client(
            CallbackAPIVersion.VERSION2,
            client_id="softshoe-treadmill",
            protocol=MQTTProtocolVersion.MQTTv5,
        )
        if self._tls:
            thief.tls_set(self._ca())
        thief.connect("127.0.0.1", self.broker.port)
        for _ in range(20):
            thief.loop(0.01)
        thief.disconnect()
        thief.loop(0.01)

    def close(self) -> None:
        self.coach.close()
        self.proxy.mend()
        self.daemon.close()
        self.proxy.close()
        self.broker.kill()


@contextmanager
def during(world: World, kind: Kind) -> Iterator[None]:
    """A fault that begins now, and is mended at the end."""
    begin, mend = _FAULTS[kind]
    begin(world)
    try:
        yield
    finally:
        mend(world)


def _kill(world: World) -> None:
    world.broker.kill()


def _kill_and_forget(world: World) -> None:
    world.broker.kill()
    world.forget()


def _signal(number: signal.Signals) -> Callable[[World], None]:
    def send(world: World) -> None:
        assert world.broker.process
        os.kill(world.broker.process.pid, number)

    return send


def _to_1970(world: World) -> None:
    """To a clock of 1970 the broker's certificate is of the future: so it is made one."""
    world.broker.kill()
    world.date("20900101", "20950101")
    world.broker.start()


def _to_today(world: World) -> None:
    world.broker.kill()
    world.date("20200101", "20950101")
    world.broker.start()


_FAULTS: dict[Kind, tuple[Callable[[World], None], Callable[[World], None]]] = {
    "kill": (_kill, lambda world: world.broker.start()),
    "kill and forget": (_kill_and_forget, lambda world: world.broker.start()),
    "freeze": (_signal(signal.SIGSTOP), _signal(signal.SIGCONT)),
    "cut": (lambda world: world.proxy.cut(), lambda world: world.proxy.mend()),
    "silence": (lambda world: world.proxy.silence(), lambda world: world.proxy.mend()),
    "deny": (lambda world: world.allow(NOBODY_WRITES), lambda world: world.allow(EVERYBODY)),
    "take over": (World.steal_the_name, lambda world: None),
    "coach away": (lambda world: world.coach.leave(), lambda world: world.coach.come()),
    "clock of 1970": (_to_1970, _to_today),
}


class Running(threading.Thread):
    """Somebody runs: a live and a final step every 350 ms, until the end of the run."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self.steps = int(RUN_S / STEP_S)
        self.published: dict[int, datetime] = {}

    def run(self) -> None:
        clock, daemon = self._world.clock, self._world.daemon
        began_s = clock.monotonic_s()
        daemon.publish(a_session())
        for number in range(1, self.steps + 1):
            clock.wait_until(began_s + number * STEP_S)
            self.published[number] = clock.wall()
            daemon.publish(a_step(number, moment="live"), a_step(number))
        daemon.publish(a_session(state="closed", steps=self.steps))


class Verdict(Struct, frozen=True):
    """What a history came to; without complaints it is as promised."""

    seed: int
    faults: list[Fault]
    complaints: list[str]
    seconds: float

    def __str__(self) -> str:
        told = "; ".join(f"{each.kind} at {each.at_s} for {each.for_s} s" for each in self.faults)
        result = "; ".join(self.complaints) or "held"
        return f"seed {self.seed}: {told}: {result} ({self.seconds:.1f} s)"


def play(seed: int) -> Verdict:
    """One run among the faults of a seed, and what was found at its end."""
    began, faults = time.monotonic(), history(seed)
    with TemporaryDirectory(prefix="softshoe-history-") as folder:
        tls = any(fault.kind == "clock of 1970" for fault in faults)
        world = World(Path(folder), tls=tls)
        try:
            runner = _run_among(world, faults)
            complaints = list(_complaints(world, runner))
        finally:
            world.close()
    return Verdict(seed, faults, complaints, time.monotonic() - began)


def _run_among(world: World, faults: list[Fault]) -> Running:
    runner = Running(world)
    with contextlib.suppress(AssertionError):
        world.daemon.wait_connected()
    began_s = world.clock.monotonic_s()
    runner.start()
    for fault in faults:
        world.clock.wait_until(began_s + fault.at_s)
        with during(world, fault.kind):
            world.clock.wait_until(began_s + fault.at_s + fault.for_s)
    runner.join()
    return runner


def _complaints(world: World, runner: Running) -> Iterator[str]:
    wanted = set(range(1, runner.steps + 1))
    until_s = world.clock.monotonic_s() + HEALED_WITHIN_S
    while world.daemon.feed.backlog and world.clock.monotonic_s() < until_s:
        world.clock.wait_until(world.clock.monotonic_s() + 1.0)
    if world.daemon.feed.backlog:
        yield f"{world.daemon.feed.backlog} entries are not acknowledged: {world.daemon.feed.why}"
        return
    world.clock.wait_until(world.clock.monotonic_s() + 3.0)  # what is still on its way
    yield from _disorder(_steps(world.coach))
    while (missed := sorted(wanted - set(_steps(world.coach)))) and (
        world.clock.monotonic_s() < until_s
    ):
        _ask_for(world.coach, missed)
        world.clock.wait_until(world.clock.monotonic_s() + 5.0)
    if missed:
        yield f"{missed} never came"
    yield from _wrong_copies(world.coach)
    yield from _old_news(world.coach, runner)


def _disorder(came: list[int]) -> Iterator[str]:
    """A step that was overtaken must be part of a repeat, which goes on in order."""
    newest, seen = 0, set[int]()
    for number, following in pairwise([*came, 0]):
        overtaken = number < newest and number not in seen
        if overtaken and following not in (number + 1, 0):
            yield f"step {number} came after {newest}, and then {following}"
        newest = max(newest, number)
        seen.add(number)


def _steps(coach: Listener) -> list[int]:
    """Their numbers, as they came."""
    return [each.json()["step"] for each in coach.of("record/step")]


def _ask_for(coach: Listener, missed: list[int]) -> None:
    """One request for each gap."""
    gaps = [number for number in missed if number - 1 not in missed]
    for first in gaps:
        last = first
        while last + 1 in missed:
            last += 1
        coach.send(
            "record/request", {"id": f"r{first}", "session": "s1", "from": first, "to": last}
        )


def _wrong_copies(coach: Listener) -> Iterator[str]:
    seen: dict[int, bytes] = {}
    for message in coach.of("record/step"):
        number = message.json()["step"]
        if seen.setdefault(number, message.payload) != message.payload:
            yield f"step {number} came twice and differs"


def _old_news(coach: Listener, runner: Running) -> Iterator[str]:
    for message in coach.of("live/step"):
        step = message.json()
        age = datetime.fromisoformat(step["at"]) - runner.published[step["step"]]
        if age > timedelta(seconds=FRESH_S + BUSY_S):
            yield f"live step {step['step']} was sent {age.total_seconds():.1f} s late"


def play_all(seeds: list[int]) -> Iterator[Verdict]:
    """Some at a time: they mostly wait."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(play, seeds)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench broker", description=__doc__)
    parser.add_argument("--seed", type=int, help="the one history of this number")
    parser.add_argument("--count", type=int, default=20, help="so many, from 0 on")
    asked = parser.parse_args()
    if not shutil.which("mosquitto", path=os.environ["PATH"] + ":/usr/sbin"):
        sys.exit("mosquitto is not installed: apt install mosquitto")
    seeds = list(range(asked.count)) if asked.seed is None else [asked.seed]
    failed = 0
    for verdict in play_all(seeds):
        print(verdict, flush=True)
        failed += bool(verdict.complaints)
    print(f"{len(seeds) - failed} of {len(seeds)} held")
    sys.exit(bool(failed))
