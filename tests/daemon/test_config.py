"""softshoe.toml: every mistake at once, each with its line; nothing but ConfigError."""

import contextlib
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softshoe.config import Config, load
from softshoe.errors import ConfigError
from softshoe.settings import BoardSettings

EXAMPLE = Path(__file__).parents[2] / "daemon" / "softshoe.example.toml"


def written(folder: Path, text: str) -> Path:
    path = folder / "softshoe.toml"
    path.write_text(text)
    return path


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(written(folder, text))
    return [line.partition("softshoe.toml:")[2] for line in str(caught.value).splitlines()]


def test_an_empty_file_means_the_defaults(tmp_path):
    assert load(written(tmp_path, "")) == Config()


def test_the_example_says_the_defaults():
    assert load(EXAMPLE) == Config()


def test_the_example_names_every_key_in_its_table():
    tables = re.split(r"^(?:# \[)?\[([\w.]+)\]+$", EXAMPLE.read_text(), flags=re.MULTILINE)[1:]
    named = {
        table: set(re.findall(r"^(?:# )?(\w+) = ", text, flags=re.MULTILINE))
        for table, text in zip(tables[::2], tables[1::2], strict=True)
    }
    known = {
        field.name: {key.name for key in msgspec.structs.fields(field.type)}
        for field in msgspec.structs.fields(Config)
    }
    known["source"].remove("board")
    known["source.board"] = {key.name for key in msgspec.structs.fields(BoardSettings)}
    assert named == known


BOARDS = """\
[source]
kind = "boards"

[[source.board]]
role = "left"
baud = 115200

[[source.board]]
role = "right"
"""


def test_boards_are_entries_of_a_list(tmp_path):
    left, right = load(written(tmp_path, BOARDS)).source.board
    assert (left.role, left.baud, right.role, right.rate_hz) == ("left", 115200, "right", 500)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            BOARDS.replace("right", "rihgt"),
            "9: role: must be one of deck, insoles, left, right",
        ),
        (BOARDS + "buad = 9600\n", "10: unknown key buad; did you mean baud?"),
        (BOARDS + 'port = "COM3"\n', "10: port: "),
        (
            BOARDS + 'format = "csv"\n',
            '8: [source.board]: format is "csv", so port must be given: such a board has no name',
        ),
        (
            BOARDS.replace("right", "left"),
            "8: [source]: boards can be a deck, and insoles or both left and right, once each",
        ),
        (
            '[source]\nkind = "boards"\n',
            '1: [source]: kind is "boards", so there must be a [[source.board]]',
        ),
        (
            '[source]\nboard = [{role = "left"}, {rate_hz = 1}]\n',
            "2: rate_hz: expected a whole number >= 50",
        ),
        ("[source]\nboard = 3\n", "2: board: expected a list, got a whole number"),
        ("[source]\nboard = [3]\n", "2: board: expected a table, got a whole number"),
    ],
)
def test_a_problem_with_a_board_is_told_with_its_line(tmp_path, text, said):
    (line,) = problems(tmp_path, text)
    assert line.startswith(said)


def test_what_is_set_is_used(tmp_path):
    config = load(written(tmp_path, '[device]\nname = "left-one"\n[runner]\nbelt_m_s = 3\n'))
    assert config.device.name == "left-one"
    assert config.runner.belt_m_s == 3.0


def test_all_problems_are_told_at_once_in_the_order_of_lines(tmp_path):
    text = """\
[device]
name = "Left One"

[runnr]
height_mm = 1800

[web]
prot = 80
port = 99999
host = 5

[source]
kind = "simulater"
speed = nan
"""
    assert problems(tmp_path, text) == [
        "2: name: expected text of the form [a-z0-9-]{1,32}",
        "4: unknown table runnr; did you mean runner?",
        "8: unknown key prot; did you mean port?",
        "9: port: expected a whole number <= 65535",
        "10: host: expected text, got a whole number",
        "13: kind: must be one of none, simulator, recording, boards",
        "14: speed: must be a finite number",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("device = 3", "1: device: must be a table, [device]"),
        ('device.nam = "x"', "1: unknown key nam; did you mean name?"),
        ('device = {nam = "x"}', "1: unknown key nam; did you mean name?"),
        ("[session]\ndone_s = 2\n", "1: [session]: must be pause_s < done_s < silence_s"),
        (
            '\n[source]\nkind = "recording"',
            '2: [source]: kind is "recording", so recording must name a file',
        ),
        ('[zzz]\nx = "y"', "1: unknown table zzz; known are device, runner, source, "),
        ('["\\u001b[31m"]', "1: unknown table ?[31m; known are device"),
    ],
)
def test_one_problem(tmp_path, text, said):
    (line,) = problems(tmp_path, text)
    assert line.startswith(said)


@pytest.mark.parametrize("text", ["[device", "a = [" + "[" * 5000, "x = 1\nx = 2", "é" * 70_000])
def test_what_is_no_configuration_is_said_in_one_line(tmp_path, text):
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, text))
    assert len(str(caught.value).splitlines()) == 1


def test_a_file_that_is_not_text_is_named_with_its_line(tmp_path):
    path = tmp_path / "softshoe.toml"
    path.write_bytes(b"[device]\nname = '\xff'\n")
    with pytest.raises(ConfigError, match=r"softshoe.toml:2: not UTF-8"):
        load(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.toml: No such file"):
        load(tmp_path / "none.toml")


KEYS = [
    (table.name, key.name)
    for table in msgspec.structs.fields(Config)
    for key in msgspec.structs.fields(table.type)
]
VALUES = st.sampled_from(
    ["1", "-1", "0", "1e400", "nan", "inf", "true", '"x"', '""', "[]", "{}", "1979-05-27", "[[1]]"]
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6))
def test_any_values_give_a_configuration_or_a_line_for_each_wrong_key(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("config")
    text = "".join(f"{table}.{key} = {value}\n" for (table, key), value in values.items())
    path = written(folder, text)
    try:
        load(path)
    except ConfigError as error:
        for line in str(error).splitlines():
            assert re.match(rf"{re.escape(str(path))}:[1-{len(values)}]: ", line)


@given(st.text(max_size=200))
def test_any_text_gives_a_configuration_or_a_config_error(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("config") / "softshoe.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ConfigError):
        load(path)
