"""Answers that are not errors."""

from http import HTTPStatus

import msgspec
from flask import Response


def json(data: object) -> Response:
    return Response(msgspec.json.encode(data), mimetype="application/json")


def empty() -> Response:
    """Done, and there is nothing to say about it."""
    return Response(status=HTTPStatus.NO_CONTENT)
