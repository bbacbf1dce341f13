"""The HTML pages: one empty shell, which the built client fills from the API."""

from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, render_template, send_from_directory

from softshoe_web.problems import Problem

NOT_BUILT = "The page has not been built: install softshoe again, with a network, and look here."


def pages(static: Path, with_history: bool) -> Blueprint:
    """`/` always; `/runs` only where history may be seen."""
    blueprint = Blueprint("pages", __name__)

    def shell() -> str:
        if not (static / "app.js").is_file():
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, NOT_BUILT)
        return render_template("page.html", history=with_history)

    @blueprint.get("/")
    def live() -> str:
        return shell()

    @blueprint.get("/static/<path:name>")
    def static_file(name: str) -> Response:
        return send_from_directory(static, name)

    if with_history:
        blueprint.add_url_rule("/runs", "runs", shell)
        blueprint.add_url_rule("/runs/<session:session>", "run", lambda session: shell())
    return blueprint
