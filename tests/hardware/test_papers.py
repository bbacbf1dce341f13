"""What the hardware's pages say is so: files, settings, arithmetic, lamps, a sketch."""

import re
import shutil
import subprocess
from math import hypot, pi
from pathlib import Path

import msgspec
import pytest

from softshoe.calibrating.deck import MARK
from softshoe.calibrating.plan import plan_for
from softshoe.calibrations import FsrCircuit
from softshoe.config import load
from softshoe.gait.resonance import HARMLESS_FROM_HZ, REFUSED_BELOW_HZ
from softshoe.gait.scale import FSR_SATURATED
from softshoe.rigs import Rig
from softshoe.settings import BoardSettings
from softshoe_hw.board_streams import hello_of, stream_of
from softshoe_hw.csv_board import CsvBoard
from softshoe_hw.insole_layout import DEFAULT_SENSORS
from softshoe_hw.lamps import RHYTHMS
from softshoe_hw.sidecar import read_sidecar

ROOM = Path(__file__).parents[2] / "hardware"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in ROOM.glob("*.md")}
BUILD, SETUP = PAGES["build.md"], PAGES["setup.md"]


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGES[page], re.DOTALL)


def cells(text: str) -> list[list[str]]:
    """Of all table rows below their heads' rules."""
    return [line[2:-2].split(" | ") for line in text.splitlines() if line.startswith("| ")]


def plain(text: str) -> str:
    return " ".join(text.split())


# --- the map and the ways between pages ------------------------------------------------------


