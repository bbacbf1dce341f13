"""The paper on the API is what the routes are, and what they answer is what it says."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import msgspec
import pytest

from .gym import Gym, Screen, gym
from .stage import ABOUT, idle_app
from .test_access import RIGHTS
from .write_openapi import PAPER, paper

DOCUMENT: dict[str, Any] = msgspec.json.decode(PAPER.read_bytes())


@pytest.fixture(scope="module")
def here() -> Iterator[Gym]:
    with gym("127.0.0.1") as opened:
        yield opened


def test_the_file_is_as_the_routes_are() -> None:
    assert PAPER.read_bytes() == paper(), "routes have changed: python -m tests.web.write_openapi"


def test_it_is_served(here: Gym) -> None:
    assert Screen(here.stage).get("openapi.json") == (200, DOCUMENT)


def test_every_route_stands_in_it_and_the_other_way_round() -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in idle_app().url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == {(path, method) for path, ways in DOCUMENT["paths"].items() for method in ways}


def test_every_operation_is_told_in_words_and_has_its_scope() -> None:
    for path, ways in DOCUMENT["paths"].items():
        for operation in ways.values():
            assert operation["summary"].endswith("."), path
            assert (operation["security"] == []) == (operation["x-scope"] == "anyone"), path
            named = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
            assert named == set(re.findall(r"{(\w+)}", path))


def test_every_schema_is_one() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema), name


def operation_of(method: str, path: str) -> dict[str, Any]:
    for template, ways in DOCUMENT["paths"].items():
        pattern = re.sub(r"{\w+}", "[^/]+", template)
        if re.fullmatch(pattern, path) and method.lower() in ways:
            found: dict[str, Any] = ways[method.lower()]
            return found
    raise AssertionError(path)


def valid(data: object, schema: dict[str, Any]) -> None:
    """JSON Schema finds the components where the paper has them."""
    jsonschema.validate(data, {**schema, "components": DOCUMENT["components"]})


def test_what_is_answered_is_what_it_says(here: Gym) -> None:
    """Every JSON route, asked as well as it can be: the answer fits the schema of its status."""
    here.keep("s1")
    screen = Screen(here.stage)
    screen.join("Anna")
    here.stage.publish(ABOUT)
    bodies = {"run": {"do": "lap"}, "belt": {"belt_m_s": 2.5}, "start": {"weight_n": 700.0}}
    answered = set()
    for route in RIGHTS:
        method, path = route.split()
        if method == "DELETE" or not path.startswith("/api/"):
            continue
        body = None if method == "GET" else bodies.get(path.rsplit("/", 1)[1], {})
        status, answer = screen.ask(method, path, body)
        responses = operation_of(method, path)["responses"]
        response = responses.get(str(status), responses["default"])
        if status == 204:
            assert answer is None, route
            continue
        media_type, content = next(iter(response["content"].items()))
        if media_type.endswith("json"):
            valid(answer, content["schema"])
        answered.add((route, status))
    assert {status for _, status in answered} >= {200, 403, 409, 422}
    assert len([route for route, status in answered if status == 200]) >= 15


def test_readme_says_for_whom_each_route_is() -> None:
    text = (PAPER.parent / "README.md").read_text()
    told = dict(re.findall(r"^\| `(/[^`]*)` \| (anyone|view|runner|coach|admin) \|", text, re.M))
    for path, ways in DOCUMENT["paths"].items():
        scopes = {operation["x-scope"] for operation in ways.values()}
        assert told[re.sub(r"{(\w+)}", r"<\1>", path)] in scopes, path
