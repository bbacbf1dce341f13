"""What a request brings: JSON of a known form, or a problem document that names the field."""

import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec
from flask import Response, request
from msgspec import Struct

from softshoe.explanation import explain
from softshoe_web.problems import Problem

DEPTH = 20
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]')

Body = TypeVar("Body", bound=Struct)
Kept = TypeVar("Kept", bound=Struct)
P = ParamSpec("P")


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """An empty object: the address says it all."""


def takes(
    kind: type[Body],
) -> Callable[[Callable[Concatenate[Body, P], Response]], Callable[P, Response]]:
    """Hand the view what was sent as its first argument; see also `taken_by`."""

    def wrap(view: Callable[Concatenate[Body, P], Response]) -> Callable[P, Response]:
        @wraps(view)
        def with_body(*args: P.args, **kwargs: P.kwargs) -> Response:
            return view(read_body(kind), *args, **kwargs)

        vars(with_body)["takes"] = kind
        return with_body

    return wrap


def taken_by(view: Callable[..., Any]) -> type[Struct] | None:
    found: type[Struct] | None = vars(view).get("takes")
    return found


def read_body(kind: type[Body]) -> Body:
    """The request's body. Problem, in words that do not repeat it, when that makes no sense."""
    if request.mimetype != "application/json":
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON: application/json.")
    raw = request.get_data()
    if depth(raw) > DEPTH:
        raise Problem(HTTPStatus.BAD_REQUEST, f"The JSON is nested more than {DEPTH} deep.")
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, explain(kind, str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(HTTPStatus.BAD_REQUEST, "The body is not JSON.") from None


def changed(kept: Kept, asked: Struct) -> Kept:
    """``kept`` with every field that was sent."""
    fields = msgspec.structs.asdict(asked).items()
    sent = {name: value for name, value in fields if value is not msgspec.UNSET}
    return msgspec.structs.replace(kept, **sent)


def depth(raw: bytes) -> int:
    """How deep lists and objects are nested, found without taking them apart."""
    now = deepest = 0
    for token in _BRACKETS.finditer(raw):
        now += (token[0] in b"[{") - (token[0] in b"]}")
        deepest = max(deepest, now)
    return deepest