def test_the_map_names_every_module_once():
    named = re.findall(r"^\| `(\w+\.py|\w+/)` \|", PAGES["README.md"], re.MULTILINE)
    package = ROOM / "softshoe_hw"
    modules = {path.name for path in package.glob("*.py")} - {"__init__.py"}
    packages = {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    assert len(named) == len(set(named))
    assert set(named) == modules | packages


def test_the_door_sign_leads_to_every_page_and_drawing():
    linked = set(re.findall(r"\]\(([\w./-]+)\)", PAGES["README.md"]))
    assert linked >= set(PAGES) - {"README.md"}
    assert linked >= {f"wiring/{path.name}" for path in (ROOM / "wiring").iterdir()}


# --- settings --------------------------------------------------------------------------------


@pytest.mark.parametrize("text", blocks("setup.md", "toml"))
def test_the_settings_are_settings(text, tmp_path):
    path = tmp_path / "softshoe.toml"
    path.write_text(text)
    config = load(path)
    assert config.source.kind == "boards"
    assert config.source.board


@pytest.mark.parametrize("text", blocks("recordings.md", "toml"))
def test_the_sidecars_are_sidecars(text, tmp_path):
    path = tmp_path / "recording.toml"
    path.write_text(text)
    _, warnings = read_sidecar(path)
    assert warnings == ()


def test_every_way_to_name_a_port_is_one():
    table = SETUP.split("## Other wires")[1]
    ports = re.findall(r"`(/dev/\w+|(?:socket|rfc2217)://[\d.:]+)`", table)
    assert len(ports) == 4
    for port in ports:
        assert msgspec.convert({"role": "left", "port": port}, BoardSettings).port == port


def rig_of(*boards: BoardSettings) -> Rig:
    return Rig(tuple(stream_of(board, None) for board in boards))


def test_calibrating_takes_as_long_as_it_says():
    deck = BoardSettings(role="deck", half_length_mm=700, half_width_mm=300)
    feet = BoardSettings(role="left"), BoardSettings(role="right")
    took = [
        sum(task.ready_s + task.seconds for task in plan_for(rig, heel_drops=False, run=True))
        for rig in (rig_of(*feet), rig_of(deck), rig_of(deck, *feet))
    ]
    words = "{:.0f} s for insoles, {:.0f} s for a deck of four cells, {:.0f} s for both"
    assert words.format(*took) in plain(SETUP)


def test_the_lamps_blink_as_told():
    told = {"ready": "a short flash every 2 s", "lost": "once a second", "error": "five a second"}
    every_s = {"ready": 2.0, "lost": 1.0, "error": 0.2}
    for status, words in told.items():
        assert words in SETUP
        assert RHYTHMS[status].every_s == every_s[status]
    assert "status, steady | somebody runs" in SETUP
    assert RHYTHMS["running"].on_s == RHYTHMS["running"].every_s


# --- arithmetic ------------------------------------------------------------------------------


def ohms(text: str) -> float:
    number, unit = re.match(r"(?:R_m )?([\d.]+) (k?Ω)", text).groups()
    return float(number) * (1000 if unit == "kΩ" else 1)


def test_the_divider_s_values():
    for resistance, volts, conductance in cells(BUILD.split("R_m = 10 kΩ:")[1].split("Load")[0])[
        1:
    ]:
        r = ohms(resistance)
        assert volts == f"{3.3 * 10_000 / (10_000 + r):.3f} V"
        assert conductance == f"{1e6 / r:.0f} µS"


def test_what_the_counts_show():
    head, *rows = cells(BUILD.split("one tenth more of G adds:")[1].split("Sensors of the")[0])
    for row in rows:
        for heading, cell in zip(head[1:], row[1:], strict=True):
            ratio = ohms(heading) / ohms(row[0])
            shown = [1023 * x / (1 + x) for x in (ratio, 1.1 * ratio)]
            assert cell == f"{shown[0]:.0f} (+{shown[1] - shown[0]:.0f})"
    assert f"above {100 * FSR_SATURATED:.0f} % of the range" in plain(BUILD)
    assert f"So: **{FsrCircuit().r_m_ohm / 1000:g} kΩ**" in BUILD


def test_what_the_filter_leaves():
    section = BUILD.split("### Against what is faster")[1].split("The delay")[0]
    for rate, r, c, corner, left, folded, delay in cells(section)[1:]:
        rc_s = ohms(r) * float(c.removesuffix(" nF")) * 1e-9
        corner_hz = 1 / (2 * pi * rc_s)
        share = [100 / hypot(1, f / corner_hz) for f in (50, float(rate.split()[0]) - 50)]
        assert corner == f"{corner_hz:.0f} Hz"
        assert [left, folded] == [f"{each:.0f} %" for each in share]
        assert delay == f"{1000 * rc_s:.2f} ms"
    assert f"corner at {1 / (2 * pi * 2000 * 10e-9) / 1000:.1f} kHz" in plain(BUILD)


def test_how_stiff_a_deck_must_be():
    section = BUILD.split("### Stiff")[1].split("That is for")[0]
    head, *rows = cells(section.split("What that takes")[1])
    for row in rows:
        for heading, cell in zip(head[1:], row[1:], strict=True):
            stiffness = float(row[0].split()[0]) * (2 * pi * float(heading.split()[0])) ** 2
            assert cell == f"{stiffness / 1e6:.1f} kN/mm"
    assert f"| {HARMLESS_FROM_HZ:.0f} Hz or more |" in section
    assert f"| {REFUSED_BELOW_HZ:.0f} to {HARMLESS_FROM_HZ:.0f} Hz |" in section
    assert f"| below {REFUSED_BELOW_HZ:.0f} Hz |" in section


def test_where_the_sensors_sit_and_where_to_stand():
    section = BUILD.split("### Where the sensors sit")[1].split("Another number")[0]
    for number, (row, sensor) in enumerate(
        zip(cells(section)[1:], DEFAULT_SENSORS, strict=True), start=1
    ):
        place = [f"{sensor.x_pct:g}", f"{sensor.y_mm:g}".replace("-", "−"), sensor.zone]
        assert row == [str(number), f"A{number - 1}", f"`{sensor.name}`", *place]
    ahead, aside = MARK * 700, MARK * 300
    assert f"at {MARK:g} of the way" in plain(BUILD)
    assert f"{ahead:.0f} mm ahead or behind and {aside:.0f} mm to the side" in plain(BUILD)


def test_how_fast_a_roller_may_pulse():
    pulse = (ROOM / "firmware" / "pulse.c").read_text(encoding="utf-8")
    bounce_us = int(re.search(r"BOUNCE_US = (\d+)", pulse)[1])
    assert f"Not more than {1_000_000 // bounce_us} times a second" in plain(BUILD)
    assert f"within {bounce_us // 1000} ms of the last pulse" in plain(BUILD)


# --- the sketch ------------------------------------------------------------------------------

ARDUINO = """\
#include <cstdio>
unsigned long passed_us = 5000000;
unsigned long micros() { return passed_us += 100; }
unsigned long millis() { return passed_us / 1000; }
enum { A0 = 14, A7 = 21 };
int analogRead(int pin) { return pin * 10 + (int)(millis() % 10); }
struct {
  void begin(long) {}
  void print(char letter) { putchar(letter); }
  void print(int number) { printf("%d", number); }
  void print(unsigned long number) { printf("%lu", number); }
  void println() { printf("\\r\\n"); }
} Serial;
"""


def test_the_sketch_prints_what_a_csv_board_is_understood_by(tmp_path):
    compiler = shutil.which("g++")
    if compiler is None:
        pytest.skip("no g++ to compile the sketch with")
    [sketch] = blocks("setup.md", "cpp")
    source = tmp_path / "sketch.cpp"
    source.write_text(
        f"{ARDUINO}{sketch}\nint main() {{ setup(); while (passed_us < 7000000) loop(); }}\n"
    )
    program = tmp_path / "sketch"
    subprocess.run([compiler, "-Wall", "-Werror", "-o", program, source], check=True)
    said = subprocess.run([program], capture_output=True, check=True).stdout

    settings = BoardSettings(role="left", port="/dev/ttyUSB0", format="csv", channels=8, bits=10)
    board = CsvBoard(hello_of(settings))
    board.start(stream_of(settings, board.hello), 0, 0.0)
    given = list(board.receive(said, 1.0))
    assert board.quality.bad == 0
    samples = sum(len(block.values) for block in given)
    assert samples == said.count(b"\n") - 1 == pytest.approx(1000, abs=3)
    assert {block.values.shape[1] for block in given} == {8}
    assert [value // 10 for value in given[0].values[0]] == list(range(14, 22))
