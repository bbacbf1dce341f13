"""The Flask application: who may see what is decided here, in one place."""

from pathlib import Path

from flask import Flask
from werkzeug.routing import BaseConverter

from softshoe.calibrator import Calibrator
from softshoe.roles import RunsReader
from softshoe.settings import WebSettings
from softshoe_web.api import SESSION_ID, live_api, runs_api
from softshoe_web.calibration_api import calibration_api
from softshoe_web.guard import guard, is_loopback, own_hosts
from softshoe_web.live import Live
from softshoe_web.pages import pages
from softshoe_web.problems import register_problems
from softshoe_web.stream import Seats

STATIC = Path(__file__).parent / "static"


class SessionConverter(BaseConverter):
    """The id of a session in an address."""

    regex = SESSION_ID


def create_app(
    settings: WebSettings,
    live: Live,
    runs: RunsReader,
    calibrator: Calibrator,
    static: Path = STATIC,
) -> Flask:
    """Everything that is served.

    Nobody is let in yet, so beyond loopback there is no history and nothing can be changed.
    """
    app = Flask("softshoe_web", static_folder=None)
    app.url_map.merge_slashes = False  # a redirect would repeat the address
    app.url_map.converters["session"] = SessionConverter
    guard(app, own_hosts(settings))
    register_problems(app)
    with_history = is_loopback(settings.host)
    seats = Seats(settings.max_streams, settings.max_streams_per_address)
    app.register_blueprint(pages(static, with_history))
    app.register_blueprint(live_api(live, seats))
    if with_history:
        app.register_blueprint(runs_api(runs))
        app.register_blueprint(calibration_api(calibrator))
    return app
