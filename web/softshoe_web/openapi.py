"""The paper on the API, OpenAPI 3.1, made from the routes themselves and the types they answer."""

import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Blueprint, Flask, Response, current_app
from werkzeug.routing import Rule as Route

from softshoe_web.access import Rule, allowed, rule_of
from softshoe_web.answers import json
from softshoe_web.bodies import taken_by
from softshoe_web.door import COOKIE
from softshoe_web.guard import FORM
from softshoe_web.problems import MEDIA_TYPE, ProblemDocument

ID = {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"}
QUERY: dict[str, tuple[str, dict[str, Any]]] = {
    "limit": ("How many at most.", {"type": "integer", "minimum": 1}),
    "before": ("Only older runs than this one.", ID),
    "after": ("Go on after this step, or this event.", {"type": "string"}),
    "fields": ("Names of metrics, with commas between them.", {"type": "string"}),
    "runner": ("Only runs of the runner of this name.", {"type": "string"}),
}
HTTP_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
View = Callable[..., Any]


def openapi_api() -> Blueprint:
    api = Blueprint("openapi", __name__, url_prefix="/api/v1")

    @api.get("/openapi.json")
    @allowed("anyone", gives=dict[str, Any])
    def paper() -> Response:
        """This document."""
        return json(document(current_app))

    return api


def document(app: Flask) -> dict[str, Any]:
    """Every route of ``app``, with what it takes and answers."""
    operations = sorted(_operations(app), key=lambda operation: operation[:2])
    types = list(dict.fromkeys(_types(operations)))
    schemas, components = msgspec.json.schema_components(
        types, ref_template="#/components/schemas/{name}"
    )
    schema_of = dict(zip(types, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for path, method, route, view in operations:
        paths.setdefault(path, {})[method] = _operation(route, view, schema_of)
    return {
        "openapi": "3.1.0",
        "info": {"title": "softshoe", "version": "1", "license": {"name": "MIT"}},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"tablet": {"type": "apiKey", "in": "cookie", "name": COOKIE}},
        },
    }


Operation = tuple[str, str, Route, View]


def _operations(app: Flask) -> Iterator[Operation]:
    for route in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.rule)
        for method in HTTP_METHODS:
            if method in (route.methods or ()):
                yield path, method.lower(), route, app.view_functions[route.endpoint]


def _types(operations: list[Operation]) -> Iterator[Any]:
    yield ProblemDocument
    for _, _, _, view in operations:
        gives = _rule(view).gives
        if gives is not None and not isinstance(gives, str):
            yield gives
        if kind := taken_by(view):
            yield kind


def _rule(view: View) -> Rule:
    rule = rule_of(view)
    assert rule, f"{view.__name__} does not say whom it is for"
    return rule


def _operation(route: Route, view: View, schema_of: dict[Any, Any]) -> dict[str, Any]:
    rule, kind = _rule(view), taken_by(view)
    operation: dict[str, Any] = {
        "operationId": route.endpoint,
        "summary": (view.__doc__ or "").strip().split("\n")[0],
        "x-scope": rule.right,
        "security": [] if rule.right == "anyone" else [{"tablet": []}],
        "parameters": [*map(_in_path, sorted(route.arguments)), *map(_in_query, rule.query)],
        "responses": {
            **_answer(rule.gives, schema_of),
            "default": _content("An error.", MEDIA_TYPE, schema_of[ProblemDocument]),
        },
    }
    if kind:
        content = {FORM if rule.form else "application/json": {"schema": schema_of[kind]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _answer(gives: Any, schema_of: dict[Any, Any]) -> dict[str, Any]:
    if gives is None:
        done = HTTPStatus.NO_CONTENT
        return {str(done.value): {"description": "Done."}}
    if isinstance(gives, str):
        return {"200": _content("What was asked for.", gives, {"type": "string"})}
    return {"200": _content("What was asked for.", "application/json", schema_of[gives])}


def _content(description: str, media_type: str, schema: Any) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _in_path(name: str) -> dict[str, Any]:
    schema = ID if name == "session" else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(name: str) -> dict[str, Any]:
    description, schema = QUERY[name]
    return {"name": name, "in": "query", "description": description, "schema": schema}
