"""The feed's README says what the code does."""

import re
from pathlib import Path

import pytest

from softshoe import feed
from softshoe.feed.broker import HOST
from softshoe.feed.commands import FRESH_S as COMMAND_S
from softshoe.feed.contract import FRESH_S, TOPICS, VERSION
from softshoe.feed.home_assistant import EXPIRES_S
from softshoe.feed.inbox import LARGEST_BYTES
from softshoe.feed.record import LAST_MINUTE, RATE_PER_S

README = Path(next(iter(feed.__path__)), "README.md").read_text()


def test_the_topics_are_those_of_the_contract() -> None:
    rows = re.findall(r"^\| `([\w/]+)` \| (\d) \| (yes|no) \|", README, re.MULTILINE)
    told = {(path, int(qos), retained == "yes") for path, qos, retained in rows}
    assert told == {(topic.path, topic.qos, topic.retain) for topic in TOPICS}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ('"v": 1', VERSION == 1),
        ("30 s after it last changed", EXPIRES_S == 30),
        ("the last 200 entries again", LAST_MINUTE == 200),
        ("larger than 4096 bytes", LARGEST_BYTES == 4096),
        ("not within 10 s of", COMMAND_S == 10.0),
        ("not sent when it is older than 2 s", FRESH_S == 2.0),
        ("at up to 200 a second", RATE_PER_S == 200.0),
        ("listens on 127.0.0.1 alone", HOST == "127.0.0.1"),
    ],
)
def test_the_numbers_are_those_of_the_code(words: str, number: bool) -> None:
    assert words in " ".join(README.split())
    assert number
