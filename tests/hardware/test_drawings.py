"""The drawings: their pins are the firmware's and the example's, their sole is the default layout.

And the udev rules: what they hold, and that udev itself understands them where it can say so.
"""

import re
import shutil
import subprocess
import tomllib
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from softshoe.calibrating.deck import MARK
from softshoe_hw.insole_layout import DEFAULT_SENSORS

HOUSE = Path(__file__).parents[2]
WIRING = HOUSE / "hardware" / "wiring"
FIRMWARE = HOUSE / "hardware" / "firmware"
RULES = HOUSE / "hardware" / "udev" / "99-softshoe.rules"
DRAWINGS = sorted(WIRING.glob("*.svg"))
HEADER = {5: 29, 6: 31, 13: 33, 17: 11, 18: 12, 22: 15, 23: 16, 24: 18, 27: 13}
ARDUINO = {"PB": 8, "PD": 0}  # PB0 is D8, PD0 is D0


def texts(name: str) -> list[str]:
    tree = ET.parse(WIRING / f"{name}.svg")
    return [element.text or "" for element in tree.iter("{http://www.w3.org/2000/svg}text")]


def code(*parts: str) -> str:
    return "\n".join((FIRMWARE / part).read_text() for part in parts)


def arduino_pins(source: str) -> set[str]:
    """The digital pins that a firmware file names, as an Arduino's print says them."""
    return {f"D{ARDUINO[port] + int(bit)}" for port, bit in re.findall(r"\b(PB|PD)(\d)\b", source)}


def digital(name: str) -> set[str]:
    return {text for text in texts(name) if re.fullmatch(r"D\d+", text)}


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_stands_by_itself(path):
    root = ET.parse(path).getroot()
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert names[1:3] == ["title", "desc"]
    assert not {"script", "image", "foreignObject", "a"} & set(names)
    assert not [text for text in texts(path.stem) if not text.strip()]


def test_the_insole_s_pins_are_the_firmware_s():
    sampler = code("insole/sampler.c")
    assert "channel = 0" in sampler
    assert "CHANNELS = 8" in code("insole/kind.h")
    assert [t for t in texts("insole") if re.fullmatch(r"A\d", t)] == [f"A{n}" for n in range(8)]
    assert digital("insole") == arduino_pins(sampler) | arduino_pins(code("pulse.c"))
    assert {"D4", "D8"} == digital("insole")


def test_the_deck_s_pins_are_the_firmware_s():
    miso = {"D12"}  # an input by itself: the firmware never names it
    used = arduino_pins(code("deck/spi.c", "deck/sampler.c", "pulse.c"))
    assert digital("deck") == used | miso == {"D2", "D8", "D10", "D11", "D12", "D13"}
    lines = dict(zip(texts("deck")[:-1], texts("deck")[1:], strict=True))
    assert (lines["CS"], lines["SCLK"], lines["DIN"]) == ("D10", "D13", "D11")
    assert (lines["DOUT"], lines["DRDY"]) == ("D12", "D2")
    cells = [text for text in texts("deck") if re.fullmatch("[fr][lr]", text)]
    assert re.findall(r'\\"([fr][lr])\\"', code("deck/sampler.c")) == cells


def test_the_sole_is_the_default_layout():
    said = texts("sole")
    for number, sensor in enumerate(DEFAULT_SENSORS):
        at = said.index(f"A{number}")
        row = [str(number + 1), f"A{number}", sensor.name, f"{sensor.x_pct:g}", f"{sensor.y_mm:g}"]
        assert [text.replace("−", "-") for text in said[at - 1 : at + 4]] == row
    insole = [text for text in texts("insole") if re.match(r"\d \w", text)]
    assert insole == [f"{n + 1} {sensor.name}" for n, sensor in enumerate(DEFAULT_SENSORS)]


def test_the_pi_s_pins_are_the_example_s():
    text = (HOUSE / "daemon" / "softshoe.example.toml").read_text()
    text = text.partition("[belt]")[2].partition("[session]")[0]
    example = tomllib.loads("[belt]" + re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE))
    lamps = example["lamps"]
    pins = [lamps["status_pin"], lamps["left_pin"], lamps["right_pin"]]
    pins += [example[table]["pin"] for table in ("buzzer", "button", "belt")]
    drawn = [text for text in texts("panel") if re.fullmatch(r"GPIO \d+", text)]
    assert drawn == [f"GPIO {pin}" for pin in pins]
    said = texts("panel")
    assert all(said[said.index(f"GPIO {pin}") + 1] == f"header {HEADER[pin]}" for pin in pins)
    red, green, blue = lamps["rgb_pins"]
    numbers = f"{HEADER[red]}, {HEADER[green]} and {HEADER[blue]}"
    assert any(f"GPIO {red}, {green}, {blue}" in t and numbers in t for t in said)
    assert "or GPIO 24" in texts("belt-roller")


