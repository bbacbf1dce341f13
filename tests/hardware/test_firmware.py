"""The firmware as it is compiled: its size, its frames, and what it does in a simulated chip."""

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from msgspec import Struct
from tests.hardware.board_line import Feed, Line, Rows, rows_of, write_feed

from softshoe.errors import SourceLost
from softshoe.events import Array
from softshoe_hw.messages import AskHello, Hello, Pulse, Samples, Start, Status, Stop
from softshoe_hw.simulated_boards.board import BoardOptions, SimulatedBoard
from softshoe_hw.simulated_boards.building import HARDWARE, BoardKind, Built, build, why_not

FIRMWARE = HARDWARE / "firmware"
FLASH_BYTES, RAM_BYTES = 32_256, 2048
STACK_BYTES = 400
OTHER_COMPILERS = 0.02
HELD_S = 0.02
BOOT_CYCLES = 8000
CONVERSION_S = 55e-6
PPM = 400
"""Of a crystal: so a deck's samples come at every phase of what else its chip does."""
AMBIGUOUS_S = 0.5e-3
UNREAD_S = 2.0
"""More than the kernel keeps for somebody who does not read."""
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
        line = Line(board.port)
        open_boards.append((board, line))
        line.hear(1, Hello)  # sooner it hears nothing
        return board, line

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


class Chip(Struct, frozen=True, kw_only=True):
    """Whose clock begins when its program has, and is as good as its crystal."""

    hz: int = 16_000_000
    ppm: int = 0

    def taken_s(self, rows: Rows) -> Array:
        """When each value was taken, in the feed's time: eight channels follow each other."""
        channels = rows.values.shape[1]
        apart_s = CONVERSION_S if channels == 8 else 0.0
        board_s = rows.device_s[:, None] + BOOT_CYCLES / self.hz + apart_s * np.arange(channels)
        return board_s / (1 + self.ppm * 1e-6)


def wrong_values(rows: Rows, feed: Feed, chip: Chip) -> int:
    """How many are not what was fed when they were taken; near a change either may be."""
    taken_s = chip.taken_s(rows)
    early, late = feed.at(taken_s - AMBIGUOUS_S), feed.at(taken_s + AMBIGUOUS_S)
    return int(((rows.values != early) & (rows.values != late)).sum())


def assert_all_as_fed(line: Line, feed: Feed, frames: int, rate_hz: int, chip: Chip) -> None:
    rows = rows_of(line.hear(frames), rate_hz)
    assert (line.damaged, line.missing, line.refused) == (0, 0, [])
    assert (rows.index == np.arange(len(rows.index))).all()
    assert np.allclose(np.diff(rows.device_s), 1 / rate_hz, atol=50e-6)
    assert wrong_values(rows, feed, chip) == 0
    assert len(np.unique(rows.values[:, 0])) > 10
    assert all(status.overruns == 0 for status in line.of(Status))


# --- as it is built --------------------------------------------------------------------------


def sizes_in(text: str) -> dict[str, list[int]]:
    """Bytes of flash and RAM of each board."""
    lines = re.findall(r"(\w+) +flash +(\d+) of 32256 bytes +RAM +(\d+) of 2048 bytes", text)
    return {board: [int(flash), int(ram)] for board, flash, ram in lines}


def test_firmware_fits_the_chip_and_its_readme_tells_the_sizes(built: Built) -> None:
    said = subprocess.run(
        ["make", "-s", "-C", FIRMWARE, "sizes"], check=True, capture_output=True, text=True
    ).stdout
    sizes = sizes_in(said)
    assert list(sizes) == ["insole", "deck"]
    for flash, ram in sizes.values():
        assert 1000 < flash < FLASH_BYTES / 2
        assert 200 < ram < RAM_BYTES - STACK_BYTES
    told = sizes_in((FIRMWARE / "README.md").read_text(encoding="utf-8"))
    assert list(told.values()) == [
        pytest.approx(each, rel=OTHER_COMPILERS) for each in sizes.values()
    ]


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
    _, line = plug(feed, kind=kind, fast=True, hold=True, crystal_ppm=PPM)
    line.say(Start(rate_hz))
    assert_all_as_fed(line, feed, 800, rate_hz, Chip(ppm=PPM))


@pytest.mark.long
@pytest.mark.parametrize(("kind", "rate_hz"), RATES)
def test_ten_thousand_frames_are_what_was_fed(
    plug: Plug, tmp_path: Path, kind: BoardKind, rate_hz: int
) -> None:
    feed = a_feed(tmp_path / "feed", kind, 110.0)
    _, line = plug(feed, kind=kind, fast=True, hold=True, crystal_ppm=PPM)
    line.say(Start(rate_hz))
    assert_all_as_fed(line, feed, 10_000, rate_hz, Chip(ppm=PPM))


@pytest.mark.parametrize("kind", ["insole", "deck"])
def test_a_slower_chip_will_do(plug: Plug, tmp_path: Path, kind: BoardKind) -> None:
    """At 3.3 V an ATmega328P runs at 8 MHz."""
    elf = compiled(tmp_path, kind, "F_CPU=8000000")
    feed = a_feed(tmp_path / "feed", kind, 4.0)
    _, line = plug(feed, elf, kind=kind, fast=True, hold=True, cpu_hz=8_000_000)
    line.say(Start(1000))
    assert_all_as_fed(line, feed, 300, 1000, Chip(hz=8_000_000))


@pytest.mark.parametrize(("rate_hz", "rows"), [(50, 1), (100, 1), (250, 2), (500, 5), (1000, 5)])
def test_no_sample_waits_longer_than_ten_milliseconds(plug: Plug, rate_hz: int, rows: int) -> None:
    _, line = plug(fast=True)
    line.say(Start(rate_hz))
    samples = line.hear(10)
    assert {len(each.values) for each in samples} == {rows}
    apart_us = np.diff([each.device_us for each in samples])
    assert set(apart_us.tolist()) == {rows * 1_000_000 // rate_hz}


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
    _, line = plug(fast=True)
    line.write(bytes(range(256)) * 3 + b"\0\2\0\0\x82")
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
    assert wrong_values(rows, feed, Chip()) == 0


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
    board, line = plug(right=True)
    line.say(Start(500))
    line.hear(20)
    getattr(board, what)()
    hellos = line.hear(len(line.of(Hello)) + 1, Hello)
    assert hellos[-1] == hellos[0]
    before = len(line.of(Samples))
    line.say(Start(500))
    assert line.hear(before + 5)[before].index == 0


def test_nobody_has_to_read(plug: Plug) -> None:
    """What does not fit is lost; who comes later is in step at once."""
    _, line = plug()
    line.say(Start(1000))
    line.hear(1)
    time.sleep(UNREAD_S)
    line.hear(round(UNREAD_S * 1000 / 5))
    line.say(AskHello())
    line.hear(len(line.of(Hello)) + 1, Hello)
    rows = rows_of(line.of(Samples), 1000)
    assert line.damaged <= 1
    assert rows.index[-1] + 1 > len(rows.index) + 100


def test_a_board_without_firmware_does_not_start(built: Built, tmp_path: Path) -> None:
    with pytest.raises(SourceLost, match="insole board did not start"):
        SimulatedBoard(built, BoardOptions(), Path("/dev/null"), tmp_path / "none.elf")


def compiled(tmp_path: Path, kind: BoardKind, *said: str) -> Path:
    """The firmware with other settings."""
    elf = tmp_path / f"{kind}.elf"
    subprocess.run(["make", "-s", "-C", FIRMWARE, f"BUILD={tmp_path}", *said, elf], check=True)
    return elf
