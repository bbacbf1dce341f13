"""Rule one of the house: how the input is cut must not matter, to the last bit."""

from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.recordings.conftest import recordings_folder

from softshoe.events import Array, GaitEvent, SampleBlock
from softshoe.gait.gait import Gait
from softshoe.rigs import Rig
from softshoe.roles import Source
from softshoe_hw.recording import read_recording
from softshoe_hw.recording_source import RecordingSource
from softshoe_hw.simulator.parameters import Parameters, RigName
from softshoe_hw.simulator.source import SimulatorSource

SECONDS = 6.0
RIGS: tuple[RigName, ...] = ("deck1", "deck4", "insoles", "deck4+insoles")
REAL = ("RBDS012runT45_4cell", "RBDS001runT35_insole", "dryft_S001runT25_drift")


def whole_streams(source: Source) -> dict[str, Array]:
    parts: dict[str, list[Array]] = {}
    for block in source.blocks():
        if isinstance(block, SampleBlock):
            parts.setdefault(block.stream, []).append(block.values)
    return {name: np.concatenate(values) for name, values in parts.items()}


@cache
def simulated(rig: RigName) -> tuple[Source, dict[str, Array]]:
    source = SimulatorSource(Parameters(), rig, 500.0, speed=None, duration_s=SECONDS)
    streams = whole_streams(source)
    for values in streams.values():
        values[700:706] = np.nan  # bridged
        values[1500:1530] = np.nan  # too long to bridge
    return source, streams


@cache
def real(name: str) -> tuple[Source, dict[str, Array]]:
    path = recordings_folder() / f"{name}.csv.gz"
    if not path.is_file():
        pytest.skip(f"no real recordings in {path.parent}: set SOFTSHOE_RECORDINGS to their folder")
    source = RecordingSource(read_recording(path), speed=None)
    return source, {name: v[: (8 * 300)] for name, v in whole_streams(source).items()}


def cut(rig: Rig, streams: dict[str, Array], lengths: list[int]) -> list[SampleBlock]:
    """Blocks of the given lengths, over and over; two streams in the order of time."""
    blocks = []
    for stream in rig.streams:
        values, first, turn = streams[stream.name], 0, 0
        while first < len(values):
            part = values[first : first + lengths[turn % len(lengths)]].copy()
            blocks.append(SampleBlock(stream.name, first, first / stream.rate_hz, part))
            first, turn = first + len(part), turn + 1
    return sorted(blocks, key=lambda block: block.first_s)


def events(source: Source, blocks: list[SampleBlock], whole: bool) -> list[GaitEvent]:
    gait = Gait(source.rig, source.conditions, whole=whole)
    told = [event for block in blocks for event in gait.feed(block)]
    return told + list(gait.finish())


cuts = st.lists(st.integers(1, 120), min_size=1, max_size=8)
few = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("rig", RIGS)
@given(lengths=cuts)
@few
def test_cuts_of_a_simulated_run_do_not_matter(rig: RigName, lengths: list[int]) -> None:
    source, streams = simulated(rig)
    expected = events(source, cut(source.rig, streams, [10]), whole=False)
    assert sum(getattr(event, "moment", "") == "final" for event in expected) > 5
    assert events(source, cut(source.rig, streams, lengths), whole=False) == expected


@pytest.mark.parametrize("name", REAL)
@given(lengths=cuts)
@few
def test_cuts_of_a_real_run_do_not_matter(name: str, lengths: list[int]) -> None:
    source, streams = real(name)
    expected = events(source, cut(source.rig, streams, [6]), whole=True)
    assert sum(getattr(event, "moment", "") == "final" for event in expected) > 15
    assert events(source, cut(source.rig, streams, lengths), whole=True) == expected


@pytest.mark.parametrize("rig", ["deck4", "insoles"])
def test_one_block_is_the_same_as_many(rig: RigName) -> None:
    source, streams = simulated(rig)
    expected = events(source, cut(source.rig, streams, [10]), whole=True)
    assert events(source, cut(source.rig, streams, [10**6]), whole=True) == expected


def test_a_board_for_each_foot_is_the_same_as_one_for_both() -> None:
    source, streams = simulated("insoles")
    both = source.rig.streams[0]
    assert both.insole is not None
    count = both.insole.channels_per_foot
    halves = {"left": slice(0, count), "right": slice(count, None)}
    rig = Rig(
        tuple(
            replace(both, name=name, channels=both.channels[part]) for name, part in halves.items()
        )
    )
    feet = {name: streams["insoles"][:, part] for name, part in halves.items()}
    gait = Gait(rig, source.conditions)
    told = [event for block in cut(rig, feet, [10, 7]) for event in gait.feed(block)]
    assert told + list(gait.finish()) == events(source, cut(source.rig, streams, [10]), whole=False)
