"""What the doctor says about boards: those that answer from memory, on a clock by hand."""

import os
import re
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from tests.daemon.board_in_memory import (
    BoardInMemory,
    NobodyThere,
    ThreadsClock,
    at_rest,
    deck,
    insole,
    refuses,
    silent,
)

from softshoe.commands.board_checks import check_boards, may_use
from softshoe.commands.checks import check_gpio
from softshoe.settings import BoardSettings, SourceSettings

TWO_FEET = SourceSettings(
    kind="boards", board=(BoardSettings(role="left"), BoardSettings(role="right"))
)


class Bench:
    """A machine whose serial ports are what the test puts on them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = ThreadsClock()
        self._links: dict[str, object] = {}
        (root / "dev" / "serial" / "by-id").mkdir(parents=True)

    def plug(self, link: object) -> str:
        number = len(self._links)
        port = self.root / "dev" / f"ttyUSB{number}"
        port.touch()
        (self.root / "dev" / "serial" / "by-id" / f"usb-{number}").symlink_to(port)
        self._links[str(port)] = link
        return str(port)

    def open(self, port: str, baud: int) -> object:
        link = self._links[port]
        if isinstance(link, Exception):
            raise link
        return link

    def findings(self, source: SourceSettings = TWO_FEET, **options: object):
        check = partial(check_boards, open_link=self.open, **options)
        return list(check(source, self.clock, self.root))

    def said(self, *sources: SourceSettings, **options: object) -> list[str]:
        return [
            f"{one.level}: {one.text.replace(str(self.root), '')}"
            for one in self.findings(*sources, **options)
        ]


@pytest.fixture
def bench(tmp_path) -> Bench:
    return Bench(tmp_path)


def both_feet(bench: Bench, right: BoardInMemory | None = None) -> None:
    bench.plug(BoardInMemory(insole("left"), at_rest(), bench.clock))
    bench.plug(right or BoardInMemory(insole("right"), at_rest(), bench.clock))


def test_two_boards_that_are_well(bench):
    both_feet(bench)
    said = bench.said()
    assert {line[:3] for line in said} == {"ok:"}
    assert said[0] == "ok: insole-left: left, insole-avr 1.0.0 on /dev/ttyUSB0"
    assert re.match(r"ok: insole-left: 499\.[3-7] of 500 samples/s, jitter 0\.", said[1])
    assert said[1].endswith(" ms, none lost")
    assert said[2].startswith("ok: insole-left: noise in counts l1 0.7, l2 0.")
    assert said[3].startswith("ok: insole-right: right")
    assert len(said) == 6


def test_a_board_is_told_to_stop_and_its_port_is_closed(bench):
    board = BoardInMemory(insole("left"), at_rest(), bench.clock)
    bench.plug(board)
    bench.findings()
    assert board.closed
    assert board._began_s is None


def test_a_deck_with_24_bits(bench):
    level = 4_000_000.0
    bench.plug(BoardInMemory(deck(), at_rest(level, 400.0), bench.clock))
    assert bench.said(SourceSettings())[2].startswith("ok: deck: noise in counts fl 39")
    bench.plug(BoardInMemory(deck(), at_rest(level, 400.0, c2=9000.0), bench.clock))
    (warned,) = [line for line in bench.said(SourceSettings()) if "noisy" in line]
    assert warned.startswith("warn: deck: rl is noisy")


@pytest.mark.parametrize(
    ("signal", "level", "said"),
    [
        (at_rest(c4=9.0), "warn", "insole-right: r5 is noisy: look at its solder joints"),
        (at_rest(level=1023, noise=0.0), "fail", "insole-right: r1 is at the end of its range"),
        (at_rest(level=412, c0=0.0), "warn", "insole-right: r1 stands still at 412: press it"),
    ],
)
def test_a_channel_that_is_not_right_is_named(bench, signal, level, said):
    both_feet(bench, BoardInMemory(insole("right"), signal, bench.clock))
    (found, *_) = [one for one in bench.findings() if one.level != "ok"]
    assert (found.level, found.text[: len(said)]) == (level, said)


def test_a_sensor_that_nobody_presses_reads_nothing_and_is_well(bench):
    both_feet(bench, BoardInMemory(insole("right"), at_rest(level=0, noise=0.0), bench.clock))
    assert {one.level for one in bench.findings()} == {"ok"}


def test_somebody_who_steps_on_a_sensor_makes_no_noise(bench):
    def stepped(rows, random):
        values = at_rest()(rows, random)
        values[:, 2] += np.where((rows > 900) & (rows < 1000), 500, 0)
        return values

    both_feet(bench, BoardInMemory(insole("right"), stepped, bench.clock))
    assert {one.level for one in bench.findings()} == {"ok"}


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        ({"lost": 1}, " lost; close what keeps this machine busy"),
        ({"damaged_every": 40}, "bad frames: take a shorter cable, away from the motor's"),
        ({"overruns": 7}, "it was too slow for 7: set a lower rate_hz"),
    ],
)
def test_what_is_lost_on_the_way(bench, faults, said):
    both_feet(bench, BoardInMemory(insole("right"), at_rest(), bench.clock, **faults))
    (found,) = [one for one in bench.findings() if one.level != "ok"]
    assert found.level == "warn"
    assert said in found.text


def test_two_boards_of_one_foot(bench):
    both_feet(bench, BoardInMemory(insole("left", id="other"), at_rest(), bench.clock))
    jumper = "close the jumper on D4 of the right foot's board"
    assert [line for line in bench.said() if line[:2] != "ok"] == [
        f"fail: insole-left and other both say left: {jumper}",
        "fail: right: no board answers; `softshoe run` waits for it",
    ]


def test_a_board_of_another_id_is_not_the_one(bench):
    both_feet(bench)
    wanted = SourceSettings(
        kind="boards",
        board=(BoardSettings(role="left", id="mine"), BoardSettings(role="right")),
    )
    assert bench.said(wanted)[-1] == (
        "fail: left (mine): no board answers; `softshoe run` waits for it"
    )


def test_nothing_is_plugged_in(bench):
    assert bench.said(SourceSettings()) == ["ok: none is plugged in"]
    assert bench.said()[0] == (
        "fail: nothing is plugged in; some cables only charge: lsusb shows what is there"
    )


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (silent, "nothing that speaks softshoe's protocol answers"),
        (partial(silent, said=b"\x07garbage\x00"), "no frame arrives whole: check the cable and"),
        (lambda clock: refuses("/dev/ttyUSB0"), "cannot be opened: another program has it open"),
        (
            lambda clock: BoardInMemory(insole("left", channels=("x", "y")), at_rest(), clock),
            "insole-left has channels that fit no rig: x, y",
        ),
    ],
)
def test_ports_on_which_no_board_can_be_used(bench, link, said):
    bench.plug(link(bench.clock))
    first = bench.said(SourceSettings())[0]
    assert first.startswith("warn: /dev/ttyUSB0")
    assert said in first


def test_a_board_that_says_only_who_it_is(bench):
    def nothing(rows, random):
        return np.zeros((len(rows), 5), np.int64)

    bench.plug(BoardInMemory(insole("left"), nothing, bench.clock))
    assert "it sends 5 values a sample where 8 channels belong" in bench.said()[0]


def test_a_port_that_this_user_may_not_use_has_the_command_that_helps(bench):
    port = bench.plug(NobodyThere(bench.clock, b""))
    group = Path(port).group()
    first = bench.said(may_use=lambda port: False)[0]
    expected = f"no permission; sudo usermod -aG {group} $USER, then log in again"
    assert first == f"fail: /dev/ttyUSB0: {expected}"


def test_whether_a_port_may_be_used(tmp_path):
    assert may_use("socket://10.0.0.9:4000")
    assert may_use(str(tmp_path))
    assert os.geteuid() == 0 or not may_use("/etc/shadow")


def test_modem_manager_is_noticed_unless_the_rules_are_there(bench):
    process = bench.root / "proc" / "812"
    process.mkdir(parents=True)
    (process / "comm").write_text("ModemManager\n")
    both_feet(bench)
    assert bench.said()[0] == (
        "warn: ModemManager disturbs boards; sudo systemctl disable --now ModemManager"
    )
    rules = bench.root / "etc" / "udev" / "rules.d"
    rules.mkdir(parents=True)
    (rules / "99-softshoe.rules").touch()
    assert bench.said()[0].startswith("ok:")


def test_a_board_that_only_prints_lines_is_not_asked(bench):
    port = bench.plug(refuses("never opened"))
    board = BoardSettings(role="left", format="csv", port=port)
    other = BoardSettings(role="right", format="csv", port="/dev/ttyUSB9")
    assert sorted(bench.said(SourceSettings(kind="boards", board=(board, other)))) == [
        "fail: /dev/ttyUSB9: it is not there; see [[source.board]] port",
        "ok: /dev/ttyUSB0: prints lines, so it cannot be asked who it is",
    ]


def test_pins_that_are_named_want_gpio(tmp_path):
    (found,) = check_gpio({17, 5}, tmp_path)
    assert (found.level, found.text) == ("warn", "none here, so GPIO 5, 17 stay unused")
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "gpiochip0").touch()
    texts = [one.text for one in check_gpio({17}, tmp_path)]
    assert texts[0] == "gpiochip0"
    assert texts[-1] == "no lgpio: sudo apt-get install -y python3-lgpio"
