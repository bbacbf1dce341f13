"""A deck in counts in the whole daemon: measures nothing, is calibrated by HTTP, then measures."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from queue import Queue
from typing import Any

import numpy as np
import pytest
from msgspec.json import decode, encode
from tests.daemon.parts import Collector, Running, ScriptedSource, simulated, wait_for

from softshoe.calibrations import CellScale
from softshoe.clock import SystemClock
from softshoe.commands.daemon import Daemon, assembled
from softshoe.config import Config
from softshoe.events import Array, SampleBlock, Step
from softshoe.hub import Hub
from softshoe.intake import Arrived
from softshoe.rigs import Conditions, DeckLayout, Rig, Stream
from softshoe.service import Ending
from softshoe.settings import (
    BrokerSettings,
    FeedSettings,
    SessionSettings,
    StoreSettings,
    WebSettings,
)
from softshoe.store.queries import Runs
from softshoe.systemd import Notifier
from softshoe_hw.simulator.parameters import Parameters, Runner
from softshoe_hw.simulator.source import SimulatorSource

RATE_HZ = 500.0
WEIGHT_N = 686.5
COUNTS_PER_N, ZERO = 400.0, 31_000.0
ROWS = 25
LATE_S = 1.0
"""Empty or loaded for so much longer than is asked for: nobody is that punctual."""
DECK = Stream("deck", RATE_HZ, ("fz_n",), "counts", deck=DeckLayout("force"), board="deck-7")


class FedSource:
    """A deck whose samples the test feeds, in one unbroken row."""

    name = "fed"
    rig = Rig((DECK,))
    conditions = Conditions()

    def __init__(self) -> None:
        self._blocks: Queue[SampleBlock | None] = Queue()
        self._rows = 0

    def feed(self, newtons: Array) -> None:
        counts = ZERO + COUNTS_PER_N * newtons[:, None]
        for start in range(0, len(counts), ROWS):
            rows = np.round(counts[start : start + ROWS])
            self._blocks.put(SampleBlock("deck", self._rows, self._rows / RATE_HZ, rows))
            self._rows += len(rows)

    def blocks(self) -> Iterator[SampleBlock]:
        while (block := self._blocks.get()) is not None:
            yield block

    def close(self) -> None:
        self._blocks.put(None)


def standing(seconds: float, newtons: float) -> Array:
    noise = np.random.default_rng(3).normal(0.0, 1.0, round(seconds * RATE_HZ))
    return newtons + noise


def running(seconds: float) -> Array:
    parameters = Parameters(runner=Runner(mass_kg=WEIGHT_N / 9.80665))
    source = SimulatorSource(parameters, "deck1", RATE_HZ, speed=None, duration_s=seconds)
    return np.concatenate(
        [item.values[:, 0] for item in source.blocks() if isinstance(item, SampleBlock)]
    )


class Treadmill:
    """The daemon, running, and the page's API."""

    def __init__(self, daemon: Daemon, source: FedSource) -> None:
        self.source = source
        self._address = daemon.url.removeprefix("http://").strip("/")

    def ask(self, path: str, body: object = None) -> Any:
        link = http.client.HTTPConnection(self._address, timeout=10)
        try:
            sent = None if body is None else encode(body)
            headers = {"Content-Type": "application/json", "Origin": f"http://{self._address}"}
            link.request("GET" if body is None else "POST", f"/api/v1/{path}", sent, headers)
            answer = link.getresponse()
            assert answer.status == 200, answer.read()
            return decode(answer.read())
        finally:
            link.close()

    @property
    def calibration(self) -> Any:
        return self.ask("calibration")

    @property
    def notes(self) -> list[str]:
        health = self.ask("health")["health"]
        return health["notes"] if health else []

    @property
    def in_use(self) -> list[str]:
        return self.ask("live")["about"]["conventions"]["calibrations"]

    def calibrate(self) -> None:
        """As a technician does it, up to where it can be kept."""
        self.ask("calibration/start", {"weight_n": WEIGHT_N, "run": False})
        self.source.feed(standing(0.5, 0.0))
        wait_for(lambda: not self.calibration["stage"]["silent"], "samples are heard")
        self.ask("calibration/order", {"order": "start"})
        for number, newtons in ((1, 0.0), (2, WEIGHT_N)):
            wait_for(lambda n=number: self.calibration["stage"]["number"] == n, "the next task")
            self.source.feed(standing(15.0 + LATE_S, newtons))
        wait_for(lambda: self.calibration["found"], "a calibration")


