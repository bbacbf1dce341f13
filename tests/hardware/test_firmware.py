"""The firmware as it is compiled: its size, its frames, and what it does in a simulated chip."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.hardware.board_line import Feed, Line, Rows, rows_of, write_feed

from softshoe.errors import SourceLost
from softshoe_hw.messages import AskHello, Hello, Pulse, Samples, Start, Status, Stop
from softshoe_hw.simulated_boards.board import BoardOptions, SimulatedBoard
from softshoe_hw.simulated_boards.building import HARDWARE, BoardKind, Built, build, why_not

FIRMWARE = HARDWARE / "firmware"
FLASH_BYTES, RAM_BYTES = 32_256, 2048
STACK_BYTES = 400
HELD_S = 0.02
BOOT_S = 0.001
CONVERSION_S = 55e-6
AMBIGUOUS_S = 0.5e-3
INSOLE_MV, DECK_MV = 5000 / 1024, 1200 / 128 / 2**23

pytestmark = pytest.mark.skipif(why_not() is not None, reason=why_not() or "")
Plug = Callable[..., tuple[SimulatedBoard, Line]]


@pytest.fixture(scope="module")
def built() -> Built:
    return build()


@pytest.fixture
def plug(built: Built) -> Iterator[Plug]:
    """Plugs in boards and opens their lines; unplugs them in the end."""
    open_boards: list[tuple[SimulatedBoard, Line]] = []

    def plug_in(
        feed: Feed | None = None, elf: Path | None = None, **options: object
    ) -> tuple[SimulatedBoard, Line]:
        board = SimulatedBoard(
            built, BoardOptions(**options), feed.path if feed else Path("/dev/null"), elf
        )
        open_boards.append((board, Line(board.port)))
        return open_boards[-1]

    yield plug_in
    for board, line in open_boards:
        line.close()
        board.close()


def a_feed(path: Path, kind: BoardKind, seconds: float) -> Feed:
    """Other counts on every channel every 20 ms, from end to end of the converter's range."""
    shape = (round(seconds / HELD_S), 4 if kind == "deck" else 8)
    random = np.random.default_rng(5)
    if kind == "deck":
        counts = random.integers(-(2**23), 2**23, shape)
        return write_feed(path, counts, counts * DECK_MV, HELD_S)
    counts = random.integers(0, 1024, shape)
    return write_feed(path, counts, (counts + 0.5) * INSOLE_MV, HELD_S)


def wrong_values(rows: Rows, feed: Feed, conversion_s: float) -> int:
    """How many are not what was fed when they were taken; near a change either may be."""
    channels = rows.values.shape[1]
    taken_s = rows.device_s[:, None] + BOOT_S / 2 + conversion_s * np.arange(channels)
    early, late = feed.at(taken_s - AMBIGUOUS_S), feed.at(taken_s + AMBIGUOUS_S)
    return int(((rows.values != early) & (rows.values != late)).sum())


def assert_all_as_fed(line: Line, feed: Feed, frames: int, rate_hz: int) -> None:
    samples = line.hear(frames)
    rows = rows_of(samples, rate_hz)
    assert (line.damaged, line.missing, line.refused) == (0, 0, [])
    assert (rows.index == np.arange(len(rows.index))).all()
    assert np.allclose(np.diff(rows.device_s), 1 / rate_hz, atol=50e-6)
    conversion_s = CONVERSION_S if rows.values.shape[1] == 8 else 0.0
    assert wrong_values(rows, feed, conversion_s) == 0
    assert len(np.unique(rows.values[:, 0])) > 10
    assert all(status.overruns == 0 for status in line.of(Status))


# --- as it is built --------------------------------------------------------------------------


def test_firmware_fits_the_chip_and_its_readme_tells_the_sizes(built: Built) -> None:
    sizes = subprocess.run(
        ["make", "-s", "-C", FIRMWARE, "sizes"], check=True, capture_output=True, text=True
    ).stdout
    found = re.findall(r"(\w+) +flash +(\d+) of 32256 bytes +RAM +(\d+) of 2048 bytes", sizes)
    assert [board for board, *_ in found] == ["insole", "deck"]
    for _, flash, ram in found:
        assert 1000 < int(flash) < FLASH_BYTES / 2
        assert 200 < int(ram) < RAM_BYTES - STACK_BYTES
    assert sizes.strip() in (FIRMWARE / "README.md").read_text(encoding="utf-8")


