"""The Flask application: all routes together, behind one guard."""

from pathlib import Path

from flask import Flask
from werkzeug.routing import BaseConverter

from softshoe.calibrator import Calibrator
from softshoe.roles import RunsReader
from softshoe.settings import WebSettings
from softshoe_web.api import SESSION_ID, live_api, runs_api
from softshoe_web.calibration_api import calibration_api
from softshoe_web.changes_api import changes_api
from softshoe_web.door import Door
from softshoe_web.focus_api import focus_api
from softshoe_web.guard import guard, own_hosts
from softshoe_web.live import Live
from softshoe_web.notices_api import notices_api
from softshoe_web.openapi import openapi_api
from softshoe_web.pages import pages
from softshoe_web.people_api import people_api
from softshoe_web.problems import register_problems
from softshoe_web.stream import Seats
from softshoe_web.tablets_api import tablets_api
from softshoe_web.take_home import take_home
from softshoe_web.wall import Wall
from softshoe_web.wall_api import wall_api

STATIC = Path(__file__).parent / "static"


class SessionConverter(BaseConverter):
    """The id of a session in an address."""

    regex = SESSION_ID


def create_app(
    settings: WebSettings,
    live: Live,
    runs: RunsReader,
    calibrator: Calibrator,
    door: Door,
    wall: Wall,
    static: Path = STATIC,
) -> Flask:
    """Everything that is served; each route says itself whom it is for."""
    app = Flask("softshoe_web", static_folder=None)
    app.url_map.merge_slashes = False  # a redirect would repeat the address
    app.url_map.converters["session"] = SessionConverter
    guard(app, own_hosts(settings), door)
    register_problems(app)
    seats = Seats(settings.max_streams, settings.max_streams_per_address)
    for blueprint in (
        pages(static, door),
        live_api(live, seats),
        notices_api(live.notices),
        runs_api(runs, door),
        changes_api(door, runs),
        people_api(door, runs),
        focus_api(door, live),
        tablets_api(door),
        calibration_api(calibrator),
        take_home(settings, runs, door),
        wall_api(wall, door, seats, static),
        openapi_api(),
    ):
        app.register_blueprint(blueprint)
    return app
