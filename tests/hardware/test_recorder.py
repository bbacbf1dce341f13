"""What is recorded reads back the same, whatever happens to the one who records."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from softshoe.errors import InputError
from softshoe.events import Belt, SampleBlock
from softshoe.rigs import Conditions, DeckLayout, InsoleLayout, Rig, Stream
from softshoe_hw.describing import Counts
from softshoe_hw.insole_layout import DEFAULT_SENSORS
from softshoe_hw.recorder import Recorder
from softshoe_hw.recording import Recording, read_recording
from softshoe_hw.sidecar import CalibrationPhase, Fsr, Marker

DECK = Stream(
    "deck", 300.0, ("fl_n", "fr_n", "rl_n", "rr_n"), deck=DeckLayout("four_cell", 712.5, 290)
)
INSOLES = Stream(
    "insoles",
    500.0,
    tuple(f"{foot}{n}" for foot in "lr" for n in range(1, 9)),
    unit="counts",
    insole=InsoleLayout(8, DEFAULT_SENSORS, 287.5),
)
CONDITIONS = Conditions(
    belt_m_s=2.78,
    slope_deg=-2.5,
    body_mass_kg=61.3,
    body_weight_n=601.2,
    height_mm=1684,
    activity='run "easy" \\ é 🙂\x7f',
)


class Items:
    """A source that gives what it was given."""

    name = "items"
    conditions = CONDITIONS

    def __init__(self, *streams: Stream, items: list[SampleBlock | Belt] | None = None) -> None:
        self.rig = Rig(streams)
        self.items = items or []

    def blocks(self) -> Iterator[SampleBlock | Belt]:
        yield from self.items

    def close(self) -> None:
        self.items = []


def block(
    stream: Stream, first: int, rows: int, segment: int = 0, at_s: float = 0.0
) -> SampleBlock:
    random = np.random.default_rng([first, rows, segment])
    if stream.unit == "counts":
        values = random.integers(0, 1024, (rows, len(stream.channels))).astype(float)
    else:
        values = 300 * random.standard_normal((rows, len(stream.channels)))
    values[::7, 1] = np.nan
    return SampleBlock(stream.name, first, at_s + first / stream.rate_hz, values, segment)


def recorded(out: Path, source: Items, counts: Counts | None = None) -> Recording:
    with Recorder(out, source, counts) as recorder:
        for item in source.blocks():
            recorder.write(item)
    return read_recording(out)


@pytest.mark.parametrize("name", ["run.csv", "run.csv.gz"])
def test_one_stream_in_one_file(tmp_path: Path, name: str) -> None:
    blocks = [block(DECK, 0, 700), block(DECK, 700, 6)]
    source = Items(DECK, items=[Belt(0.0, 2.78), *blocks, Belt(2.3456789, None)])
    recording = recorded(tmp_path / "new" / name, source)
    assert recording.rig == source.rig
    assert recording.conditions == CONDITIONS
    assert recording.belts == (Belt(0.0, 2.78), Belt(2.3456789, None))
    assert recording.warnings == ()
    values = np.vstack([one.values for one in blocks])
    np.testing.assert_array_equal(recording.tracks[0].whole.values, values)


def test_two_boards_in_a_folder_with_losses_and_a_restart(tmp_path: Path) -> None:
    blocks: list[SampleBlock | Belt] = [
        block(DECK, 4, 40, at_s=12.5),
        block(INSOLES, 0, 60, at_s=12.5),
        block(DECK, 50, 30, at_s=12.5),
        block(INSOLES, 0, 20, segment=1, at_s=19.0),
    ]
    recording = recorded(tmp_path / "run", Items(DECK, INSOLES, items=blocks))
    assert recording.rig == Rig((DECK, INSOLES))
    deck, insoles = recording.tracks
    assert isinstance(blocks[0], SampleBlock)
    assert isinstance(blocks[2], SampleBlock)
    lost = np.full((6, 4), np.nan)
    whole = np.vstack([blocks[0].values, lost, blocks[2].values])
    np.testing.assert_array_equal(deck.whole.values, whole)
    assert deck.whole.first_index == 4
    assert deck.whole.first_s == pytest.approx(12.5 + 4 / 300, abs=1e-9)
    assert [(one.segment, one.first_index, one.first_s) for one in insoles.segments] == [
        (0, 0, 12.5),
        (1, 0, 19.0),
    ]


def test_counts_stay_counts_with_what_explains_them(tmp_path: Path) -> None:
    explained = Counts(
        fsr=Fsr(vref_v=5.0, bits=10, r_m_ohm=2200.0),
        calibration="monday",
        phases=(CalibrationPhase(name="unloaded", start_s=0, end_s=5),),
    )
    source = Items(INSOLES, items=[block(INSOLES, 0, 30)])
    recording = recorded(tmp_path / "run.csv", source, explained)
    assert "." not in (tmp_path / "run.csv").read_text().replace("0.", "").split("\n")[5]
    assert recording.tracks[0].fsr == explained.fsr
    assert recording.calibration == "monday"
    assert recording.phases == explained.phases


def test_every_float_reads_back_to_the_same_bits(tmp_path: Path) -> None:
    values = np.array([[0.1 + 0.2, 1e-300, -0.0, 99999.99999999999], [1 / 3, 5e-324, 1, -2e4]])
    source = Items(DECK, items=[SampleBlock("deck", 0, 0.0, values)])
    back = recorded(tmp_path / "run.csv", source).tracks[0].whole.values
    assert back.tobytes() == values.tobytes()


def test_markers_are_numbered_and_read_back(tmp_path: Path) -> None:
    source = Items(DECK)
    with Recorder(tmp_path / "run", source) as recorder:
        recorder.write(block(DECK, 0, 10))
        assert (recorder.mark(0.01), recorder.mark(0.03)) == (1, 2)
    assert read_recording(tmp_path / "run").markers == (Marker(1, 0.01), Marker(2, 0.03))


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    source = Items(DECK, items=[block(DECK, 0, 10)])
    recorded(tmp_path / "run", source)
    recorded(tmp_path / "one.csv", source)
    with pytest.raises(InputError, match=r"run: this folder is not empty"):
        Recorder(tmp_path / "run", source)
    with pytest.raises(InputError, match=r"one\.csv: there is such a file"):
        Recorder(tmp_path / "one.csv", source)
    assert len(read_recording(tmp_path / "one.csv").tracks[0].whole.values) == 10


def test_two_boards_do_not_fit_one_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="deck4\\+insoles needs a folder"):
        Recorder(tmp_path / "run.csv", Items(DECK, INSOLES))
    assert list(tmp_path.iterdir()) == []


def test_a_board_for_each_foot_reads_back(tmp_path: Path) -> None:
    layout = InsoleLayout(8, DEFAULT_SENSORS, 287.5)
    left, right = (
        Stream(
            name,
            500.0,
            tuple(f"{name[0]}{n}" for n in range(1, 9)),
            "N",
            insole=layout,
            board=f"shoe-{name}",
        )
        for name in ("left", "right")
    )
    source = Items(left, right, items=[block(left, 0, 25), block(right, 0, 25)])
    recording = recorded(tmp_path / "run", source)
    assert recording.rig.streams == (left, right)
    assert recording.rig.name == "insoles"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        Recorder(tmp_path / "file" / "run", Items(DECK))


def record_and_die(out: Path) -> None:
    recorder = Recorder(out, Items(DECK))
    for first in range(0, 3000, 30):
        recorder.write(block(DECK, first, 30))
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("name", ["run", "run.csv", "run.csv.gz"])
def test_killed_it_keeps_all_but_the_last_second(tmp_path: Path, name: str) -> None:
    process = multiprocessing.get_context("spawn").Process(
        target=record_and_die, args=(tmp_path / name,)
    )
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    recording = read_recording(tmp_path / name)
    assert recording.warnings == ()
    assert 2700 <= len(recording.tracks[0].whole.values) <= 3000