def test_frames_are_the_python_encoders_byte_for_byte() -> None:
    made = subprocess.run(
        ["make", "-s", "-C", FIRMWARE, "test"], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert "all good" in made.stdout


# --- what it sends ---------------------------------------------------------------------------

RATES = [("insole", 500), ("insole", 1000), ("deck", 500), ("deck", 1000)]


@pytest.mark.parametrize(("kind", "rate_hz"), RATES)
def test_samples_are_what_was_fed(
    plug: Plug, tmp_path: Path, kind: BoardKind, rate_hz: int
) -> None:
    feed = a_feed(tmp_path / "feed", kind, 10.0)
    _, line = plug(feed, kind=kind, fast=True, hold=True)
    line.say(Start(rate_hz))
    assert_all_as_fed(line, feed, frames=800, rate_hz=rate_hz)


@pytest.mark.long
@pytest.mark.parametrize(("kind", "rate_hz"), RATES)
def test_ten_thousand_frames_are_what_was_fed(
    plug: Plug, tmp_path: Path, kind: BoardKind, rate_hz: int
) -> None:
    feed = a_feed(tmp_path / "feed", kind, 110.0)
    _, line = plug(feed, kind=kind, fast=True, hold=True)
    line.say(Start(rate_hz))
    assert_all_as_fed(line, feed, frames=10_000, rate_hz=rate_hz)


def test_a_slower_chip_and_line_do_for_a_deck(plug: Plug, tmp_path: Path) -> None:
    """At 3.3 V an ATmega328P runs at 8 MHz."""
    elf = compiled(tmp_path, "deck", "F_CPU=8000000", "BAUD=500000")
    feed = a_feed(tmp_path / "feed", "deck", 4.0)
    _, line = plug(feed, elf, kind="deck", fast=True, hold=True, cpu_hz=8_000_000)
    line.say(Start(1000))
    assert_all_as_fed(line, feed, frames=300, rate_hz=1000)


def test_without_a_word_a_board_says_hello_every_five_seconds(plug: Plug) -> None:
    _, line = plug(fast=True)
    line.say(Stop())
    hellos = line.hear(4, Hello)
    assert hellos == [hellos[0]] * 4
    assert not line.of(Samples)
    assert not line.of(Status)


@pytest.mark.parametrize(
    ("options", "id", "channels"),
    [
        ({}, "insole-left", "l1 l2 l3 l4 l5 l6 l7 l8"),
        ({"right": True}, "insole-right", "r1 r2 r3 r4 r5 r6 r7 r8"),
        ({"right": True, "id": "lab.2_B-7"}, "lab.2_B-7", "r1 r2 r3 r4 r5 r6 r7 r8"),
        ({"id": "not an id!"}, "insole-left", "l1 l2 l3 l4 l5 l6 l7 l8"),
        ({"id": "x" * 33}, "insole-left", "l1 l2 l3 l4 l5 l6 l7 l8"),
        ({"id": "x" * 32}, "x" * 32, "l1 l2 l3 l4 l5 l6 l7 l8"),
        ({"kind": "deck"}, "deck", "fl fr rl rr"),
    ],
)
def test_a_board_says_who_it_is(plug: Plug, options: dict, id: str, channels: str) -> None:
    _, line = plug(fast=True, **options)
    line.say(AskHello())
    told = line.hear(2, Hello)[1]
    assert (told.id, " ".join(told.channels)) == (id, channels)
    is_deck = options.get("kind") == "deck"
    assert (told.rate_hz, told.bits) == ((1000, 24) if is_deck else (500, 10))


def test_an_id_can_be_built_in(plug: Plug, tmp_path: Path) -> None:
    _, line = plug(elf=compiled(tmp_path, "insole", "BOARD_ID=bench-3"), fast=True)
    line.say(AskHello())
    assert line.hear(2, Hello)[1].id == "bench-3"


def test_start_stop_and_start_again(plug: Plug, tmp_path: Path) -> None:
    feed = a_feed(tmp_path / "feed", "insole", 10.0)
    _, line = plug(feed, hold=True)
    line.say(Start(1000))
    line.hear(20)
    line.say(Stop(), AskHello())
    told = line.hear(2, Hello)[-1]
    stopped = len(line.of(Samples))
    line.say(AskHello())
    line.hear(3, Hello)
    assert told.rate_hz == 1000
    assert len(line.of(Samples)) == stopped
    line.say(Start(0))
    again = line.hear(stopped + 10)[stopped:]
    assert again[0].index == 0
    assert np.diff([each.device_us for each in again]).tolist() == [10_000] * (len(again) - 1)


@pytest.mark.parametrize("wanted_hz", [0, 1, 333, 4000, 65_535])
def test_a_rate_that_it_cannot_keep_is_its_own(plug: Plug, wanted_hz: int) -> None:
    _, line = plug(fast=True)
    line.say(Start(wanted_hz))
    times_us = [each.device_us for each in line.hear(5)]
    assert np.diff(times_us).tolist() == [10_000] * (len(times_us) - 1)


def test_damage_on_the_line_is_survived(plug: Plug) -> None:
    import os

    _, line = plug(fast=True)
    os.write(line._file, bytes(range(256)) * 3 + b"\0\2\0\0\x82")
    line.say(Stop(), Start(500))
    assert line.hear(3)[0].index == 0


def test_what_the_line_cannot_carry_is_counted_as_overruns(plug: Plug, tmp_path: Path) -> None:
    """A line of 115 200 baud is too slow for 8 channels at 1 kHz."""
    _, line = plug(elf=compiled(tmp_path, "insole", "BAUD=115200"), fast=True)
    line.say(Start(1000))
    overruns = line.hear(4, Status)[-1].overruns
    rows = rows_of(line.of(Samples), 1000)
    lost = int(rows.index[-1] + 1 - len(rows.index))
    assert line.damaged == line.missing == 0
    assert overruns > 500
    assert abs(lost - overruns) < 100
    assert np.allclose(rows.device_s - rows.device_s[0], rows.index / 1000, atol=1e-6)


def test_a_sample_that_comes_damaged_from_the_converter_is_left_out(
    plug: Plug, tmp_path: Path
) -> None:
    feed = a_feed(tmp_path / "feed", "deck", 4.0)
    _, line = plug(feed, kind="deck", fast=True, hold=True, spoil_every=50)
    line.say(Start(1000))
    rows = rows_of(line.hear(300), 1000)
    gaps = np.flatnonzero(np.diff(rows.index) != 1)
    assert set(np.diff(rows.index[gaps]).tolist()) == {50}
    assert set(np.diff(rows.index)[gaps].tolist()) == {2}
    assert wrong_values(rows, feed, 0.0) == 0


@pytest.mark.parametrize("kind", ["insole", "deck"])
def test_the_rollers_pulses_are_counted_and_timed(plug: Plug, kind: BoardKind) -> None:
    _, line = plug(kind=kind, fast=True, pulses_hz=16.0)
    line.say(Start(500))
    pulses = line.hear(20, Pulse)
    assert np.diff([pulse.count for pulse in pulses]).tolist() == [1] * (len(pulses) - 1)
    apart_us = np.diff([pulse.device_us for pulse in pulses])
    assert np.abs(apart_us - 62_500).max() <= 2


def test_bouncing_is_no_pulse(plug: Plug) -> None:
    _, line = plug(fast=True, pulses_hz=900.0)
    line.say(Start(500))
    pulses = line.hear(20, Pulse)
    assert np.diff([pulse.device_us for pulse in pulses]).min() >= 2000


# --- what can happen to it -------------------------------------------------------------------


@pytest.mark.parametrize("what", ["reset", "hang"])
def test_a_board_that_was_reset_or_hung_says_hello_again(plug: Plug, what: str) -> None:
    board, line = plug()
    line.say(Start(500))
    line.hear(20)
    getattr(board, what)()
    line.hear(len(line.of(Hello)) + 1, Hello)
    before = len(line.of(Samples))
    line.say(Start(500))
    assert line.hear(before + 5)[before].index == 0


def test_nobody_has_to_read(plug: Plug) -> None:
    """What does not fit is lost; who comes later is in step at once."""
    import time

    _, line = plug()
    line.say(Start(1000))
    line.hear(1)
    time.sleep(1.5)
    line.say(AskHello())
    line.hear(len(line.of(Hello)) + 1, Hello)
    rows = rows_of(line.hear(len(line.of(Samples)) + 50), 1000)
    assert line.damaged <= 1
    assert rows.index[-1] + 1 > len(rows.index) + 500


def test_a_board_without_firmware_does_not_start(built: Built, tmp_path: Path) -> None:
    board = SimulatedBoard(built, BoardOptions(), Path("/dev/null"), tmp_path / "none.elf")
    with pytest.raises((SourceLost, OSError)):
        Line(board.port)
    board.close()


def compiled(tmp_path: Path, kind: BoardKind, *said: str) -> Path:
    """The firmware with other settings."""
    elf = tmp_path / f"{kind}.elf"
    subprocess.run(["make", "-s", "-C", FIRMWARE, f"BUILD={tmp_path}", *said, elf], check=True)
    return elf