class Hasty(SystemClock):
    """Whenever it is asked for the time of day, a minute has gone by: names are by the second."""

    def __init__(self) -> None:
        self._asked = 0

    def wall(self) -> datetime:
        self._asked += 1
        return super().wall() + timedelta(minutes=self._asked)


@contextmanager
def treadmill(folder: Path) -> Iterator[Treadmill]:
    config = Config(
        web=WebSettings(port=0),
        broker=BrokerSettings(embedded=False),
        feed=FeedSettings(enabled=False),
        session=SessionSettings(silence_s=60.0),
        store=StoreSettings(path=str(folder / "softshoe.db")),
    )
    source, ending = FedSource(), Ending()
    with assembled(config, source, Hasty()) as daemon:
        service = daemon.service(Notifier({}), patient=True)
        thread = threading.Thread(target=service.run, args=(ending,))
        thread.start()
        try:
            yield Treadmill(daemon, source)
        finally:
            ending.ask()
            thread.join(5)
            assert not thread.is_alive()


def test_a_new_deck_measures_after_it_was_calibrated_from_the_page(tmp_path: Path) -> None:
    with treadmill(tmp_path) as mill:
        mill.source.feed(running(6.0))
        wait_for(lambda: mill.notes, "the deck is said to be uncalibrated")
        assert mill.notes == ["the deck is not calibrated and measures nothing: calibrate it"]
        assert mill.in_use == ["uncalibrated"]
        mill.calibrate()
        assert mill.ask("live")["session"] is None
        assert mill.calibration["passed"], mill.calibration
        mill.ask("calibration/keep", {})
        name = mill.calibration["found"][0]["name"]
        wait_for(lambda: mill.in_use == [name], "the new scale holds")
        wait_for(lambda: not mill.notes, "nothing is to be said any more")
        mill.source.feed(running(12.0))
        wait_for(lambda: (mill.ask("live")["state"] or {}).get("steps", 0) > 20, "steps")
    runs = Runs(tmp_path / "softshoe.db")
    (session,) = runs.sessions()
    assert session.conventions.calibrations == (name,)
    assert session.conventions.body_weight_n == pytest.approx(WEIGHT_N, rel=0.02)
    kept = runs.calibration("deck-7", "cells")
    assert kept is not None
    assert isinstance(kept.found, CellScale)
    assert kept.found.newtons_per_count == pytest.approx([1 / COUNTS_PER_N], rel=0.005)


def test_what_is_kept_during_a_run_holds_from_the_next(tmp_path: Path) -> None:
    with treadmill(tmp_path) as mill:
        mill.calibrate()
        mill.ask("calibration/keep", {})
        first = mill.calibration["found"][0]["name"]
        wait_for(lambda: mill.in_use == [first], "the first scale holds")
        mill.source.feed(running(8.0))
        wait_for(lambda: mill.ask("live")["session"], "a run")
        mill.calibrate()
        mill.ask("calibration/keep", {})
        assert mill.ask("live")["session"]["state"] == "open"
        assert mill.in_use == [first]
        mill.source.feed(standing(70.0, 0.0))
        wait_for(lambda: mill.ask("live")["session"]["state"] == "closed", "the run is over")
        wait_for(lambda: mill.calibration["kept"], "it was kept")
        second = mill.calibration["found"][0]["name"]
        wait_for(lambda: mill.in_use == [second], "the second scale holds")
        assert mill.notes == []


def test_a_calibration_disturbs_no_step() -> None:
    """The same samples, with a tap that is looked at and without one, give the same events."""

    def steps(tap: bool) -> list[Step]:
        hub = Hub()
        seen = Collector(hub, Step)
        source = ScriptedSource(list(simulated().blocks()), ends=True)
        passed: list[Arrived] = []
        with Running(hub, source, seen, tap=passed.append if tap else None) as running:
            wait_for(lambda: running.service._pipeline.finished, "the end")
        assert bool(passed) == tap
        return [step for step in seen.of(Step) if step.moment == "final"]

    def bare(step: Step) -> tuple:
        return step.step, step.t_s, step.contact_ms, step.vilr_bw_s

    assert [bare(each) for each in steps(True)] == [bare(each) for each in steps(False)]
