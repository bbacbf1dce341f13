"""The JSON API under /api/v1 as far as it only reads: what runs now, and what has been run."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request
from msgspec import Struct

from softshoe.events import About, Health, Session
from softshoe.people import RunNote
from softshoe.roles import RunsReader
from softshoe_web.access import allowed
from softshoe_web.answers import json
from softshoe_web.columns import FIELDS, StepColumns, step_columns
from softshoe_web.door import Door
from softshoe_web.live import Live, Snapshot, without_name
from softshoe_web.problems import Problem
from softshoe_web.schemas import schema, schema_names
from softshoe_web.stream import Seats, stream

SESSIONS_PER_PAGE = 50
STEPS_PER_PAGE = 2_000
SESSION_ID = "[A-Za-z0-9._-]{1,64}"
STREAM = "text/event-stream"
STREAM_HEADERS = {"Content-Type": f"{STREAM}; charset=utf-8"}


class HealthReport(Struct, frozen=True, kw_only=True):
    """How the daemon and its live streams are doing."""

    health: Health | None
    durable_step: int | None
    data_age_s: float | None
    streams: int
    max_streams: int


class SessionPage(Struct, frozen=True):
    """Sessions, newest first; ``next`` is the ``before`` of the following page.

    ``notes`` are those of these sessions, by id, as far as somebody wrote some.
    """

    sessions: tuple[Session, ...]
    next: str | None
    notes: dict[str, RunNote]


def live_api(live: Live, seats: Seats) -> Blueprint:
    """Routes that show the treadmill itself: no name, no history."""
    api = Blueprint("live", __name__, url_prefix="/api/v1")

    @api.get("/live")
    @allowed("anyone", gives=Snapshot)
    def snapshot() -> Response:
        """A snapshot: live state, health, session, about, the last steps."""
        return json(live.snapshot())

    @api.get("/live/stream")
    @allowed("anyone", gives=STREAM, query=("after",))
    def live_stream() -> Response:
        """The same as it changes, as server-sent events."""
        if request.method == "HEAD":
            return Response(headers=STREAM_HEADERS)
        last = request.headers.get("Last-Event-ID") or request.args.get("after", "")
        return seated(seats, stream(live, last))

    @api.get("/health")
    @allowed("anyone", gives=HealthReport)
    def health() -> Response:
        """Sources, disk and broker; how far steps are on disk; open streams."""
        return json(_health_report(live, seats))

    @api.get("/about")
    @allowed("anyone", gives=About)
    def about() -> Response:
        """Rig and conventions; 503 until a source has started."""
        found = live.snapshot().about
        if found is None:
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "No source of samples has started yet.")
        return json(found)

    @api.get("/schemas")
    @allowed("anyone", gives=tuple[str, ...])
    def schemas() -> Response:
        """Names of the JSON Schemas."""
        return json(schema_names())

    @api.get("/schemas/<name>")
    @allowed("anyone", gives=dict[str, Any])
    def one_schema(name: str) -> Response:
        """One JSON Schema."""
        if name not in schema_names():
            raise Problem(HTTPStatus.NOT_FOUND)
        return json(schema(name))

    return api


def runs_api(runs: RunsReader, door: Door) -> Blueprint:
    """Routes that show what has been run, to those who may see it."""
    api = Blueprint("runs", __name__, url_prefix="/api/v1/sessions")

    @api.get("")
    @allowed("runner", gives=SessionPage, query=("limit", "before", "runner"))
    def sessions() -> Response:
        """Runs that whoever asks may see, newest first."""
        limit = _number("limit", SESSIONS_PER_PAGE, SESSIONS_PER_PAGE)
        page = runs.sessions(limit, _before(), door.owners_named(request.args.get("runner")))
        after = page[-1].session if len(page) == limit else None
        notes = door.people.notes.of_all([session.session for session in page])
        return json(SessionPage(tuple(map(without_name, page)), after, notes))

    @api.get("/<session:session>")
    @allowed("runner", gives=Session)
    def session_(session: str) -> Response:
        """One run."""
        return json(without_name(door.seen(session)))

    @api.get("/<session:session>/steps")
    @allowed("runner", gives=StepColumns, query=("fields", "limit", "after"))
    def steps(session: str) -> Response:
        """The steps of a run in columns."""
        limit = _number("limit", STEPS_PER_PAGE, STEPS_PER_PAGE)
        after = _number("after", 0, 10**9, least=0)
        found = door.seen(session).session
        return json(step_columns(found, runs.steps(found, after, limit), _fields(), limit))

    return api


def seated(seats: Seats, frames: Iterator[bytes]) -> Response:
    """A stream that holds a seat as long as it lasts. Problem when none is free."""
    address = request.environ.get("REMOTE_ADDR", "")
    if not seats.take(address):
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "All live streams are taken.")
    response = Response(frames, headers=STREAM_HEADERS)
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
