"""Wishes reach the pipeline of a running service, at the source's time."""

import pytest
from tests.daemon.parts import Collector, Neighbours, simulated

from softshoe.clock import SystemClock
from softshoe.events import Belt, Command, Session
from softshoe.hub import Hub
from softshoe.intake import Arrived, Intake
from softshoe.people import RunsAs
from softshoe.pipeline import live_pipeline
from softshoe.processing import Processing
from softshoe.settings import SessionSettings
from softshoe.wishes import Wishes


class Bench:
    """A pipeline's thread, turned by hand: a source's items in, events out."""

    def __init__(self) -> None:
        self.hub, self.wishes, self.clock = Hub(), Wishes(), SystemClock()
        self.told = Collector(self.hub, Session)
        self.source = simulated()
        self.intake = Intake(10_000)
        self.processing = Processing(
            intake=self.intake,
            new_pipeline=self.new_pipeline,
            hub=self.hub,
            clock=self.clock,
            about=Neighbours().about,
            durable_step=lambda: None,
            ended=lambda: False,
            tap=lambda _: None,
            wishes=self.wishes,
        )
        self.pipeline = self.new_pipeline()

    def new_pipeline(self):
        rig, conditions = self.source.rig, self.source.conditions
        return live_pipeline(rig, conditions, "treadmill", SessionSettings())

    def turn(self, *items) -> None:
        for item in items:
            self.intake.put(Arrived(self.clock.monotonic_s(), item), None)
        self.processing._turn(self.pipeline)

    def sessions(self) -> list[Session]:
        self.told.take(0.0)
        return self.told.of(Session)


@pytest.fixture
def bench():
    return Bench()


def test_they_wait_for_the_first_sample_and_then_hold(bench):
    bench.wishes.put(RunsAs(0.0, "anna"))
    bench.turn()
    samples = list(bench.source.blocks())
    bench.turn(*samples[:1])
    bench.turn(*samples)
    assert {each.runner for each in bench.sessions()} == {"anna"}


def test_a_lap_is_marked_at_the_sources_present_moment(bench):
    bench.turn(*bench.source.blocks())
    bench.wishes.put(Command(0.0, "lap"))
    bench.turn()
    (lap_s,) = bench.sessions()[-1].laps_s
    assert 9.0 < lap_s < 13.0


def test_a_stated_belt_is_in_the_conventions_and_is_not_a_measured_one(bench):
    bench.turn(*bench.source.blocks())
    measured = bench.wishes.belt_is_measured
    bench.wishes.put(Belt(0.0, 3.5, 2.0))
    bench.wishes.put(Belt(0.0, 3.25))
    bench.wishes.put(Command(0.0, "lap"))
    bench.turn()
    conventions = bench.sessions()[-1].conventions
    assert (conventions.belt_m_s, conventions.slope_deg) == (3.25, 2.0)
    assert bench.wishes.belt_is_measured is measured


def test_a_belt_that_the_source_tells_is_measured(bench):
    bench.turn(Belt(0.0, 2.5))
    assert bench.wishes.belt_is_measured


def test_too_many_are_refused_and_few_are_not():
    wishes = Wishes()
    assert [wishes.put(Command(0.0, "lap")) for _ in range(65)] == [True] * 64 + [False]
    assert len(wishes.take()) == 64
    assert wishes.put(Command(0.0, "lap"))
