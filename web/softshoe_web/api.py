"""The JSON API under /api/v1: what runs now, and what has been run. It only reads."""

import re
from http import HTTPStatus

import msgspec
from flask import Blueprint, Response, request
from msgspec import Struct

from softshoe.events import Health, Session
from softshoe.roles import RunsReader
from softshoe_web.columns import FIELDS, step_columns
from softshoe_web.live import Live, without_name
from softshoe_web.problems import Problem
from softshoe_web.schemas import schema, schema_names
from softshoe_web.stream import Seats, stream

SESSIONS_PER_PAGE = 50
STEPS_PER_PAGE = 2_000
SESSION_ID = "[A-Za-z0-9._-]{1,64}"
STREAM_HEADERS = {"Content-Type": "text/event-stream; charset=utf-8"}


class HealthReport(Struct, frozen=True, kw_only=True):
    """How the daemon and its live streams are doing."""

    health: Health | None
    durable_step: int | None
    data_age_s: float | None
    streams: int
    max_streams: int


class SessionPage(Struct, frozen=True):
    """Sessions, newest first; ``next`` is the ``before`` of the following page."""

    sessions: tuple[Session, ...]
    next: str | None


def live_api(live: Live, seats: Seats) -> Blueprint:
    """Routes that show the treadmill itself: no name, no history."""
    api = Blueprint("live", __name__, url_prefix="/api/v1")

    @api.get("/live")
    def snapshot() -> Response:
        return _json(live.snapshot())

    @api.get("/live/stream")
    def live_stream() -> Response:
        if request.method == "HEAD":
            return Response(headers=STREAM_HEADERS)
        return _seated_stream(live, seats)

    @api.get("/health")
    def health() -> Response:
        return _json(_health_report(live, seats))

    @api.get("/about")
    def about() -> Response:
        found = live.snapshot().about
        if found is None:
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "No source of samples has started yet.")
        return _json(found)

    @api.get("/schemas")
    def schemas() -> Response:
        return _json(schema_names())

    @api.get("/schemas/<name>")
    def one_schema(name: str) -> Response:
        if name not in schema_names():
            raise Problem(HTTPStatus.NOT_FOUND)
        return _json(schema(name))

    return api


def runs_api(runs: RunsReader) -> Blueprint:
    """Routes that show what has been run."""
    api = Blueprint("runs", __name__, url_prefix="/api/v1/sessions")

    @api.get("")
    def sessions() -> Response:
        limit = _number("limit", SESSIONS_PER_PAGE, SESSIONS_PER_PAGE)
        page = runs.sessions(limit, _before())
        after = page[-1].session if len(page) == limit else None
        return _json(SessionPage(tuple(without_name(session) for session in page), after))

    @api.get("/<session:session>")
    def session_(session: str) -> Response:
        return _json(without_name(_found(runs, session)))

    @api.get("/<session:session>/steps")
    def steps(session: str) -> Response:
        limit = _number("limit", STEPS_PER_PAGE, STEPS_PER_PAGE)
        after = _number("after", 0, 10**9, least=0)
        found = _found(runs, session).session
        return _json(step_columns(found, runs.steps(found, after, limit), _fields(), limit))

    return api


def _seated_stream(live: Live, seats: Seats) -> Response:
    address = request.environ.get("REMOTE_ADDR", "")
    if not seats.take(address):
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "All live streams are taken.")
    last = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    response = Response(stream(live, last), headers=STREAM_HEADERS)
    response.call_on_close(lambda: seats.leave(address))
    return response


def _health_report(live: Live, seats: Seats) -> HealthReport:
    now = live.snapshot()
    return HealthReport(
        health=now.health,
        durable_step=now.state.durable_step if now.state else None,
        data_age_s=None if now.data_s is None else now.server_s - now.data_s,
        streams=seats.taken,
        max_streams=seats.total,
    )


def _found(runs: RunsReader, session: str) -> Session:
    found = runs.session(session)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, "There is no such run.")
    return found


def _before() -> str | None:
    before = request.args.get("before")
    if before is not None and not re.fullmatch(SESSION_ID, before):
        raise Problem(HTTPStatus.BAD_REQUEST, "before: the id of a run.")
    return before


def _fields() -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(request.args.get("fields", ",".join(FIELDS)).split(",")))
    if not set(asked) <= set(FIELDS):
        raise Problem(HTTPStatus.BAD_REQUEST, "fields: names of metrics, with commas between them.")
    return asked


def _number(name: str, default: int, most: int, least: int = 1) -> int:
    text = request.args.get(name, str(default))
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 11 else -1
    if not least <= number <= most:
        raise Problem(HTTPStatus.BAD_REQUEST, f"{name}: a whole number from {least} to {most}.")
    return number


def _json(data: object) -> Response:
    return Response(msgspec.json.encode(data), mimetype="application/json")
