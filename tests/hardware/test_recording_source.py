"""A recording comes back in blocks: complete, in the order of time, at the speed that is asked."""

import threading
from pathlib import Path

import numpy as np
import pytest

from softshoe.events import Belt, SampleBlock
from softshoe_hw.recording import Recording, read_recording
from softshoe_hw.recording_options import RecordingOptions
from softshoe_hw.recording_source import RecordingSource


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    rows = "".join(f"{3 + i / 100:.2f},{i},{2 * i},{3 * i}\n" for i in range(25))
    path = tmp_path / "both.csv"
    path.write_text("t_s,fz_n,l1,r1\n" + rows)
    (tmp_path / "both.belt.csv").write_text("t_s,belt_m_s\n3,2.5\n3.1,\n")
    return read_recording(path, RecordingOptions(rate_hz=100.0, belt_m_s=2.5))


def test_it_is_what_the_recording_is(recording: Recording) -> None:
    source = RecordingSource(recording)
    assert source.name == "both"
    assert source.rig is recording.rig
    assert source.conditions.belt_m_s == 2.5


@pytest.mark.parametrize("block_s", [0.001, 0.02, 0.03, 1.0])
def test_blocks_are_all_of_it_in_order(recording: Recording, block_s: float) -> None:
    items = list(RecordingSource(recording, speed=None, block_s=block_s).blocks())
    blocks = [item for item in items if isinstance(item, SampleBlock)]
    for name, track in zip(("deck", "insoles"), recording.tracks, strict=True):
        own = [block for block in blocks if block.stream == name]
        np.testing.assert_array_equal(np.vstack([b.values for b in own]), track.whole.values)
        for block in own:
            assert block.first_s == pytest.approx(3 + block.first_index / 100, abs=1e-12)
        starts = [block.first_index for block in own]
        assert starts == list(np.cumsum([0, *(len(block.values) for block in own)])[:-1])


def test_belts_come_before_the_samples_they_hold_for(recording: Recording) -> None:
    items = list(RecordingSource(recording, speed=None, block_s=0.02).blocks())
    assert items[0] == Belt(3.0, 2.5)
    second = items.index(Belt(3.1, None))
    before = [item for item in items[1:second] if isinstance(item, SampleBlock)]
    after = [item for item in items[second:] if isinstance(item, SampleBlock)]
    assert max(block.first_s for block in before) < 3.1
    assert min(block.first_s for block in after) == pytest.approx(3.1)


def test_close_ends_it_from_another_thread(recording: Recording) -> None:
    source = RecordingSource(recording, speed=1e-3)
    blocks = source.blocks()
    next(blocks)
    threading.Timer(0.05, source.close).start()
    assert len(list(blocks)) <= 2
    source.close()
