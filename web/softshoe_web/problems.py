"""Every error is a JSON problem document (RFC 9457) in our own words, without the request's."""

from http import HTTPStatus

import msgspec
from flask import Flask, Response
from msgspec import Struct
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from softshoe.errors import StoreError

READING = ("GET", "HEAD")
SOON_S = 5
MEDIA_TYPE = "application/problem+json"

DETAILS = {
    HTTPStatus.BAD_REQUEST: "The request cannot be understood.",
    HTTPStatus.UNAUTHORIZED: "This screen is not paired.",
    HTTPStatus.FORBIDDEN: "This is not for whoever asks from there.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This is not done here: see the header Allow.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "What is sent must be application/json.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "A request's body may be 64 kB at most.",
    HTTPStatus.MISDIRECTED_REQUEST: (
        "This host name is not one of the page's own: add it to allowed_hosts under [web]."
    ),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "The request's headers are too long.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong here; the log has more.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not now: try again in a moment.",
}


class ProblemDocument(Struct, frozen=True):
    """An error as it is answered; ``detail`` says what to do."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"


class Problem(Exception):
    """An answer that is an error: its status, one line that says what to do, and when."""

    def __init__(
        self, status: HTTPStatus, detail: str | None = None, retry_s: int | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.retry_s = retry_s


def problem_body(status: HTTPStatus, detail: str | None = None) -> bytes:
    detail = detail or DETAILS.get(status, status.phrase)
    return msgspec.json.encode(ProblemDocument(status.phrase, status.value, detail))


def register_problems(app: Flask) -> None:
    """Answer every error of ``app`` with a problem document."""

    @app.errorhandler(Problem)
    def own(error: Problem) -> Response:
        return problem_response(error.status, error.detail, error.retry_s)

    @app.errorhandler(MethodNotAllowed)
    def method(error: MethodNotAllowed) -> Response:
        response = problem_response(HTTPStatus.METHOD_NOT_ALLOWED)
        methods = {*(error.valid_methods or READING)} - {"OPTIONS"}
        response.headers["Allow"] = ", ".join(sorted(methods))
        return response

    @app.errorhandler(HTTPException)
    def routing(error: HTTPException) -> Response:
        return problem_response(HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR))

    @app.errorhandler(StoreError)
    def store(_: StoreError) -> Response:
        return problem_response(HTTPStatus.SERVICE_UNAVAILABLE, "The database cannot be used now.")

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        app.logger.error("a request failed", exc_info=error)
        return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR)


def problem_response(
    status: HTTPStatus, detail: str | None = None, retry_s: int | None = None
) -> Response:
    """An error as an answer; ``retry_s``: how long to wait before the next try."""
    response = Response(problem_body(status, detail), status.value, mimetype=MEDIA_TYPE)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        retry_s = retry_s or SOON_S
    if retry_s:
        response.headers["Retry-After"] = str(retry_s)
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Cookie"
    return response