def test_the_rules_keep_modem_manager_away_and_let_the_group_in():
    lines = [line for line in RULES.read_text().splitlines() if line and line[0] != "#"]
    pair = re.compile(r'[A-Z]+(\{\w+\})?(==|!=|\+=|=)"[^"]*"')
    for line in lines:
        assert all(pair.fullmatch(part) for part in re.split(r",\s*", line)), line
    text = "\n".join(lines)
    assert 'ENV{ID_MM_DEVICE_IGNORE}="1"' in text
    assert 'GROUP="dialout", MODE="0660"' in text
    assert len(set(re.findall(r'idProduct}=="(\w{4})"', text))) == text.count("idProduct")
    assert set(re.findall(r'GOTO="(\w+)"', text)) == set(re.findall(r'LABEL="(\w+)"', text))


def test_udev_understands_the_rules():
    udevadm = shutil.which("udevadm")
    asked = udevadm and subprocess.run([udevadm, "verify", "--help"], capture_output=True)
    if not asked or asked.returncode:
        pytest.skip("this udevadm has no verify; systemd 254 and newer do")
    done = subprocess.run([udevadm, "verify", RULES], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def boxes(name: str) -> list[tuple[str, float, float, float, float]]:
    """Of each text that stands upright: left, top, right and bottom, as DejaVu Sans draws it."""
    sizes = {"title": (21, "bold"), "pin": (14, "bold"), "small": (12.5, "normal")}
    found = []
    for element in ET.parse(WIRING / f"{name}.svg").iter("{http://www.w3.org/2000/svg}text"):
        if element.get("transform"):
            continue
        text, (size, weight) = element.text, sizes.get(element.get("class"), (15, "normal"))
        font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
        width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
        x, y = float(element.get("x")), float(element.get("y"))
        left = x - width * {"end": 1.0, "middle": 0.5}.get(element.get("text-anchor"), 0.0)
        found.append((text, left, y - 0.75 * size, left + width, y + 0.2 * size))
    return found


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_every_text_can_be_read(path):
    _, _, width, height = map(float, ET.parse(path).getroot().get("viewBox").split())
    found = boxes(path.stem)
    cut = [t for t, *box in found if min(box) < 8 or box[2] > width - 8 or box[3] > height - 8]
    assert not cut
    over = [
        (one[0], two[0])
        for one, two in combinations(found, 2)
        if one[1] < two[3] and two[1] < one[3] and one[2] < two[4] and two[2] < one[4]
    ]
    assert not over


def test_the_marks_on_the_deck_are_those_of_the_calibration():
    root = ET.parse(WIRING / "deck-corners.svg").getroot()
    svg = "{http://www.w3.org/2000/svg}"
    cells = [(float(c.get("cx")), float(c.get("cy"))) for c in root.iter(f"{svg}circle")][:4]
    marks = [
        tuple(map(float, re.match(r"M([\d.]+) ([\d.]+)", p.get("d")).groups()))
        for p in root.iter(f"{svg}path")
        if p.get("class") == "mark"
    ][:5]
    half = 9  # a mark begins at its upper left end
    marks = [(x + half, y + half) for x, y in marks]
    middle = marks[4]
    for cell, mark in zip(cells, marks, strict=False):
        way = [(m - c) / (e - c) for e, m, c in zip(cell, mark, middle, strict=True)]
        assert way == pytest.approx([MARK, MARK], abs=0.01)
    assert f"{MARK:g} of the way" in " ".join(texts("deck-corners"))
    names = [text for text in texts("deck-corners") if re.fullmatch("[fr][lr]", text)]
    assert names[:4] == names[4:] == re.findall(r'\\"([fr][lr])\\"', code("deck/sampler.c"))
    xs, ys = zip(*cells, strict=True)
    assert xs[0] == xs[2] < xs[1] == xs[3], "left is the runner's left, who looks up the page"
    assert ys[0] == ys[1] < ys[2] == ys[3], "front is up"
