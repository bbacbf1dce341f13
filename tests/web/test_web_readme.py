"""What web/README.md says about routes, headers and limits is what the code does."""

import re
from pathlib import Path

from softshoe.settings import WebSettings
from softshoe_web import api, listener, live, waitress_server
from softshoe_web.guard import HEADERS

from .stage import idle_app

HOUSE = Path(__file__).parents[2]
README = (HOUSE / "web" / "README.md").read_text()


def rows(heading: str) -> dict[str, str]:
    """First and second cell of the last table under a heading."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    table = section.rsplit("|---|---|\n", 1)[1]
    found = re.findall(r"^\| `([^`]+)` \| (.+) \|$", table, re.MULTILINE)
    return {first: second.strip("`") for first, second in found}


def test_every_route_is_told() -> None:
    app = idle_app()
    rules = {re.sub(r"<\w+:", "<", rule.rule) for rule in app.url_map.iter_rules()}
    assert set(rows("Routes")) == rules


def test_every_header_is_told() -> None:
    assert rows("Who is answered") == HEADERS


def test_every_file_that_is_named_is_there() -> None:
    for name in re.findall(r"`(web/[\w./]+)`", README):
        assert (HOUSE / name).exists() or name == "web/softshoe_web/static", name


def test_limits_are_told() -> None:
    settings = WebSettings()
    for words in (
        f"| {settings.max_streams} live streams, {settings.max_streams_per_address} from one",
        f"a body of {waitress_server.BODY_BYTES // 1024} kB",
        f"headers of {waitress_server.HEADER_BYTES // 1024} kB",
        f"nothing for {listener.UNREAD_MS // 1000} s",
        f"the last {live.FRAMES} events",
        f"`limit` (≤ {api.SESSIONS_PER_PAGE})",
        f"`limit` (≤ {api.STEPS_PER_PAGE})",
    ):
        assert words in README, words
