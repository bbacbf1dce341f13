"""The topics, and the schemas that are committed for them."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from tests.daemon.examples import a_step
from tests.daemon.feed.write_papers import ASYNCAPI, PAGE, asyncapi, page

from softshoe.events import Step
from softshoe.feed import schemas as module
from softshoe.feed.contract import TOPICS, Topic
from softshoe.feed.messages import encode, moment
from softshoe.feed.schemas import file_name, schema, write

COMMITTED = Path(module.__file__).parent / "schemas"


def test_the_committed_schemas_are_those_of_the_types(tmp_path: Path) -> None:
    write(tmp_path)
    made = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_text() for path in COMMITTED.iterdir()}


def test_the_papers_are_those_of_the_code() -> None:
    assert ASYNCAPI.read_text() == asyncapi(), "python -m tests.daemon.feed.write_papers"
    assert PAGE.read_text() == page()


def references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from references(each)


def test_every_reference_of_the_asyncapi_document_is_kept() -> None:
    paper = json.loads(ASYNCAPI.read_text())
    found = set(references(paper))
    assert len(found) > 2 * len(TOPICS)
    for reference in found:
        place = paper
        for name in reference.removeprefix("#/").split("/"):
            place = place[name]


def test_the_asyncapi_document_tells_every_topic_as_it_is_sent() -> None:
    paper = json.loads(ASYNCAPI.read_text())
    told = {
        (
            paper["channels"][operation["channel"]["$ref"].rpartition("/")[2]]["address"],
            operation["action"],
            operation["bindings"]["mqtt"]["qos"],
            operation["bindings"]["mqtt"]["retain"],
        )
        for operation in paper["operations"].values()
    }
    ways = {True: "receive", False: "send"}
    assert told == {(t.of("{device}"), ways[t.inbound], t.qos, t.retain) for t in TOPICS}


def test_a_step_fits_its_schema_in_the_asyncapi_document() -> None:
    paper = json.loads(ASYNCAPI.read_text())
    found = paper["components"]["messages"]["record-step"]["payload"]
    whole = {**found, "components": paper["components"]}
    message = json.loads(encode(a_step(1), "2026-03-01T09:00:00.000Z"))
    jsonschema.validate(message, whole)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(message | {"side": "up"}, whole)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.path)
def test_every_schema_is_a_schema(topic: Topic) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(json.dumps(schema(topic))))
    assert (COMMITTED / file_name(topic)).exists()


@pytest.mark.parametrize(
    "harm",
    [{"v": 2}, {"at": "yesterday"}, {"moment": "live"}, {"contact_ms": "230"}, {"side": "up"}],
)
def test_a_wrong_message_does_not_fit_its_schema(harm: dict[str, object]) -> None:
    record_step = next(topic for topic in TOPICS if topic.path == "record/step")
    message = json.loads(encode(a_step(1), "2026-03-01T09:00:00.000Z"))
    jsonschema.validate(message, schema(record_step))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(message | harm, schema(record_step))


def test_every_field_is_always_there() -> None:
    record_step = next(topic for topic in TOPICS if topic.path == "record/step")
    assert schema(record_step)["required"] == ["v", "at", *Step.__struct_fields__]
    message = json.loads(encode(a_step(1), None))
    del message["flight_ms"]
    with pytest.raises(jsonschema.ValidationError, match="flight_ms"):
        jsonschema.validate(message, schema(record_step))


def test_nan_is_null_in_a_message() -> None:
    message = json.loads(encode(a_step(1, valr_bw_s=float("nan")), None))
    assert message["valr_bw_s"] is None


def test_the_time_of_a_step_comes_from_its_session() -> None:
    assert moment("2026-03-01T09:00:00.000Z", 12.3456) == "2026-03-01T09:00:12.345Z"
    assert moment(None, 12.3) is None
