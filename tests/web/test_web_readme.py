"""What web/README.md says about routes, headers and limits is what the code does."""

import re
from pathlib import Path

from softshoe.settings import WebSettings
from softshoe.store import guests, tablets
from softshoe_web import api, bodies, listener, live, logins, throttle, waitress_server
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


def test_times_of_people_are_told() -> None:
    text = " ".join(README.split())
    for words, number in (
        ("can be claimed for 15 minutes", guests.CLAIM_S == 15 * 60),
        ("which are kept for 24 h", guests.KEPT_S == 24 * 3600),
        ("six digits that is valid for ten minutes", tablets.CODE_S == 600),
        ("after ten minutes without a request", logins.IDLE_S == 600),
        ("for a minute that tablet may answer", logins.STILL_S == 60),
        ("Five wrong tries a minute", throttle.FREE == 5),
        ("after 1, 2, 4 minutes and so on up to 15", throttle.FIRST_WAIT_S == 60),
        ("and so on up to 15", throttle.LONGEST_WAIT_S == 15 * 60),
        ("JSON nested 20 deep", bodies.DEPTH == 20),
    ):
        assert words in text, words
        assert number, words
