"""The HTML pages: one empty shell, which the built client fills from the API."""

from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, render_template, send_from_directory

from softshoe_web.access import allowed
from softshoe_web.door import Door
from softshoe_web.problems import Problem

NOT_BUILT = "The page has not been built: install softshoe again, with a network, and look here."


def pages(static: Path, door: Door) -> Blueprint:
    """`/` for anyone; `/runs` for those who may see runs."""
    blueprint = Blueprint("pages", __name__)

    def shell() -> str:
        if not (static / "app.js").is_file():
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, NOT_BUILT)
        return render_template("page.html", history=door.grants("runner"))

    @blueprint.get("/")
    @allowed("anyone", gives="text/html")
    def live() -> str:
        """The live instrument."""
        return shell()

    @blueprint.get("/static/<path:name>")
    @allowed("anyone", gives="application/octet-stream")
    def static_file(name: str) -> Response:
        """The built client."""
        return send_from_directory(static, name)

    @blueprint.get("/runs")
    @allowed("runner", gives="text/html")
    def runs() -> str:
        """The list of runs."""
        return shell()

    @blueprint.get("/runs/<session:session>")
    @allowed("runner", gives="text/html")
    def run(session: str) -> str:
        """One run with its plots."""
        return shell()

    return blueprint
