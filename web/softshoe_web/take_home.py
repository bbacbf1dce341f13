"""Taking a run home: its files, and a link that fetches one of them on a phone, once.

A link is worth one file within ten minutes. Looking at its page does not use it up, as programs
that show a preview of a link do that too.
"""

import socket
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request
from msgspec import Struct

from softshoe.events import Session
from softshoe.export.files import FORMATS, Format
from softshoe.export.report_words import number, span_of_time, when
from softshoe.roles import RunsReader
from softshoe.settings import WebSettings
from softshoe_web.access import allowed
from softshoe_web.answers import json
from softshoe_web.bodies import Nothing, takes
from softshoe_web.door import Door
from softshoe_web.downloads import Downloads, known_formats, page_policy
from softshoe_web.guard import is_loopback
from softshoe_web.links import LIFE_S, Links
from softshoe_web.problems import Problem

ONLY_HERE = "A phone cannot reach this page: it is for this machine only. Set host under [web]."
WHICH = f"format: one of {', '.join(FORMATS)}."
_LABELS: dict[Format, tuple[str, str]] = {
    "fit": ("FIT", "for other running apps"),
    "report": ("Page", "to read or to print"),
    "csv": ("Table", "every step, as CSV"),
    "json": ("Everything", "as JSON"),
}
_ANYWHERE = ("0.0.0.0", "::")


class Link(Struct, frozen=True, kw_only=True):
    """Where a phone fetches a run; ``qr`` is the same as a square of 0 and 1, row by row."""

    url: str
    expires_s: float
    qr: tuple[str, ...]


def take_home(settings: WebSettings, runs: RunsReader, door: Door) -> Blueprint:
    """For whoever may see a run, and for whoever has a link to it."""
    pages = Blueprint("take_home", __name__)
    links, downloads = Links(door.clock.monotonic_s), Downloads(runs, door.people.practice)

    @pages.get("/api/v1/sessions/<session:session>/export/<format>")
    @allowed("runner", gives="application/octet-stream")
    def export(session: str, format: str) -> Response:
        """A run's file: `fit`, `csv` (with its summary, zipped), `report` or `json`."""
        return downloads.answer(door.seen(session), _format(format, HTTPStatus.NOT_FOUND))

    @pages.post("/api/v1/sessions/<session:session>/link")
    @allowed("runner", gives=Link)
    @takes(Nothing)
    def link(_: Nothing, session: str) -> Response:
        """A link to a run for a phone: worth one file, within ten minutes."""
        base = reachable_base(settings)
        return json(_link(f"{base}/take/{links.make(door.seen(session).session)}"))

    @pages.get("/take/<token>")
    @allowed("anyone", gives="text/html")
    def offer(token: str) -> Response:
        """The page of such a link: what it is, and a button for each format."""
        return _page(_linked(runs, links, token))

    @pages.post("/take/<token>")
    @allowed("anyone", gives="application/octet-stream", form=True)
    def fetch(token: str) -> Response:
        """The file that was chosen; the link is used up."""
        session = _linked(runs, links, token)
        if session is None:
            return _page(None)
        format = _format(request.form.get("format", ""), HTTPStatus.UNPROCESSABLE_ENTITY)
        answer = downloads.answer(session, format)
        if links.spend(token):
            return answer
        answer.close()
        return _page(None)

    return pages


def reachable_base(settings: WebSettings) -> str:
    """The address of this page for other devices. Problem when there is none."""
    if is_loopback(settings.host):
        raise Problem(HTTPStatus.CONFLICT, ONLY_HERE)
    asked = urlsplit(f"//{request.host}")
    name = asked.hostname or ""
    name = _own_name(settings) if is_loopback(name) else _as_host(name)
    return f"{request.scheme}://{name}" + (f":{asked.port}" if asked.port else "")


def _own_name(settings: WebSettings) -> str:
    """How others call this machine: as it is configured, else by its name on the local network."""
    if settings.host not in _ANYWHERE:
        return _as_host(settings.host)
    return next(iter(settings.allowed_hosts), f"{socket.gethostname()}.local")


def _as_host(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def _link(url: str) -> Link:
    import segno  # slow to load, so only when somebody wants a link

    matrix = segno.make(url, error="m", micro=False).matrix
    rows = tuple("".join(map(str, row)) for row in matrix)
    return Link(url=url, expires_s=LIFE_S, qr=rows)


def _linked(runs: RunsReader, links: Links, token: str) -> Session | None:
    session = links.session(token)
    return runs.session(session) if session else None


def _format(name: str, otherwise: HTTPStatus) -> Format:
    if name not in FORMATS:
        raise Problem(otherwise, WHICH)
    return name


def _page(session: Session | None) -> Response:
    """The small page of a link; without a session it says that the link is worth nothing."""
    page = render_template(
        "take.html",
        session=session,
        when=when(session) if session else "",
        time=span_of_time(session.running_s) if session else "",
        steps=number(session.steps) if session else "",
        choices=[(format, *_LABELS[format]) for format in known_formats()],
    )
    response = Response(page, HTTPStatus.OK if session else HTTPStatus.GONE)
    response.headers["Content-Security-Policy"] = page_policy(page, forms=True)
    response.headers["Referrer-Policy"] = "same-origin"  # else its form would come from nowhere
    return response
