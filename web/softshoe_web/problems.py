"""Every error is a JSON problem document (RFC 9457) in our own words, without the request's."""

from http import HTTPStatus

import msgspec
from flask import Flask, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from softshoe.errors import StoreError

READING = ("GET", "HEAD")
MEDIA_TYPE = "application/problem+json"

DETAILS = {
    HTTPStatus.BAD_REQUEST: "The request cannot be understood.",
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


class Problem(Exception):
    """An answer that is an error: its status and one line that says what to do."""

    def __init__(self, status: HTTPStatus, detail: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def problem_body(status: HTTPStatus, detail: str | None = None) -> bytes:
    detail = detail or DETAILS.get(status, status.phrase)
    document = {"type": "about:blank", "title": status.phrase, "status": status.value}
    return msgspec.json.encode({**document, "detail": detail})


def register_problems(app: Flask) -> None:
    """Answer every error of ``app`` with a problem document."""

    @app.errorhandler(Problem)
    def own(error: Problem) -> Response:
        return problem_response(error.status, error.detail)

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
        return problem_response(HTTPStatus.SERVICE_UNAVAILABLE, "The database cannot be read now.")

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        app.logger.error("a request failed", exc_info=error)
        return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR)


def problem_response(status: HTTPStatus, detail: str | None = None) -> Response:
    """An error as an answer."""
    response = Response(problem_body(status, detail), status.value, mimetype=MEDIA_TYPE)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "5"
    return response
