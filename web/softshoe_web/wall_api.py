"""The coach's wall: its page, what the daemon relays to it, and a cue by way of the daemon."""

from http import HTTPStatus
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request
from msgspec import Meta, Struct

from softshoe.requests import Text
from softshoe.settings import Name
from softshoe_web.access import allowed
from softshoe_web.answers import json
from softshoe_web.api import STREAM, STREAM_HEADERS, seated
from softshoe_web.bodies import takes
from softshoe_web.door import Door
from softshoe_web.guard import CONTENT_SECURITY_POLICY
from softshoe_web.pages import NOT_BUILT
from softshoe_web.problems import Problem
from softshoe_web.stream import Seats
from softshoe_web.wall import Asked, Wall


class CueBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words for whoever runs on one treadmill."""

    device: Annotated[Name, Meta(description="the name of a treadmill")]
    text: Text
    for_s: Annotated[float, Meta(ge=1, le=60, description="1 to 60 seconds")] = 8.0


def wall_api(wall: Wall, door: Door, seats: Seats, static: Path) -> Blueprint:
    blueprint = Blueprint("wall", __name__)

    @blueprint.get("/coach")
    @allowed("anyone", gives="text/html")
    def coach() -> Response:
        """The coach's wall; for a screen that is not a coach's, where to pair it."""
        if not (static / "coach.js").is_file():
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, NOT_BUILT)
        broker = wall.websocket if door.grants("coach") else ""
        page = Response(render_template("coach.html", broker=broker), mimetype="text/html")
        page.headers["Content-Security-Policy"] = policy_with(broker)
        return page

    @blueprint.get("/api/v1/wall/stream")
    @allowed("coach", gives=STREAM)
    def wall_stream() -> Response:
        """What every treadmill at the broker says, as server-sent events."""
        if request.method == "HEAD":
            return Response(headers=STREAM_HEADERS)
        return seated(seats, wall.stream())

    @blueprint.post("/api/v1/wall/cue")
    @allowed("coach", gives=Asked)
    @takes(CueBody)
    def wall_cue(asked: CueBody) -> Response:
        """A cue to one treadmill, by way of the broker; the stream tells what became of it."""
        return json(wall.say(asked.device, asked.text, asked.for_s))

    return blueprint


def policy_with(broker: str) -> str:
    """The policy of every page, and this one broker to connect to."""
    if not broker:
        return CONTENT_SECURITY_POLICY
    url = urlsplit(broker)
    own = "connect-src 'self'"
    return CONTENT_SECURITY_POLICY.replace(own, f"{own} {url.scheme}://{url.netloc}")
