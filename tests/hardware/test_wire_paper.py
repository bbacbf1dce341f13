"""hardware/wire.md says what the decoder does: its examples, tables and figures."""

import re
from pathlib import Path

import msgspec
import numpy as np
import pytest
from cobs import cobs
from tests.hardware.frame_vectors import INSOLE

from softshoe_hw import messages
from softshoe_hw.board_streams import role_of
from softshoe_hw.frames import END, LARGEST, decode, encode
from softshoe_hw.messages import Hello, Message, Pulse, Samples, Start, Status, write_message

PAGE = (Path(__file__).parents[2] / "hardware" / "wire.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"^(HELLO\?|[A-Z0-9]+) number (?:(?!```).)*```text\n"
    r"wire +([\da-f ]+)\nframe +([\da-f ]+)\n```",
    re.MULTILINE | re.DOTALL,
)
EXAMPLES = [
    (name, bytes.fromhex(wire), bytes.fromhex(frame)) for name, wire, frame in EXAMPLE.findall(PAGE)
]
MEANT: dict[str, Message] = {
    "HELLO": INSOLE,
    "HELLO?": messages.AskHello(),
    "START": Start(500),
    "SAMPLES": Samples(1000, 7_000_000, np.array([[0, 0, 12, 3, 260, 511, 1000, 87]])),
    "SAMPLES24": Samples(
        1000, 7_000_000, np.array([[1200, -1200, 345_678, -8_388_608]]), wide=True
    ),
    "STATUS": Status(overruns=0),
    "PULSE": Pulse(7_250_000, 42),
    "STOP": messages.Stop(),
}
KINDS = ("HELLO", "SAMPLES", "SAMPLES24", "STATUS", "PULSE", "HELLO?", "START", "STOP")


def section(heading: str) -> str:
    return PAGE.split(f"# {heading}\n")[1].split("\n#")[0]


def rows(heading: str) -> list[list[str]]:
    """The cells of a section's tables, without their heads."""
    lines = re.findall(r"^\| (.*) \|$", section(heading), re.MULTILINE)
    return [line.split(" | ") for line in lines[1:] if not line.startswith("what")]


def test_the_examples_are_frames_of_what_they_are_said_to_be():
    assert [name for name, _, _ in EXAMPLES] == [name for name in MEANT if name != "HELLO"]
    for name, wire, frame in EXAMPLES:
        assert wire == cobs.encode(frame) + END
        assert [each.sequence for each in decode(wire).frames] == [frame[1]]
        assert encode(MEANT[name], frame[1]) == wire
        words = PAGE.split(f"\n{name} number ")[1].split("```")[0]
        assert words.startswith(str(frame[1]))


def test_the_table_of_messages_is_the_code_s():
    for kind, name, sender, _ in rows("The messages"):
        number = int(kind.strip("`"), 16)
        assert write_message(MEANT[name])[0] == number
        assert sender == ("host" if number & 0x80 else "board")
    assert [name for _, name, *_ in rows("The messages")] == list(KINDS)


@pytest.mark.parametrize(("heading", "kind"), [("HELLO", Hello), ("STATUS", Status)])
def test_every_key_of_a_text_is_told(heading, kind):
    fields = msgspec.structs.fields(kind)
    told = dict(rows(heading)[: len(fields)])
    assert list(told) == [f"`{field.name}`" for field in fields]


def test_what_a_hello_may_leave_out_is_told():
    told = {key.strip("`") for key, what in rows("HELLO") if "left out" in what}
    assert told | {"v"} == {one.name for one in msgspec.structs.fields(Hello) if not one.required}


def test_the_hello_on_the_page_is_one():
    text = section("HELLO").split("```json\n")[1].split("\n```")[0]
    assert msgspec.json.decode(text, type=Hello) == INSOLE
    assert write_message(INSOLE)[1] == text.encode()


@pytest.mark.parametrize(
    ("channels", "role"),
    [
        ("l1 l2 … lN", "left"),
        ("r1 r2 … rN", "right"),
        ("l1 … lN r1 … rN", "insoles"),
        ("fl fr rl rr", "deck"),
        ("fz", "deck"),
    ],
)
def test_channels_say_what_a_board_is(channels, role):
    assert f"| `{channels}` |" in section("HELLO")
    full = re.sub(r"([lr])1( [lr]2)? … [lr]N", r"\g<1>1 \g<1>2 \g<1>3", channels)
    hello = Hello(board="b", id="i", rate_hz=500, bits=10, channels=tuple(full.split()))
    assert role_of(hello) == role


def test_the_limits_are_the_code_s():
    assert f"at most {LARGEST} bytes" in PAGE
    assert PAGE.count(f"JSON of at most {messages.LARGEST_TEXT} bytes") == 2
    assert f"version {messages.VERSION}" in PAGE.partition("\n")[0]


@pytest.mark.parametrize("rate_hz", [500, 1000])
@pytest.mark.parametrize(("board", "channels"), [("insole", 8), ("deck", 4)])
def test_how_much_it_is(board, channels, rate_hz):
    counts = np.full((5, channels), 0x010101 if board == "deck" else 0x0101)
    size = len(encode(Samples(0x01010101, 0x01010101, counts, wide=board == "deck"), 1))
    told = {name: (frame, second) for name, frame, second in rows("How much it is")}
    a_second = f"{size * rate_hz // 5:,}".replace(",", " ")
    assert told[f"{board}, {channels} channels, {rate_hz} Hz"] == (str(size), a_second)
